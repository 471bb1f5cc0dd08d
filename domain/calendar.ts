import { addDays, type Day, weekday } from './day';

/** Which weeks of work there are: Monday to Friday, or Monday to Saturday. */
export type Week = 'five' | 'six';

/**
 * One line of the calendar table that an administrator maintains: a day off beyond weekends and fixed
 * holidays, or, of kind `working`, a day that is worked although it would be off.
 */
export type CalendarEntry = {
  date: Day;
  kind: 'holiday' | 'eid' | 'extra' | 'moved' | 'working';
  week: 'all' | Week;
  status?: 'published' | 'computed';
};

/** What the table says of a week and a day (`five 2023-03-11`): worked or not. Made by `calendarOf`. */
export type Calendar = { readonly entries: ReadonlyMap<string, boolean> };

/** Month and day of the holidays of every year (Labour Code). */
const FIXED_HOLIDAYS = new Set(['01-01', '03-08', '03-21', '05-09', '09-01', '10-01', '12-08']);

const WEEKS: readonly Week[] = ['five', 'six'];

const LAST_WEEKDAY: Record<Week, number> = { five: 5, six: 6 };

/**
 * The calendar that a table describes, in whatever order its lines come. A line for one week outweighs a
 * line for all on the same date; of two lines for the same date and week the later in the array holds.
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

/** Whether a day is worked: the table decides, and where it is silent, fixed holidays and weekends do. */
export const isWorkingDay = (calendar: Calendar, day: Day, week: Week = 'five'): boolean =>
  calendar.entries.get(keyOf(week, day)) ??
  (weekday(day) <= LAST_WEEKDAY[week] && !FIXED_HOLIDAYS.has(day.slice(5)));

/** The day itself if it is worked, otherwise the first working day after it. */
export const nextWorkingDay = (calendar: Calendar, day: Day, week: Week = 'five'): Day => {
  let next = day;
  while (!isWorkingDay(calendar, next, week)) next = addDays(next, 1);
  return next;
};

/**
 * The `n`-th working day after a day, which itself is not counted; the day itself, worked or not, for 0.
 *
 * @throws RangeError unless `n` is a whole number from 0
 */
export const addWorkingDays = (calendar: Calendar, day: Day, n: number, week: Week = 'five'): Day => {
  if (!Number.isInteger(n) || n < 0) throw new RangeError(`not a number of working days: ${n}`);
  let last = day;
  for (let counted = 0; counted < n; counted += 1) last = nextWorkingDay(calendar, addDays(last, 1), week);
  return last;
};

/** How many working days lie after `from` and not after `to`; none when `to` is not later. */
export const workingDaysBetween = (calendar: Calendar, from: Day, to: Day, week: Week = 'five'): number => {
  let count = 0;
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) {
    if (isWorkingDay(calendar, day, week)) count += 1;
  }
  return count;
};

const keyOf = (week: Week, day: Day): string => `${week} ${day}`;
