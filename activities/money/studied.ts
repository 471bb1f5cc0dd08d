import { type Attending, attendingOf, type EnteredMonth } from '../../domain/money/stipend';
import { monthsHeld } from '../../domain/training/attendance';
import type { Weekday } from '../../domain/training/course';
import { numberOn } from '../../records/kernel/policy-numbers';
import { move, subjectOf } from '../../records/kernel/rows';
import { closeTasks, openTask, openWait } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { inRow } from '../../records/kernel/wake';
import { interruptionsOf, periodOfStudy, trainingOf } from '../../records/money/studies';
import { withDays, worthOf } from '../../records/money/terms';
import { daysAsKnown } from './basis';
import { calculate, isUndecided, placeOfClaim, readClaim } from './claims';
import { factsChanged } from './ending';
import type { WholeClaim } from './read';

/** What is known of the attendance of a claim's month [measures §4]. */
async function attendingIn(transaction: Transaction, { subsidy, month }: WholeClaim): Promise<Attending> {
  const training = await trainingOf(transaction.tx, subsidy.trainingId ?? '');
  const period = periodOfStudy(training);
  if (!period) return 'reached';
  const held = monthsHeld({
    period,
    interruptions: interruptionsOf(training),
    heldOn: training.course.heldOn as Weekday[],
    calendar: await transaction.calendar(),
  });
  const law = await transaction.law();
  return attendingOf(month, held, training.months as object as EnteredMonth[], {
    percent: numberOn(law, 'attendancePercent', period.from).n,
    least: numberOn(law, 'attendanceLeastHeld', period.from).n,
  });
}

/**
 * Calculates a month of study once its attendance is known. Below the threshold it is `zero`, after the person was heard. Until then it
 * waits, and never lapses.
 */
export async function judgeAttendance(transaction: Transaction, id: string): Promise<void> {
  const before = await readClaim(transaction, id);
  const attendance = await attendingIn(transaction, before);
  if (attendance === 'awaited') {
    if (await openWait(transaction, 'attendance')) return;
    return openTask(transaction, { ...placeOfClaim(before), kind: 'attendance' });
  }
  await transaction.tx.claim.update({
    where: { id },
    data: { facts: { attendance, on: transaction.today } },
  });
  await calculate(transaction, await readClaim(transaction, id), attendance !== 'below');
}

/** The attendance of a month is looked at weekly, beside each entry. */
export async function lookAtAttendance(transaction: Transaction, id: string): Promise<void> {
  await closeTasks(transaction, { kinds: ['attendance'] }, 'looked_at');
  await judgeAttendance(transaction, id);
}

/**
 * The days or the attendance of a month changed. A month without a decision is calculated anew. A month below the threshold is paid
 * after all, once a later record or evidence says so; a later record takes nothing back. Changed days of a decided month are a
 * correction [measures §4].
 */
export async function monthChanged(transaction: Transaction, id: string): Promise<void> {
  const there = inRow(transaction, subjectOf('claim', id));
  const claim = await readClaim(there, id);
  if (claim.state === 'to_review') return;
  if (claim.state === 'zero') return (await isDueAfterAll(there, claim)) ? again(there, claim) : undefined;
  if (isUndecided(claim) && !claim.checkPassed) return judgeAttendance(there, id);
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
  await openTask(transaction, { ...placeOfClaim(claim), kind: 'attendance' });
  await move(transaction, 'claim', claim, 'checking', { checkPassed: false });
  await judgeAttendance(transaction, claim.id);
}
