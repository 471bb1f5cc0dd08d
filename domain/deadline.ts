import { addWorkingDays, type Calendar, nextWorkingDay, workingDaysBetween } from './calendar';
import { addDays, addMonths, at, type Day, dayOf, daysBetween, endOfDay } from './day';

/** A length of time: a whole number from 0 of calendar days, working days of a 5-day week, or months. */
export type Length = { n: number; unit: 'days' | 'workingDays' | 'months' };

/** The facts of a deadline. They are kept beside the deadline, so that it can be computed again. */
export type DeadlineRule = {
  /** The day of the event; it is not counted. */
  from: Day;
  length: Length;
  /** The deadline does not end before this day: "or the start date if later". */
  notBefore?: Day;
  /** A granted extension, counted from the last day without it. */
  extendedBy?: Length;
};

/** A paused deadline: the remaining time, without the day of the pause. */
export type Paused = { remaining: Length };

/**
 * The end of a deadline: 23:59:59 in Tashkent on its last day. A last day that is not worked in a 5-day week moves to the next
 * working day. Our default: no act sets this for these deadlines.
 *
 * @throws RangeError when a length is negative or not whole
 */
export const dueOf = (rule: DeadlineRule, calendar: Calendar): Date => endOfDay(lastDayOf(rule, calendar));

/**
 * The new end of an open deadline after a change of the calendar or the rule. A deadline that has fired is not revived. A
 * deadline that was over before the change stays over, unless the change gives it more time. If the change moves the end into
 * the past, the deadline ends today at 23:59:59, so that nobody is late overnight.
 *
 * @param fired whether the consequence of the passed deadline was carried out
 * @param oldDue the end before the change
 */
export const recomputed = (
  rule: DeadlineRule,
  calendar: Calendar,
  now: Date,
  fired: boolean,
  oldDue: Date,
): Date => {
  const due = dueOf(rule, calendar);
  if (fired) return oldDue;
  if (due >= now) return due;
  return oldDue < now ? oldDue : endOfDay(dayOf(now));
};

/**
 * Pauses a deadline on a day. The remaining time is counted to the actual last day, in the unit of its length. Months are
 * counted as calendar days.
 *
 * @throws RangeError when its last day is over
 */
export const pause = (rule: DeadlineRule, calendar: Calendar, on: Day): Paused => {
  const last = lastDayOf(rule, calendar);
  if (last < on) throw new RangeError(`a deadline that ended on ${last} cannot be paused on ${on}`);
  return {
    remaining:
      rule.length.unit === 'workingDays'
        ? { n: workingDaysBetween(calendar, on, last), unit: 'workingDays' }
        : { n: daysBetween(on, last), unit: 'days' },
  };
};

/** Continues a paused deadline from a day, which is not counted. `dueOf` computes the new end. */
export const resume = (paused: Paused, on: Day): DeadlineRule => ({ from: on, length: paused.remaining });

/** A reminder before a deadline, or the escalation after it. `index` orders a ladder's rungs from 0. */
export type Rung = { at: Date; kind: 'reminder' | 'escalation'; index: number };

/**
 * The rungs of a deadline, earliest first: its reminders, then the escalation one second after its end. A reminder keeps its
 * index when the deadline moves, so a sent reminder is not sent again.
 *
 * @param reminderDaysBefore calendar days before the last day, each from 0
 * @param time the time of reminders in Tashkent, `HH:MM`; our default 09:00, setting reminderHour
 */
export const ladder = (due: Date, reminderDaysBefore: readonly number[], time: string): Rung[] => {
  const reminders = reminderDaysBefore
    .toSorted((a, b) => b - a)
    .map((days, index): Rung => ({ at: at(addDays(dayOf(due), -days), time), kind: 'reminder', index }));
  return [...reminders, { at: new Date(due.getTime() + 1000), kind: 'escalation', index: reminders.length }];
};

/**
 * The rung of a ladder to fire now, and the next rung. Of several past rungs only the last fires.
 *
 * @param firedUpTo index of the last rung fired, -1 when none was
 */
export const nextRung = (
  rungs: readonly Rung[],
  now: Date,
  firedUpTo: number,
): { fire: Rung | undefined; next: Rung | undefined } => {
  const open = rungs.filter((rung) => rung.index > firedUpTo);
  return { fire: open.findLast((rung) => rung.at <= now), next: open.find((rung) => rung.at > now) };
};

/** The next weekly reminder after the last rung: a week later, at the reminder time. */
export const weeklyAfter = (lastFiredAt: Date, time: string): Date =>
  at(addDays(dayOf(lastFiredAt), 7), time);

const lastDayOf = ({ from, length, notBefore, extendedBy }: DeadlineRule, calendar: Calendar): Day => {
  const counted = later(from, length, calendar);
  const last = nextWorkingDay(calendar, notBefore !== undefined && notBefore > counted ? notBefore : counted);
  return extendedBy === undefined ? last : nextWorkingDay(calendar, later(last, extendedBy, calendar));
};

/** The day that lies so long after another, wherever it falls. @throws RangeError for a length that is negative or not whole */
export const later = (day: Day, { n, unit }: Length, calendar: Calendar): Day => {
  if (!Number.isInteger(n) || n < 0) throw new RangeError(`not a length of time: ${n} ${unit}`);
  return LATER[unit](day, n, calendar);
};

const LATER: Record<Length['unit'], (day: Day, n: number, calendar: Calendar) => Day> = {
  days: addDays,
  months: addMonths,
  workingDays: (day, n, calendar) => addWorkingDays(calendar, day, n),
};
