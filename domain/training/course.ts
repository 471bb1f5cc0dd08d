import type { Day } from '../day';
import type { FieldError } from '../field-error';

/** Centres and their courses [measures §2]. The lists without a source are our defaults. */

export const centreKinds = ['vocational_centre', 'monomarkaz', 'ngo', 'private'] as const;
export const courseLevels = ['beginner', 'intermediate', 'advanced'] as const;
/** The languages of education in Uzbekistan, and English, by ISO 639. */
export const courseLanguages = ['uz', 'kaa', 'ru', 'tg', 'kk', 'ky', 'tk', 'en'] as const;
export const courseStates = ['open', 'closed', 'cancelled'] as const;
/** In the order of `weekday`: Monday is the first. */
export const weekdays = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;
export type Weekday = (typeof weekdays)[number];

/** The field of a course that teaches no kind of work. */
export const ENTREPRENEURSHIP = 'entrepreneurship';

/** When a course is held. */
export interface CourseTime {
  /** Held all the time [S]: each person begins on a day of their own. */
  rolling: boolean;
  /** The length for each person, of a rolling course. */
  weeks: number | null;
  /** Of any other course. */
  firstDay: Day | null;
  lastDay: Day | null;
  heldOn: readonly Weekday[];
  /** HH:MM, of every day with lessons. */
  startsAt: string;
  endsAt: string;
}

/** Days of the week in their order, each once. */
export const inOrder = (days: readonly Weekday[]): Weekday[] =>
  weekdays.filter((weekday) => days.includes(weekday));

/** The hours of lessons in a week; half an hour is 0.5. */
export const hoursPerWeek = ({ heldOn, startsAt, endsAt }: Omit<CourseTime, 'rolling'>): number =>
  (heldOn.length * (minutesOf(endsAt) - minutesOf(startsAt))) / 60;

const minutesOf = (time: string): number => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
};

/** The fields of the time that contradict each other, each with what to do. */
export function timeErrors(time: CourseTime): (FieldError & { code: string })[] {
  return [
    ...(time.rolling ? rollingErrors(time) : datedErrors(time)),
    ...(time.startsAt < time.endsAt ? [] : [error('endsAt', 'Give a later time than startsAt.')]),
  ];
}

const rollingErrors = ({ weeks, firstDay, lastDay }: CourseTime) => [
  ...(weeks === null ? [error('weeks', 'A rolling course has a length: give its weeks.')] : []),
  ...(firstDay === null ? [] : [error('firstDay', 'Leave this out: the course is rolling.')]),
  ...(lastDay === null ? [] : [error('lastDay', 'Leave this out: the course is rolling.')]),
];

function datedErrors({ weeks, firstDay, lastDay }: CourseTime) {
  const missing = 'Give this day, or say that the course is rolling.';
  return [
    ...(weeks === null ? [] : [error('weeks', 'Leave this out: only a rolling course is counted in weeks.')]),
    ...(firstDay === null ? [error('firstDay', missing)] : []),
    ...(lastDay === null ? [error('lastDay', missing)] : []),
    ...(firstDay !== null && lastDay !== null && lastDay < firstDay
      ? [error('lastDay', 'Give the day of firstDay, or a later one.')]
      : []),
  ];
}

const error = (field: keyof CourseTime, detail: string) => ({ field, code: 'wrong_time', detail });
