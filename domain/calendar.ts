import { addDays, type Day, weekday } from './day';

/** The two kinds of working weeks: Monday to Friday, and Monday to Saturday. */
export type Week = 'five' | 'six';

/**
 * One line of the calendar table that an administrator maintains. It names a day off beyond weekends and fixed holidays. A
 * line of kind `working` names a working day that would otherwise be off.
 */
export type CalendarEntry = {
  date: Day;
  kind: 'holiday' | 'eid' | 'extra' | 'moved' | 'working';
  week: 'all' | Week;
  status?: 'published' | 'computed';
};

/** Whether a day is worked, by week and day (`five 2023-03-11`). `calendarOf` makes it from the table. */
export type Calendar = { readonly entries: ReadonlyMap<string, boolean> };

/** Month and day of the holidays of every year (Labour Code). */
const FIXED_HOLIDAYS = new Set(['01-01', '03-08', '03-21', '05-09', '09-01', '10-01', '12-08']);

const WEEKS: readonly Week[] = ['five', 'six'];

const LAST_WEEKDAY: Record<Week, number> = { five: 5, six: 6 };

/**
 * The calendar that a table describes. A line for one week outweighs a line for all weeks on the same date. Of two lines for
 * the same date and week the later line counts.
 */
export const calendarOf = (entries: readonly CalendarEntry[]): Calendar => {
  const forAll = entries.filter((entry) => entry.week === 'all');
  const forOne = entries.filter((entry) => entry.week !== 'all');
  return {
    entries: new Map(
      [...forAll, ...forOne].flatMap(({ date, kind, week }) =>
        (week === 'all' ? WEEKS : [week]).map((each) => [keyOf(each, date), kind === 'working'] as const),
      ),
    ),
  };
};

/** Whether a day is worked. The table decides; without a line, fixed holidays and weekends decide. */
export const isWorkingDay = (calendar: Calendar, day: Day, week: Week = 'five'): boolean =>
  calendar.entries.get(keyOf(week, day)) ??
  (weekday(day) <= LAST_WEEKDAY[week] && !FIXED_HOLIDAYS.has(day.slice(5)));

/** Whether a holiday or a decree makes it a day off. The weekend alone makes none: a timetable may hold lessons then. */
export const isDayOff = (calendar: Calendar, day: Day, week: Week): boolean => {
  const isWorked = calendar.entries.get(keyOf(week, day));
  return isWorked === undefined ? FIXED_HOLIDAYS.has(day.slice(5)) : !isWorked;
};

/** The day itself if it is worked, otherwise the first working day after it. */
export const nextWorkingDay = (calendar: Calendar, day: Day, week: Week = 'five'): Day => {
  let next = day;
  while (!isWorkingDay(calendar, next, week)) next = addDays(next, 1);
  return next;
};

/**
 * The `n`-th working day after a day. The day itself is not counted. For 0 it is the day itself, worked or not.
 *
 * @throws RangeError unless `n` is a whole number from 0
 */
export const addWorkingDays = (calendar: Calendar, day: Day, n: number, week: Week = 'five'): Day => {
  if (!Number.isInteger(n) || n < 0) throw new RangeError(`not a number of working days: ${n}`);
  let last = day;
  for (let counted = 0; counted < n; counted += 1) last = nextWorkingDay(calendar, addDays(last, 1), week);
  return last;
};

/** The working day that lies so many working days before a day. */
export function workingDaysBefore(day: Day, n: number, calendar: Calendar): Day {
  let before = day;
  for (let counted = 0; counted < n;) {
    before = addDays(before, -1);
    if (isWorkingDay(calendar, before)) counted += 1;
  }
  return before;
}

/** The number of working days after `from`, up to and including `to`; 0 when `to` is not later. */
export const workingDaysBetween = (calendar: Calendar, from: Day, to: Day, week: Week = 'five'): number => {
  let count = 0;
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) {
    if (isWorkingDay(calendar, day, week)) count += 1;
  }
  return count;
};

const keyOf = (week: Week, day: Day): string => `${week} ${day}`;
