import type { Source } from '../../../domain/money/treasury-word';
import type { Claim, Payment } from '../../../prisma/generated/client';
import { record } from '../../../records/kernel/events';
import { post } from '../../../records/kernel/ledger';
import { notify } from '../../../records/kernel/notices';
import { move } from '../../../records/kernel/rows';
import { closeTasks, openTask } from '../../../records/kernel/tasks';
import type { Transaction } from '../../../records/kernel/transaction';
import { carryReturned } from '../carrying-over';
import { aboutClaim, placeOfClaim } from '../claims';
import { stillPaid } from '../../../records/money/paid-month';
import { toPayee } from '../../../records/money/payees';
import { awaitRightAccount, isPersons } from '../persons';
import type { WholeClaim } from '../read';
import { disputePayment } from './disputing';
import { isBack, postingOf } from './payments';

/** A payment that came back or was never sent on: the reason, the day and the source of the report. */
interface CameBack {
  state: 'returned' | 'refused';
  code: string;
  on?: string | undefined;
  word?: Source;
}

/**
 * The money came back, or was refused. The employer corrects the account, or the person's case manager [measures §4]. Then a new
 * attempt is approved [money §4]. Money
 * that comes back after settlement stands on the line it was paid from. If that line's year is over, the money moves on as at
 * the year's end [money §8].
 */
export async function cameBack(
  transaction: Transaction,
  claim: WholeClaim,
  payment: Payment,
  { state, code, on, word = 'answer' }: CameBack,
): Promise<void> {
  const { key, amount } = payment;
  if (await isOverpaidInPart(transaction, claim, payment))
    return disputePayment(transaction, claim, key, 'returned_after_a_correction');
  await closeTasks(transaction, {}, state);
  const event = payment.state === 'settled' ? 'returned_after_settlement' : 'payment_returned';
  if (!isBack(payment)) {
    await post(transaction, event, postingOf(claim, amount, key));
    await carryReturned(transaction, claim, amount);
  }
  await transaction.tx.payment.update({
    where: { key },
    data: { state, code, word, returnedOn: on ?? transaction.today },
  });
  if (isPersons(claim)) await awaitRightAccount(transaction, claim);
  else await openTask(transaction, { ...placeOfClaim(claim), kind: 'account_correction' });
  // The payment went to the old employer. The money is now owed to the successor.
  const { employerId, payee } = claim.subsidy;
  await move(transaction, 'claim', claim, 'payment_returned', { settledOn: null, employerId });
  await record(transaction, 'payment_returned', aboutClaim(claim), { claim: claim.id, key, code });
  await notify(transaction, {
    type: 'payment_came_back',
    to: toPayee({ payee }),
    params: { claim: claim.id },
    occasion: String(claim.attempt),
  });
}

/** Whether part of the returned money was found overpaid meanwhile. Then a person decides which amount is owed. */
export const isOverpaidInPart = async (
  transaction: Transaction,
  { id }: Claim,
  payment: Payment,
): Promise<boolean> => payment.state === 'settled' && (await stillPaid(transaction, id)) < payment.amount;
