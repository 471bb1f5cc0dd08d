import { type Calendar, isWorkingDay, nextWorkingDay } from '../calendar';
import { addDays, at, type Day } from '../day';
import type { DeadlineRule, Length } from '../deadline';
import { spreadOver } from '../spread';
import { firstDay, lastDay, type Month, nextMonth } from './months';

/** The day on which a month's claim opens: the first of the next month [money §4]. */
export const opensOn = (month: Month): Day => firstDay(nextMonth(month));

/**
 * The deadline of a claim's decision: the last working day of the month after the month worked [S]. The officer has at least
 * the given days. The deadline is computed again when the calendar changes.
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
 * The deadline of an employer's declaration: the 20th of the month after. Where a late order opened the claim later, the
 * employer has as many days from the opening.
 *
 * @param by our default: 20 days, length declarationBy
 */
export const declarationRule = (month: Month, openedOn: Day, by: Length): DeadlineRule => {
  const before = addDays(openedOn, -1);
  return { from: before > lastDay(month) ? before : lastDay(month), length: by };
};

/** The first day of questions to the tax authority about a month: after the 15th of the month after. */
export const taxAskedFrom = (month: Month): Day => addDays(opensOn(month), 15);

/** The first day on which the tax authority's "nothing accrued" counts. Before the 25th it is unknown. */
export const nothingCountsFrom = (month: Month): Day => addDays(opensOn(month), 24);

/** The hours in which the claims of a month ask the registers. */
const FIRST_QUESTION = '09:00';
const ASKING_SECONDS = 9 * 3600;

/** The instant of a claim's first question to YAMMT: its own second of its first open working day. */
export const firstQuestionAt = (claimId: string, month: Month, calendar: Calendar): Date =>
  ownSecondOf(nextWorkingDay(calendar, opensOn(month)), claimId);

/** The instant of a declared claim's first question to the tax authority: its own second of the 16th. */
export const taxQuestionAt = (claimId: string, month: Month): Date =>
  ownSecondOf(taxAskedFrom(month), claimId);

/** An instant between 09:00 and 18:00 of a day. The claims of a month spread evenly, and a claim's time is always the same. */
const ownSecondOf = (day: Day, claimId: string): Date =>
  new Date(at(day, FIRST_QUESTION).getTime() + payableSpread(claimId) * 1000);

/** A payable's second of the day's questions, from 0 to below nine hours. It is always the same for the same id. */
export const payableSpread = (id: string): number => spreadOver(id, ASKING_SECONDS);

/** The last working day of a month. */
export const lastWorkingDay = (month: Month, calendar: Calendar): Day => {
  let day = lastDay(month);
  while (!isWorkingDay(calendar, day)) day = addDays(day, -1);
  return day;
};
