import { type Calendar, isWorkingDay, nextWorkingDay } from '../calendar';
import { addDays, at, type Day } from '../day';
import type { DeadlineRule, Length } from '../deadline';
import { firstDay, lastDay, type Month, nextMonth } from './months';

/** The day on which a month's claim opens: the first of the next month [money §4]. */
export const opensOn = (month: Month): Day => firstDay(nextMonth(month));

/**
 * Until when a claim is decided: in the month after the month worked [S], to its last working day, but in no fewer than the
 * given days. Made anew when the calendar changes.
 *
 * @param readyOn the day on which the claim became ready
 * @param atLeast our default: 5 working days, length claimDecision
 */
export const decisionRule = (
  month: Month,
  readyOn: Day,
  atLeast: Length,
  calendar: Calendar,
): DeadlineRule => ({
  from: readyOn,
  length: atLeast,
  notBefore: lastWorkingDay(nextMonth(month), calendar),
});

/**
 * Until when an employer declares a month: by the 20th of the month after, and as long after the opening where the claim opened
 * later, because the order was late.
 *
 * @param by our default: 20 days, length declarationBy
 */
export const declarationRule = (month: Month, openedOn: Day, by: Length): DeadlineRule => {
  const before = addDays(openedOn, -1);
  return { from: before > lastDay(month) ? before : lastDay(month), length: by };
};

/** From when the tax authority is asked about a month: its 15th of the month after has passed. */
export const taxAskedFrom = (month: Month): Day => addDays(opensOn(month), 15);

/** From when the tax authority's "nothing accrued" about a month is a word: before the 25th it is unknown. */
export const nothingCountsFrom = (month: Month): Day => addDays(opensOn(month), 24);

/** The hours over which a month's claims put their questions. */
const FIRST_QUESTION = '09:00';
const ASKING_SECONDS = 9 * 3600;

/** When a claim puts its first question to YAMMT: in its own second of the first working day on which it is open. */
export const firstQuestionAt = (claimId: string, month: Month, calendar: Calendar): Date =>
  ownSecondOf(nextWorkingDay(calendar, opensOn(month)), claimId);

/** When a claim declared by then puts its first question to the tax authority: in its own second of the 16th. */
export const taxQuestionAt = (claimId: string, month: Month): Date =>
  ownSecondOf(taxAskedFrom(month), claimId);

/** Between 09:00 and 18:00 of a day, so that a month's claims spread over it evenly, each always at the same time. */
const ownSecondOf = (day: Day, claimId: string): Date =>
  new Date(at(day, FIRST_QUESTION).getTime() + payableSpread(claimId) * 1000);

/** A payable's place in the day's questions: seconds from 0 to below nine hours, always the same for the same id. */
export const payableSpread = (id: string): number => hash(id) % ASKING_SECONDS;

/** The last working day of a month. */
export const lastWorkingDay = (month: Month, calendar: Calendar): Day => {
  let day = lastDay(month);
  while (!isWorkingDay(calendar, day)) day = addDays(day, -1);
  return day;
};

/** FNV-1a with a last mixing, since ids of neighbours differ in one character. */
const hash = (text: string): number => {
  let mixed = 0x811c9dc5;
  for (const character of text) mixed = Math.imul(mixed ^ (character.codePointAt(0) ?? 0), 0x01000193);
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
};
