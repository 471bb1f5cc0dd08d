import { type Attending, attendingOf, type EnteredMonth } from '../../domain/money/stipend';
import { monthsHeld } from '../../domain/training/attendance';
import type { Weekday } from '../../domain/training/course';
import { numberOn } from '../../records/kernel/policy-numbers';
import { closeTasks, openTask, openWait } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { interruptionsOf, periodOfStudy, trainingOf } from '../../records/money/studies';
import { lives } from '../steps/person-lives';
import { calculate, placeOfClaim, readClaim } from './claims';
import type { WholeClaim } from './read';

/** The attendance of a claim's month, as far as it is known [measures §4]. */
export async function attendingIn(
  transaction: Transaction,
  { subsidy, month }: WholeClaim,
): Promise<Attending> {
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
    lives: await lives(transaction.tx, training.personId),
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
