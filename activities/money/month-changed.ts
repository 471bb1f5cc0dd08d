import { move, subjectOf } from '../../records/kernel/rows';
import { closeTasks, openTask } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { inRow } from '../../records/kernel/wake';
import { withDays, worthOf } from '../../records/money/terms';
import { daysAsKnown } from './basis';
import { isUndecided, placeOfClaim, readClaim } from './claims';
import { factsChanged } from './ending';
import type { WholeClaim } from './read';
import { attendingIn, judgeAttendance } from './studied';

/**
 * The days or the attendance of a month changed. A month without a decision is calculated anew. If its attendance fell below the
 * threshold, it waits until the person was heard. A month below the threshold is paid
 * after all, once a later record or evidence says so; a later record takes nothing back. Changed days of a decided month are a
 * correction [measures §4].
 */
export async function monthChanged(transaction: Transaction, id: string): Promise<void> {
  const there = inRow(transaction, subjectOf('claim', id));
  const claim = await readClaim(there, id);
  if (claim.state === 'to_review') return;
  if (claim.state === 'zero') return (await isDueAfterAll(there, claim)) ? again(there, claim) : undefined;
  if (isUndecided(claim)) {
    const attendance = await attendingIn(there, claim);
    if (claim.checkPassed && attendance === 'awaited') return backToCheck(there, claim);
    if (!claim.checkPassed || attendance === 'below') return judgeAttendance(there, id);
  }
  if (await isWorthOther(there, claim)) await factsChanged(transaction, claim);
}

/** Whether a month without a payment is due now. A month that a document corrected to nothing stays so. */
export async function isDueAfterAll(transaction: Transaction, claim: WholeClaim): Promise<boolean> {
  const attendance = await attendingIn(transaction, claim);
  if (attendance !== 'reached' && attendance !== 'proved') return false;
  const { nothingWorked } = await daysAsKnown(transaction, claim);
  return !nothingWorked && (await worthNow(transaction, claim)) > 0n;
}

export async function isWorthOther(transaction: Transaction, claim: WholeClaim): Promise<boolean> {
  const { amount } = await transaction.tx.entitlement.findUniqueOrThrow({
    where: { id: claim.entitlementId },
  });
  return amount !== (await worthNow(transaction, claim));
}

const worthNow = async (transaction: Transaction, { subsidy, month }: WholeClaim): Promise<bigint> =>
  (await worthOf(transaction, await withDays(transaction, subsidy), month)).amount;

async function again(transaction: Transaction, claim: WholeClaim): Promise<void> {
  await backToCheck(transaction, claim);
  await judgeAttendance(transaction, claim.id);
}

async function backToCheck(transaction: Transaction, claim: WholeClaim): Promise<void> {
  await closeTasks(transaction, {}, 'checked_again');
  await openTask(transaction, { ...placeOfClaim(claim), kind: 'attendance' });
  await move(transaction, 'claim', claim, 'checking', { checkPassed: false });
}
