import { type Calendar, workingDaysBefore } from './calendar';
import { addDays, type Day, daysBetween } from './day';
import { type Period, periodOf } from './money/period';

/** At most `days` of public works in any `within` days. */
export interface Bound {
  days: number;
  within: number;
}

/** The days of public works, the first and the last counted. */
export const lengthOf = ({ from, to }: Period): number => daysBetween(from, to) + 1;

/** Whether public works last longer than the policy's months. Three months from 10 January end on 9 April [measures §5]. */
export const isTooLong = ({ from, to }: Period, months: number): boolean => to > periodOf(from, months).to;

/**
 * The first day on which public works of this length are possible: of the days up to their last day at most `bound.days` are in
 * public works, their own days and both ends counted [measures §5].
 *
 * @param planned first and last day as asked for
 * @param others the person's other public works
 * @returns `planned.from` where they are possible as asked for; undefined where they alone exceed the bound
 */
export function firstPossible(planned: Period, others: readonly Period[], bound: Bound): Day | undefined {
  const length = lengthOf(planned);
  if (length > bound.days) return undefined;
  const free = bound.days - length;
  for (let from = planned.from; ; from = addDays(from, 1)) {
    const to = addDays(from, length - 1);
    const window = { from: addDays(to, 1 - bound.within), to: addDays(from, -1) };
    if (daysIn(window, others) <= free) return from;
  }
}

/** Whether two are at the same time. As with the measures of a plan, one may begin on the last day of the other. */
export const areAtOnce = (one: Period, other: Period): boolean => one.from < other.to && other.from < one.to;

/** The days of a window on which the person is in public works. A day in two of them counts once. */
export function daysIn(window: Period, works: readonly Period[]): number {
  let counted = 0;
  let next = window.from;
  for (const { from, to } of works.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    const first = from > next ? from : next;
    const last = to < window.to ? to : window.to;
    if (first > last) continue;
    counted += lengthOf({ from: first, to: last });
    next = addDays(last, 1);
  }
  return counted;
}

/**
 * The day by which the case's next step is due: some working days before the last day of public works [measures §5]. Where that
 * day has passed, or the works are short, it is the last day itself.
 */
export function nextStepDue(lastOn: Day, before: number, today: Day, calendar: Calendar): Day {
  const due = workingDaysBefore(lastOn, before, calendar);
  return due > today ? due : lastOn;
}
