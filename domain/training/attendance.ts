import { type Calendar, isDayOff, type Week } from '../calendar';
import { addDays, type Day, weekday } from '../day';
import { type Month, monthOf } from '../money/months';
import { monthsOf, type Period } from '../money/period';
import { type Weekday, weekdays } from './course';

/**
 * Attendance [measures §2]: attended and excused days against the days held. All numbers are whole, and a share is compared as a
 * product, so nothing is rounded.
 */

/** A person's time in a course. */
export interface Study {
  /** The person's own first day, and the last. */
  period: Period;
  /** Days of these periods are no days of study. */
  interruptions: readonly Period[];
  heldOn: readonly Weekday[];
  calendar: Calendar;
}

/** A month of study, with the number of days held in it. */
export interface MonthHeld {
  month: Month;
  held: number;
}

/** A month's attendance, as the centre enters it: days from 0, together at most those held. */
export interface Attended {
  attended: number;
  excused: number;
}

/**
 * Months that are decided together, and the months whose days count for them. The last months of a course may also count a month
 * that was decided before: what was paid for it stays.
 */
export interface Reckoning {
  decides: readonly Month[];
  counts: readonly Month[];
}

/** The working week of a course: lessons at the weekend make a week of six days. */
export const weekOf = (heldOn: readonly Weekday[]): Week =>
  heldOn.includes('saturday') || heldOn.includes('sunday') ? 'six' : 'five';

/** The days held of a person's study: those of the timetable, without days off and interruptions. */
export function heldDays({ period, interruptions, heldOn, calendar }: Study): Day[] {
  const days: Day[] = [];
  const week = weekOf(heldOn);
  for (let day = period.from; day <= period.to; day = addDays(day, 1)) {
    const lessons = heldOn.includes(weekdays[weekday(day) - 1] ?? 'monday');
    if (lessons && !isDayOff(calendar, day, week) && !interruptions.some((pause) => isIn(day, pause)))
      days.push(day);
  }
  return days;
}

const isIn = (day: Day, { from, to }: Period): boolean => from <= day && day <= to;

/** The months of a study in order, each with the number of its days held, which may be 0. */
export function monthsHeld(study: Study): MonthHeld[] {
  const held = heldDays(study).map(monthOf);
  return monthsOf(study.period).map((month) => ({
    month,
    held: held.filter((each) => each === month).length,
  }));
}

/**
 * The months that are decided together. Months follow each other until enough days were held in them. Fewer days at the end
 * of the course count with the months before. A month without a day held is decided alone.
 *
 * @param months in order
 * @param least the days held from which a month is decided alone (`attendanceLeastHeld`)
 * @returns in the order of the first month that each decides; each month is decided once
 */
export function reckonings(months: readonly MonthHeld[], least: number): Reckoning[] {
  const empty = months.filter(({ held }) => held === 0).map(({ month }) => alone([month]));
  const together: Reckoning[] = [];
  let gathered: MonthHeld[] = [];
  for (const each of months.filter(({ held }) => held > 0)) {
    gathered.push(each);
    if (total(gathered) < least) continue;
    together.push(alone(namesOf(gathered)));
    gathered = [];
  }
  const rest = namesOf(gathered);
  const before = together.at(-1)?.counts ?? [];
  const last = rest.length === 0 ? [] : [{ decides: rest, counts: [...before, ...rest] }];
  return [...empty, ...together, ...last].toSorted((a, b) => (first(a) < first(b) ? -1 : 1));
}

const alone = (months: readonly Month[]): Reckoning => ({ decides: months, counts: months });
const namesOf = (months: readonly MonthHeld[]): Month[] => months.map(({ month }) => month);
const total = (months: readonly MonthHeld[]): number => months.reduce((sum, { held }) => sum + held, 0);
const first = ({ decides: [month = ''] }: Reckoning): Month => month;

/** The days on which a person was present or excused, and the days held, of the months that count together. */
export interface Attendance {
  present: number;
  held: number;
}

/**
 * The attendance of a reckoning. A month without a day held needs no entry.
 *
 * @param entered what the centre entered, by month
 * @returns undefined while a month that counts is not entered
 */
export function attendanceOf(
  { counts }: Reckoning,
  months: readonly MonthHeld[],
  entered: ReadonlyMap<Month, Attended>,
): Attendance | undefined {
  const counted = months.filter(({ month, held }) => held > 0 && counts.includes(month));
  const days = counted.map(({ month }) => entered.get(month));
  if (days.includes(undefined)) return undefined;
  const present = days.reduce((sum, day) => sum + (day?.attended ?? 0) + (day?.excused ?? 0), 0);
  return { present, held: total(counted) };
}

/** Whether attendance reaches a threshold in percent. Where no day was held, it does. */
export const reaches = ({ present, held }: Attendance, percent: number): boolean =>
  present * 100 >= percent * held;
