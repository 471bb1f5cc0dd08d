import { addWorkingDays, type Calendar } from '../calendar';
import { addDays, addMonths, daysBetween } from '../day';
import type { Period } from '../money/period';

/**
 * The part of an absence for illness or care that interrupts a course [measures §2]. So many working days running are excused. The
 * interruption begins on the day after them.
 *
 * @param absence its first and last day
 * @param excused working days from 0
 * @returns undefined for an absence that is excused as a whole
 */
export function pauseOf({ from, to }: Period, excused: number, calendar: Calendar): Period | undefined {
  const first = addDays(addWorkingDays(calendar, addDays(from, -1), excused), 1);
  return first <= to ? { from: first, to } : undefined;
}

/**
 * Whether interruptions last together longer than the policy's months [measures §2]. The months are counted from the first of them:
 * as many days as these months have are possible.
 *
 * @param pauses two of them have no day in common
 */
export function isTooLong(pauses: readonly Period[], months: number): boolean {
  const [first] = pauses.map(({ from }) => from).toSorted();
  if (first === undefined) return false;
  const days = pauses.reduce((sum, { from, to }) => sum + daysBetween(from, to) + 1, 0);
  return days > daysBetween(first, addMonths(first, months));
}

/** Whether two periods have a day in common. */
export const haveDayInCommon = (one: Period, other: Period): boolean =>
  one.from <= other.to && other.from <= one.to;
