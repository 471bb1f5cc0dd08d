import type { Task } from '../../../prisma/generated/client';
import { addDays, at, type Day, dayOf, daysBetween } from '../../../domain/day';
import { type DeadlineRule, ladder, type Length, nextRung, weeklyAfter } from '../../../domain/deadline';
import type { LengthName } from '../../../domain/lengths';
import { type Duty, obligation, type ObligationKind } from '../../../domain/obligations';
import type { Policy } from '../../../domain/policy';
import type { Transaction } from '../transaction';

/** The `rung` of a task whose last duty has passed. It stays with its owner, who is reminded weekly. */
export const STAYED = -1;

/** The duty of a wait's present owner: the first duty, or after escalations a later one. */
export const dutyOf = ({ kind, escalated }: Pick<Task, 'kind' | 'escalated'>): Duty => {
  const { duties } = obligation(kind as ObligationKind);
  return duties[Math.min(escalated, duties.length - 1)] ?? duties[0];
};

export const policyNow = async (transaction: Pick<Transaction, 'law' | 'today'>): Promise<Policy> =>
  (await transaction.law()).policyOn(transaction.today);

/** A length as the policy in force today sets it. */
export const lengthNow = async (
  transaction: Pick<Transaction, 'law' | 'today'>,
  name: LengthName,
): Promise<Length> => (await policyNow(transaction)).rules.lengths[name];

/** The length of a duty; undefined for a duty without an end of its own. */
export const lengthOf = async (transaction: Transaction, { length }: Duty): Promise<Length | undefined> =>
  length && lengthNow(transaction, length);

/**
 * The next instant of a wait that ends: its next reminder, or its end. Reminders are counted from the end or from the event.
 *
 * @param sent how many of its reminders were sent
 */
export const nextOnLadder = (transaction: Transaction, { duty, due, rule }: Ending, sent = 0): Date =>
  nextRung(rungsOf(transaction, { duty, due, rule }), transaction.now, sent - 1).next?.at ?? afterEnd(due);

/** The duty, end and rule from which a wait's reminders are computed. */
export interface Ending {
  duty: Duty;
  due: Date;
  rule: DeadlineRule | null;
}

/** An open wait's reminders and end. */
export const rungsOf = ({ settings }: Transaction, { duty, due, rule }: Ending) =>
  ladder(
    due,
    [...(duty.remindDaysBefore ?? []), ...(rule ? beforeTheEnd(duty, due, rule) : [])],
    settings.reminderHour,
  );

/** Reminders counted from the event, as days before the end, also where a day off moved the end. Later ones are left out. */
const beforeTheEnd = ({ remindDaysAfter = [] }: Duty, due: Date, { from }: DeadlineRule): number[] =>
  remindDaysAfter.map((n) => daysBetween(addDays(from, n), dayOf(due))).filter((days) => days >= 0);

/** A wait is over when its last second has passed. */
export const afterEnd = (due: Date): Date => new Date(due.getTime() + 1000);

export const ruleOf = ({ rule }: Pick<Task, 'rule'>): DeadlineRule | null => rule as DeadlineRule | null;

/** A week from now, at the hour of reminders. */
export const nextWeek = ({ now, settings }: Transaction): Date => weeklyAfter(now, settings.reminderHour);

/** The morning of a day, at the hour of reminders and checks. */
export const morningOf = (transaction: Transaction, day: Day): Date =>
  at(day, transaction.settings.reminderHour);
