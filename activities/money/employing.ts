import type { Day } from '../../domain/day';
import type { Subsidy } from '../../prisma/generated/client';
import { record } from '../../records/kernel/events';
import { askAboutJobs } from '../../records/money/applying';
import { amountIsSet, isLawAwaited, waitForLaw } from '../../records/money/awaiting-law';
import { isDatedBeforeRefusal } from '../../records/money/late-paper';
import { barredFrom } from '../../records/kernel/participations';
import { judge, policyOfApplication } from '../../records/money/judging';
import { move } from '../../records/kernel/rows';
import { closeTasks, openTask } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { employingIn } from '../../records/money/payees';
import { hire } from '../steps/hire';
import { refuseSubsidy } from './deciding';
import { reportEndOfJob } from './ending';
import { aboutSubsidy, kindOf, placeOfSubsidy, readSubsidy } from './read';

/** A contract from the register or a document. */
export interface Confirmed {
  since: Day;
  contract: string;
  /** Its last day, if it has ended. */
  until?: Day;
  proof: 'yammt' | 'evidence';
}

/**
 * The employment of an applied-for wage subsidy is confirmed. The application goes to review, or a rule refuses it. An
 * employment without a referral is recorded without case or monitoring [money §3]. The day of hire decides the terms,
 * whatever day the application named [money §1].
 */
export async function confirmEmployment(
  transaction: Transaction,
  row: Subsidy,
  it: Confirmed,
): Promise<void> {
  await closeTasks(transaction, { kinds: ['employment_answer', 'employment_evidence'] }, it.proof);
  const employmentId = await employmentOf(transaction, row.personId, employingIn(row), it);
  await transaction.tx.subsidy.update({
    where: { id: row.id },
    data: {
      employmentId,
      hiredOn: it.since,
      policyId: await policyOfApplication(transaction, it.since, row.appliedOn),
      contract: it.contract,
      confirmedAt: transaction.now,
      ...(it.until !== undefined && it.proof === 'evidence' && { lastDay: it.until }),
    },
  });
  await record(transaction, 'employment_confirmed', aboutSubsidy(row), {
    subsidy: row.id,
    employment: employmentId,
    since: it.since,
    proof: it.proof,
  });
  const known = await readSubsidy(transaction, row.id);
  if (await goOnByLaw(transaction, known)) await tellOfEnds(transaction, row.id, it);
}

/** Shows the reviewer the known end of the job at the application: a death, or an end by the register [money §3]. */
async function tellOfEnds(transaction: Transaction, id: string, { until, proof }: Confirmed): Promise<void> {
  const { personId } = await readSubsidy(transaction, id);
  const { diedOn } = await transaction.tx.person.findUniqueOrThrow({ where: { id: personId } });
  if (until !== undefined && proof === 'yammt')
    await reportEndOfJob(transaction, await readSubsidy(transaction, id), until);
  if (diedOn !== null) await reportEndOfJob(transaction, await readSubsidy(transaction, id), diedOn, 'died');
}

/** The employment of a person with an employer from a day on. An unknown employment is recorded. */
export async function employmentOf(
  transaction: Transaction,
  personId: string,
  employerId: string,
  it: Confirmed,
): Promise<string> {
  const known = await transaction.tx.employment.findMany({
    where: { personId, employerId },
    orderBy: { hiredOn: 'desc' },
  });
  const same =
    known.find(({ hiredOn }) => hiredOn === it.since) ??
    known.find(({ contract }) => contract === it.contract) ??
    known.find(({ open }) => open);
  if (same) return same.id;
  return hire(transaction, {
    caseId: null,
    personId,
    employerId,
    since: it.since,
    contract: it.contract,
    how: 'alone',
    proof: it.proof,
    monitored: false,
  });
}

/**
 * An application goes on, or a rule excludes it. Then it is refused.
 *
 * @returns whether it goes on
 */
export async function goOnByLaw(transaction: Transaction, row: Subsidy): Promise<boolean> {
  const excluded = await judge(transaction, row);
  if (excluded) await refuseSubsidy(transaction, row, excluded);
  else await proceed(transaction, row);
  return !excluded;
}

/**
 * The next step of an application. While its amount is empty it waits for the law. Then YAMMT is asked about the job. A
 * confirmed job is reviewed.
 */
export async function proceed(transaction: Transaction, row: Subsidy): Promise<void> {
  if (await isLawAwaited(transaction, row)) return waitForLaw(transaction, row);
  if (row.confirmedAt !== null) return beginReview(transaction, row);
  await askAboutJobs(transaction, row);
  await move(transaction, kindOf(row), row, 'checking');
}

/**
 * The wait is looked at monthly, and the employer is told. When a version sets the amount, the application goes on at once by
 * that version's conditions [money §1].
 */
export async function lookForLaw(transaction: Transaction, id: string): Promise<void> {
  const row = await amountIsSet(transaction, id);
  if (row) await goOnByLaw(transaction, row);
}

/** The district's employment officer reviews the application, within the time of the programme's rule. */
export async function beginReview(transaction: Transaction, row: Subsidy): Promise<void> {
  const { rules } = (await transaction.law()).policy(row.policyId);
  const length = rules.programmes[row.programme as 'hire_pwd']?.review ?? rules.lengths.evidence;
  const late = await isDatedBeforeRefusal(transaction, row);
  const barred = late ? await barredFrom(transaction.tx, 'review', [transaction.subject]) : [];
  await openTask(transaction, { ...placeOfSubsidy(row), kind: 'review', length, barred });
  await move(transaction, kindOf(row), row, 'review');
}
