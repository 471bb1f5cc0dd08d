import { addDays, type Day } from './day';

/** Why a day that a register tells of cannot be. */
export type DayDoubt = 'out_of_reach' | 'too_early' | 'still_to_come';

/** What a register can tell of at all: our default. */
const FIRST_DAY: Day = '1900-01-01';
const LAST_DAY: Day = '2100-12-31';

/**
 * What is wrong with a day that a register tells of. Such a day is kept as it was told, nothing follows from it, and a person
 * looks at it.
 *
 * @param notBefore what it cannot precede, such as a birth or a hire
 * @param notAfter what it cannot follow, such as today for what has happened
 * @returns undefined for a day that can be
 */
export function dayDoubt(
  day: Day,
  { notBefore, notAfter }: { notBefore?: Day | undefined; notAfter?: Day | undefined } = {},
): DayDoubt | undefined {
  if (day < FIRST_DAY || day > LAST_DAY) return 'out_of_reach';
  if (notBefore !== undefined && day < notBefore) return 'too_early';
  return notAfter !== undefined && day > notAfter ? 'still_to_come' : undefined;
}

/** What an answer of a register says of days, whatever it is about. */
export interface SaidDays {
  answer: string;
  since?: Day;
  until?: Day;
  validUntil?: Day;
  on?: Day;
  employments?: readonly { since?: Day; until?: Day }[];
}

/**
 * Whether an answer names a day that cannot be. What has ended has ended by today, what was entered or moved has by today; what
 * begins or was agreed to end may lie ahead.
 *
 * @param aheadDays how far ahead a register knows of a beginning
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
