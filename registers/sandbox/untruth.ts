import { later } from './duration';

/** The length of an untruth: this many times, or until an instant. */
interface Said {
  left?: number | undefined;
  until?: string | undefined;
}

/** From a script's `times` or `for`; without either, once. */
export const saidFor = (
  { times, for: length }: { times?: number | undefined; for?: string | undefined },
  now: Date,
): Said => ({
  left: times ?? (length === undefined ? 1 : undefined),
  until: length === undefined ? undefined : later(now, length).toISOString(),
});

/** The first untruth that fits and is not used up. It counts as used once more. */
export const saidNow = <Untruth extends Said>(
  untruths: readonly Untruth[],
  now: Date,
  fits: (untruth: Untruth) => boolean,
): Untruth | undefined => {
  const untruth = untruths.find((said) => fits(said) && isStillSaid(said, now));
  if (untruth?.left !== undefined) untruth.left -= 1;
  return untruth;
};

const isStillSaid = ({ left, until }: Said, now: Date): boolean =>
  (left === undefined || left > 0) && (until === undefined || now.getTime() < Date.parse(until));
