import type { Day } from '../../domain/day';
import type { Subsidy } from '../../prisma/generated/client';
import { record } from '../../records/kernel/events';
import { askAboutJobs } from '../../records/money/applying';
import { isLawAwaited, waitForLaw } from '../../records/money/awaiting-law';
import { isDatedBeforeRefusal } from '../../records/money/late-paper';
import { barredFrom } from '../../records/kernel/participations';
import { judge, policyOfApplication } from '../../records/money/judging';
import { move } from '../../records/kernel/rows';
import { closeTasks, openTask } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { hire } from '../steps/hire';
import { refuseSubsidy } from './deciding';
import { reportEndOfJob } from './ending';
import { aboutSubsidy, kindOf, placeOfSubsidy, readSubsidy } from './read';

export { judge };

/** A contract as the register or a document has it. */
export interface Confirmed {
  since: Day;
  contract: string;
  /** Its last day, if it has ended. */
  until?: Day;
  proof: 'yammt' | 'evidence';
}

/**
 * The employment that a wage subsidy is applied for stands: it goes to review, or is refused by rule. One that did not come
 * from a referral is recorded as an employment without case or monitoring [money §3]. Whatever day the application named, the
 * terms are those of the day on which the person was hired [money §1].
 */
export async function confirmEmployment(
  transaction: Transaction,
  row: Subsidy,
  it: Confirmed,
): Promise<void> {
  await closeTasks(transaction, { kinds: ['employment_answer', 'employment_evidence'] }, it.proof);
  const employmentId = await employmentOf(transaction, row.personId, row.employerId, it);
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
  const excluded = await judge(transaction, known);
  if (excluded) return refuseSubsidy(transaction, known, excluded);
  await proceed(transaction, known);
  await tellOfEnds(transaction, row.id, it);
}

/** What is known of the job's end when it is applied for is the reviewer's to see: a death, or an end by the register [money §3]. */
async function tellOfEnds(transaction: Transaction, id: string, { until, proof }: Confirmed): Promise<void> {
  const { personId } = await readSubsidy(transaction, id);
  const { diedOn } = await transaction.tx.person.findUniqueOrThrow({ where: { id: personId } });
  if (until !== undefined && proof === 'yammt')
    await reportEndOfJob(transaction, await readSubsidy(transaction, id), until);
  if (diedOn !== null) await reportEndOfJob(transaction, await readSubsidy(transaction, id), diedOn, 'died');
}

/** The employment of a person with an employer from a day on; recorded if it is not known yet. */
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
 * How an application goes on: while its amount is left empty it waits for the law, then YAMMT is asked about the job, and what is
 * confirmed is reviewed.
 */
export async function proceed(transaction: Transaction, row: Subsidy): Promise<void> {
  if (await isLawAwaited(transaction, row)) return waitForLaw(transaction, row);
  if (row.confirmedAt !== null) return beginReview(transaction, row);
  await askAboutJobs(transaction, row);
  await move(transaction, kindOf(row), row, 'checking');
}

/**
 * Looked at monthly, with the employer told, and at once when a version sets the amount: by its conditions the application goes
 * on [money §1].
 */
export async function lookForLaw(transaction: Transaction, id: string): Promise<void> {
  await closeTasks(transaction, { kinds: ['law'] }, 'looked_at');
  const row = await readSubsidy(transaction, id);
  if (await isLawAwaited(transaction, row)) return waitForLaw(transaction, row);
  await record(transaction, 'amount_set', aboutSubsidy(row), {
    subsidy: id,
    programme: row.programme,
    version: row.policyId,
  });
  const excluded = await judge(transaction, row);
  if (excluded) return refuseSubsidy(transaction, row, excluded);
  await proceed(transaction, row);
}

/** The employment officer of the district has it, for as long as the programme's rule says. */
export async function beginReview(transaction: Transaction, row: Subsidy): Promise<void> {
  const { rules } = (await transaction.law()).policy(row.policyId);
  const length = rules.programmes[row.programme as 'hire_pwd']?.review ?? rules.lengths.evidence;
  const late = await isDatedBeforeRefusal(transaction, row);
  const barred = late ? await barredFrom(transaction.tx, 'review', [transaction.subject]) : [];
  await openTask(transaction, { ...placeOfSubsidy(row), kind: 'review', length, barred });
  await move(transaction, kindOf(row), row, 'review');
}
