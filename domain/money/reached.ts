import { wordsIn } from '../words/catalogue';
import { type Reader, say, sumInWords } from '../words/values';
import { UNITS } from './share';

/** A calculation on record, of a month or of costs that are paid once. */
export interface Calculation {
  multiple?: number;
  share?: number;
  bhm?: readonly { amount: number; validFrom: string; act: string; days: number }[];
  act?: string;
  version?: string;
  /** Costs that are paid once to a person. */
  costs?: { accepted: number; amount: number; capped: boolean };
  workplaces?: readonly { workplace: string; amount: number; capped: boolean }[];
}

/**
 * A calculation in one line for the employer: BHM × multiple × share, act and version.
 *
 * @param amount whole so'm
 * @returns null without a calculation
 */
export function reachedInWords(
  reader: Reader,
  calculation: Calculation | null,
  amount: bigint | null,
): string | null {
  if (calculation === null || amount === null) return null;
  const reckoned =
    wages(reader, calculation) ?? costs(reader, calculation) ?? workplaces(reader, calculation);
  if (reckoned === undefined) return null;
  const { reached } = wordsIn(reader.language);
  return say(reader, reached.total, { reckoned, amount, by: say(reader, reached.by, { ...calculation }) });
}

function wages(reader: Reader, { bhm, multiple, share }: Calculation): string | undefined {
  if (!bhm || multiple === undefined || share === undefined) return undefined;
  const { reached } = wordsIn(reader.language);
  const amounts = bhm.map(({ amount, days }) =>
    bhm.length === 1 ? sumInWords(amount) : say(reader, reached.days, { amount, days }),
  );
  const parts = { bhm: amounts.join(', '), multiple: multiple / 100, share: fraction(share) };
  return say(reader, reached.wages, parts);
}

function costs(reader: Reader, { costs: paid }: Calculation): string | undefined {
  const { reached } = wordsIn(reader.language);
  return paid && say(reader, paid.capped ? reached.costsCapped : reached.costs, { ...paid });
}

function workplaces(reader: Reader, { workplaces: each }: Calculation): string | undefined {
  const { reached } = wordsIn(reader.language);
  return each
    ?.map((one) => say(reader, one.capped ? reached.capped : reached.workplace, { ...one }))
    .join(' + ');
}

/** A share of a month as a fraction in its lowest terms: 17/31; a whole month is 1. */
function fraction(share: number): string {
  const common = gcd(share, UNITS);
  const [above, below] = [share / common, UNITS / common];
  return below === 1 ? String(above) : `${above}/${below}`;
}

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));
