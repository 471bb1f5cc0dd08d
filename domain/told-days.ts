import { addDays, type Day, isPossibleDay, LAST_DAY } from './day';

/** Why a day that a register told is impossible. */
export type DayDoubt = 'out_of_reach' | 'too_early' | 'still_to_come';

/**
 * Whether a register means "without end" by the last day that it tells. Registers write a day far ahead for this, such as
 * 9999-12-31. Our default: a day after the last possible day.
 */
export const isWithoutEnd = (lastDay: Day): boolean => lastDay > LAST_DAY;

/**
 * Finds the fault of a day that a register told. A day with a fault is kept as the register told it. Nothing follows from the
 * day, and a person looks at it.
 *
 * @param notBefore the earliest possible day, such as a birth or a hire
 * @param notAfter the latest possible day, such as today for a past event
 * @returns undefined for a possible day
 */
export function dayDoubt(
  day: Day,
  { notBefore, notAfter }: { notBefore?: Day | undefined; notAfter?: Day | undefined } = {},
): DayDoubt | undefined {
  if (!isPossibleDay(day)) return 'out_of_reach';
  if (notBefore !== undefined && day < notBefore) return 'too_early';
  return notAfter !== undefined && day > notAfter ? 'still_to_come' : undefined;
}

/** The days in a register's answer, for every kind of answer. */
export interface SaidDays {
  answer: string;
  since?: Day;
  until?: Day;
  validUntil?: Day;
  on?: Day;
  employments?: readonly { since?: Day; until?: Day }[];
}

/**
 * Whether an answer names an impossible day. A contract that has ended ended by today. An entry or a payment was made by today.
 * A beginning and an agreed end may lie ahead.
 *
 * @param aheadDays the greatest number of days from today to a beginning
 */
export function hasImpossibleDay(said: SaidDays, today: Day, aheadDays: number): boolean {
  const begun = { notAfter: addDays(today, aheadDays) };
  const past = { notAfter: today };
  const days: [Day | undefined, { notAfter?: Day }][] = [
    [said.since, begun],
    [said.until, said.answer === 'no' ? past : {}],
    [said.validUntil, {}],
    [said.on, past],
    ...(said.employments ?? []).flatMap(({ since, until }): [Day | undefined, object][] => [
      [since, begun],
      [until, {}],
    ]),
  ];
  return days.some(([day, bounds]) => day !== undefined && dayDoubt(day, bounds) !== undefined);
}
