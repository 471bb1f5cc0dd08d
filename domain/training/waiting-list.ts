import type { Day } from '../day';

/** A person who waits for a place: the training's number, and the day of the referral. Both stay when the course changes. */
export interface Waiting {
  id: string;
  referredOn: Day;
}

/** The waiting list in its order: the day of referral, then the number [measures §2]. */
export const ordered = <W extends Waiting>(waiting: readonly W[]): W[] =>
  waiting.toSorted((a, b) => byText(a.referredOn, b.referredOn) || byNumber(a.id, b.id));

/**
 * The next to be offered free places. A person who was not reached about a place comes after the others for it. For every
 * other place their rank is as before.
 *
 * @param free the number of free places; 0 or fewer: nobody is offered one
 * @param notReached the numbers of those who were not reached about the place
 */
export function nextInOrder<W extends Waiting>(
  waiting: readonly W[],
  free: number,
  notReached: readonly string[] = [],
): W[] {
  const wasNotReached = ({ id }: Waiting) => notReached.includes(id);
  const inOrder = ordered(waiting);
  return [...inOrder.filter((each) => !wasNotReached(each)), ...inOrder.filter(wasNotReached)].slice(
    0,
    Math.max(0, free),
  );
}

/** A number of more digits is the later one. */
const byNumber = (a: string, b: string): number => a.length - b.length || byText(a, b);
const byText = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);
