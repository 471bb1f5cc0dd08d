import type { Decision } from '../../contracts/referral';
import { addDays, type Day, dayOf, endOfDay } from '../../domain/day';
import type { Referral } from '../../prisma/generated/client';
import { policyNumber, rulesSaySo } from '../../records/kernel/policy-numbers';
import { wrongField } from '../../records/kernel/refusal';
import type { Transaction } from '../../records/kernel/transaction';
import { dayOfIssue } from './read';

/** The instant of an event whose day alone is known: the end of that day, but not after the entry. */
export const byTheEndOf = (transaction: Transaction, day: Day): Date =>
  day < dayOf(transaction.givenAt) ? endOfDay(day) : transaction.givenAt;

/**
 * Only officials enter a day of receipt. An employer's own answer counts from the instant of its entry
 * [pathway §5, received in time].
 *
 * @throws Refusal for an employer's entry with manner and date, for an official's entry without them, and for a date before
 *   the issue or in the future
 */
export function checkReceived(transaction: Transaction, referral: Referral, { received }: Decision): void {
  const isEmployers = transaction.actor.role === 'employer';
  if (isEmployers && received)
    throw wrongField(
      'received',
      'officials_only',
      'Your answer counts from now: manner and date are entered by officials. Leave them out.',
    );
  if (received && (received.on > dayOf(transaction.givenAt) || received.on < dayOfIssue(referral)))
    throw wrongField(
      'received.on',
      'impossible_day',
      'An answer is received between the day of issue and today.',
    );
  if (!isEmployers && !received)
    throw wrongField('received', 'missing', 'An answer entered by an official needs its manner and date.');
}

/** The instant of the employer's answer. An answer on paper or by phone counts from the end of the day of its receipt. */
export const receivedAt = (transaction: Transaction, { received }: Decision): Date =>
  received ? byTheEndOf(transaction, received.on) : transaction.givenAt;

/** The parameters of an event that say how and when an answer came that an official entered. */
export const receivedInWords = ({ received }: Decision): { manner?: string; received?: Day } =>
  received ? { manner: received.manner, received: received.on } : {};

/**
 * @param from the day of the answer, or of its receipt on paper or by phone
 * @throws Refusal unless the start lies between that day and `startWithinDays` later [pathway §5]
 */
export async function checkStart(
  transaction: Transaction,
  startOn: Day,
  from: Day = dayOf(transaction.givenAt),
): Promise<void> {
  const within = await policyNumber(transaction, 'startWithinDays', from);
  const last = addDays(from, within.n);
  if (startOn < from || startOn > last)
    throw wrongField(
      'startOn',
      'start_out_of_range',
      `The start lies between ${from} and ${last}.${rulesSaySo(within, transaction)}`,
    );
}

/** An answer proves delivery. */
export const deliveredByAnswer = (referral: Referral, at: Date) =>
  referral.deliveredAt ? {} : { deliveredAt: at, deliveredHow: 'answer' };
