import type { Calendar } from './calendar';
import { isWorkingDay } from './calendar';
import { addDays, addMonths, type Day, daysBetween } from './day';

/** The first and the last day of public works, both counted. */
export interface Span {
  from: Day;
  until: Day;
}

/** At most `days` of public works in any `within` days. */
export interface Bound {
  days: number;
  within: number;
}

export const lengthOf = ({ from, until }: Span): number => daysBetween(from, until) + 1;

/** Whether public works last longer than the policy's months. Three months from 10 January end on 9 April [measures §5]. */
export const isTooLong = ({ from, until }: Span, months: number): boolean => until >= addMonths(from, months);

/**
 * The first day on which public works of this length are possible: of the days up to their last day at most `bound.days` are in
 * public works, their own days and both ends counted [measures §5].
 *
 * @param planned first and last day as asked for
 * @param others the person's other public works
 * @returns `planned.from` where they are possible as asked for; undefined where they alone exceed the bound
 */
export function firstPossible(planned: Span, others: readonly Span[], bound: Bound): Day | undefined {
  const length = lengthOf(planned);
  if (length > bound.days) return undefined;
  const free = bound.days - length;
  for (let from = planned.from; ; from = addDays(from, 1)) {
    const until = addDays(from, length - 1);
    const window = { from: addDays(until, 1 - bound.within), until: addDays(from, -1) };
    if (daysIn(window, others) <= free) return from;
  }
}

/** Whether two are at the same time. As with the measures of a plan, one may begin on the last day of the other. */
export const areAtOnce = (one: Span, other: Span): boolean =>
  one.from < other.until && other.from < one.until;

/** The days of a window on which the person is in public works. A day in two of them counts once. */
export function daysIn(window: Span, works: readonly Span[]): number {
  let counted = 0;
  let next = window.from;
  for (const { from, until } of works.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    const first = from > next ? from : next;
    const last = until < window.until ? until : window.until;
    if (first > last) continue;
    counted += lengthOf({ from: first, until: last });
    next = addDays(last, 1);
  }
  return counted;
}

/** The months with days of public works, `YYYY-MM`. Each has a timesheet and pay. */
export function monthsOf({ from, until }: Span): string[] {
  const months: string[] = [];
  for (let first = `${from.slice(0, 7)}-01`; first <= until; first = addMonths(first, 1))
    months.push(first.slice(0, 7));
  return months;
}

/** The days of a month on which the person may have worked; undefined where the month has none. */
export function partOf(month: string, { from, until }: Span): Span | undefined {
  const first = `${month}-01`;
  const last = lastOf(month);
  const part = { from: from > first ? from : first, until: until < last ? until : last };
  return part.from <= part.until ? part : undefined;
}

/** The last day of a month. */
export const lastOf = (month: string): Day => addDays(addMonths(`${month}-01`, 1), -1);

/** The working day that lies so many working days before a day. */
export function workingDaysBefore(day: Day, n: number, calendar: Calendar): Day {
  let before = day;
  for (let counted = 0; counted < n;) {
    before = addDays(before, -1);
    if (isWorkingDay(calendar, before)) counted += 1;
  }
  return before;
}

/**
 * The day by which the case's next step is due: some working days before the last day of public works [measures §5]. Where that
 * day has passed, or the works are short, it is the last day itself.
 */
export function nextStepDue(lastOn: Day, before: number, today: Day, calendar: Calendar): Day {
  const due = workingDaysBefore(lastOn, before, calendar);
  return due > today ? due : lastOn;
}

/** The last day of public works that a hire ends: the day before it, but not before they began [measures §1]. */
export function lastBeforeHire(hiredOn: Day, works: { firstOn: Day; lastOn: Day }): Day {
  const before = addDays(hiredOn, -1);
  const last = before < works.firstOn ? works.firstOn : before;
  return last < works.lastOn ? last : works.lastOn;
}
