import { eventsWithin } from '../../../records/kernel/entries';
import { record } from '../../../records/kernel/events';
import { move } from '../../../records/kernel/rows';
import { closeTasks, openTask } from '../../../records/kernel/tasks';
import type { Transaction } from '../../../records/kernel/transaction';
import { aboutClaim, placeOfClaim, readClaim } from '../claims';
import type { WholeClaim } from '../read';
import { pullBack } from './binding';
import { lastPayment, type WholePayment } from './payments';

/**
 * Treasury and ledger differ. Nothing is sent until a finance officer decides which of them is right, and an approval falls.
 */
export async function disputePayment(
  transaction: Transaction,
  claim: WholeClaim,
  key: string,
  why: string,
  stated?: bigint,
): Promise<void> {
  if (claim.state === 'approved') await pullBack(transaction, claim, 'disputed');
  await closeTasks(transaction, {}, 'disputed');
  await openTask(transaction, { ...placeOfClaim(claim), kind: 'dispute' });
  await move(transaction, 'claim', await readClaim(transaction, claim.id), 'disputed');
  await record(transaction, 'payment_disputed', aboutClaim(claim), {
    claim: claim.id,
    key,
    why,
    ...(stated !== undefined && { stated: Number(stated) }),
  });
}

/** The payment of a dispute: the last attempt, or an earlier one. */
export async function disputedPayment(transaction: Transaction, claim: WholeClaim): Promise<WholePayment> {
  const events = await eventsWithin(transaction);
  const { params } = await events.findFirstOrThrow({
    where: { subject: transaction.subject, type: 'payment_disputed' },
    orderBy: { id: 'desc' },
  });
  const { key } = params as { key: string };
  const known = await transaction.tx.payment.findUnique({ where: { key }, include: { account: true } });
  return known ?? lastPayment(transaction, claim);
}
