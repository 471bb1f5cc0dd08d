import { addDays, addMonths, type Day } from '../day';
import type { Period } from '../money/period';
import type { CourseTime } from './course';

/** A course as far as a person's days in it follow. */
type StudyDays = Pick<CourseTime, 'rolling' | 'weeks' | 'firstDay' | 'lastDay'>;

/**
 * A person's first and last day in a course. A rolling course begins on the person's own day and takes its weeks. Any other ends
 * for everybody on its last day, also for a person who begins later [measures §2].
 *
 * @param begins the day on which a person begins in a rolling course, or after the first day of another
 * @returns undefined where a rolling course has no day for the person, or the course is over before
 */
export function studyPeriod(course: StudyDays, begins?: Day): Period | undefined {
  if (course.rolling)
    return begins === undefined || course.weeks === null
      ? undefined
      : { from: begins, to: addDays(begins, course.weeks * 7 - 1) };
  const { firstDay, lastDay } = course;
  if (firstDay === null || lastDay === null) return undefined;
  const from = begins !== undefined && begins > firstDay ? begins : firstDay;
  return from <= lastDay ? { from, to: lastDay } : undefined;
}

/** The days on which the registers are asked whether a graduate works: 28 days, 3 and 6 months after the last day [S; measures §2]. */
export const lookBacks = (lastDay: Day): [Day, Day, Day] => [
  addDays(lastDay, 28),
  addMonths(lastDay, 3),
  addMonths(lastDay, 6),
];

/** A course of a centre, as far as another may take its people. */
export type Alike = StudyDays & {
  id: string;
  centreId: string;
  field: string;
  level: string;
  language: string;
  state: string;
};

/**
 * The centre's next course for people who got no place: of the same field, level and language, the earliest that is still to
 * begin. A rolling one follows where no other does [measures §2].
 *
 * @param courses of the centre
 */
export function nextCourse<C extends Alike>(course: Alike, courses: readonly C[], today: Day): C | undefined {
  const alike = courses
    .filter(({ id, state }) => id !== course.id && state === 'open')
    .filter((other) => same.every((field) => other[field] === course[field]));
  const after = course.firstDay !== null && course.firstDay > today ? course.firstDay : today;
  const dated = alike
    .filter(({ firstDay }) => firstDay !== null && firstDay > after)
    .toSorted((a, b) => byText(a.firstDay ?? '', b.firstDay ?? '') || byText(a.id, b.id));
  const rolling = alike.filter((other) => other.rolling).toSorted((a, b) => byText(a.id, b.id));
  return dated[0] ?? rolling[0];
}

const same = ['centreId', 'field', 'level', 'language'] as const;
const byText = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);
