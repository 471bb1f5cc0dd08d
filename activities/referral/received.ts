import type { Decision } from '../../contracts/referral';
import { addDays, type Day, dayOf } from '../../domain/day';
import type { Referral } from '../../prisma/generated/client';
import { policyNumber, rulesSaySo } from '../../records/kernel/policy-numbers';
import { wrongField } from '../../records/kernel/refusal';
import type { Transaction } from '../../records/kernel/transaction';
import { checkReceived as checkEntry } from '../steps/received';
import { dayOfIssue } from './read';

/** Checks the manner and day of an answer to a referral; see `steps/received`. */
export const checkReceived = (transaction: Transaction, referral: Referral, body: Decision): void =>
  checkEntry(transaction, body, dayOfIssue(referral));

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
