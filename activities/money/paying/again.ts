import type { Claim, Payment } from '../../../prisma/generated/client';
import { record } from '../../../records/kernel/events';
import { notNow } from '../../../records/kernel/refusal';
import { move, subjectOfSubsidy } from '../../../records/kernel/rows';
import type { Transaction } from '../../../records/kernel/transaction';
import { inRow } from '../../../records/kernel/wake';
import { openLineOf } from '../carrying-over';
import { aboutClaim, decisionTask, readClaim } from '../claims';
import { need, reserve } from '../funding';
import type { WholeClaim } from '../read';
import { fitSetOffs } from '../set-offs';
import { makePayable } from './binding';
import { isBack } from './payments';

/** Whether the money of a returned payment is reserved for a new attempt already. Then it is no longer payable. */
export async function isReservedAgain(
  transaction: Transaction,
  { id }: Claim,
  payment: Payment,
): Promise<boolean> {
  const { _sum } = await transaction.tx.ledgerEntry.aggregate({
    where: { claimId: id, account: 'payable' },
    _sum: { amount: true },
  });
  return isBack(payment) && (_sum.amount ?? 0n) < payment.amount;
}

/**
 * A returned payment was reserved for a new attempt. It becomes payable as it was sent, because it may have been paid after
 * all. If the month's amount changed meanwhile, it is corrected.
 *
 * @throws Refusal 409 when the line no longer has the money
 */
export async function bindAgain(
  transaction: Transaction,
  claim: WholeClaim,
  payment: Payment,
): Promise<WholeClaim> {
  if (!(await isReservedAgain(transaction, claim, payment))) return claim;
  const { subsidyId, month } = claim;
  const { amount } = payment;
  const asSent = amount + claim.setOffDone;
  await fitSetOffs(transaction, claim, claim.setOffDone);
  await transaction.tx.entitlement.update({
    where: { id: claim.entitlementId },
    data: { amount: { increment: asSent - (claim.amount ?? 0n) } },
  });
  await transaction.tx.claim.update({ where: { id: claim.id }, data: { amount: asSent } });
  const there = inRow(transaction, subjectOfSubsidy(subsidyId));
  await need(there, subsidyId, await openLineOf(there, claim), month, amount);
  await reserve(there, claim.subsidy);
  const commitment = await transaction.tx.commitment.findUniqueOrThrow({
    where: { subsidyId_month: { subsidyId, month } },
  });
  if (commitment.amount < amount)
    throw notNow('no_commitment', 'The line does not have what was paid any more: raise it first.');
  const bound = await readClaim(transaction, claim.id);
  await makePayable(transaction, bound, amount);
  return bound;
}

/**
 * Only an officer says that the payment came back, and its money is reserved for a new attempt. The attempt waits for the
 * treasury's own answer.
 */
export async function payableAnew(
  transaction: Transaction,
  claim: WholeClaim,
  { key }: Payment,
  on: string,
): Promise<void> {
  await transaction.tx.payment.update({ where: { key }, data: { word: 'officer', returnedOn: on } });
  await decisionTask(transaction, claim);
  await move(transaction, 'claim', claim, 'ready');
  await record(transaction, 'payment_returned', aboutClaim(claim), { claim: claim.id, key, code: 'officer' });
}
