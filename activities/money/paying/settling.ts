import type { Source } from '../../../domain/money/treasury-word';
import { record } from '../../../records/kernel/events';
import { post } from '../../../records/kernel/ledger';
import { notify } from '../../../records/kernel/notices';
import { move } from '../../../records/kernel/rows';
import { closeTasks } from '../../../records/kernel/tasks';
import type { Transaction } from '../../../records/kernel/transaction';
import { toPayee } from '../../../records/money/payees';
import { aboutClaim, tellSubsidy } from '../claims';
import type { WholeClaim } from '../read';
import { isBack, postingOf, type WholePayment } from './payments';

/**
 * The claim is paid. The employer is told, and the subsidy learns whether anything is left to pay. If another report had
 * settled or returned the payment before, the postings go on from there.
 *
 * @param word the source of the report
 */
export async function settle(
  transaction: Transaction,
  claim: WholeClaim,
  on: string,
  payment?: WholePayment,
  word: Source = 'answer',
): Promise<void> {
  await closeTasks(transaction, {}, 'settled');
  if (payment) {
    const { key, amount } = payment;
    if (isBack(payment)) await post(transaction, 'sent', postingOf(claim, amount, key));
    if (payment.state !== 'settled') await post(transaction, 'settled', postingOf(claim, amount, key));
    await transaction.tx.payment.update({
      where: { key },
      data: { state: 'settled', settledOn: on, returnedOn: null, word },
    });
    await record(transaction, 'payment_settled', aboutClaim(claim), { claim: claim.id, key, on });
  }
  await move(transaction, 'claim', claim, 'settled', { settledOn: on });
  await notify(transaction, {
    type: 'claim_settled',
    to: toPayee(claim),
    params: {
      claim: claim.id,
      month: claim.month,
      amount: Number(claim.amount),
      on,
      desk: payment ? payment.account.desk : null,
    },
    occasion: String(claim.attempt),
  });
  await tellSubsidy(transaction, claim);
}
