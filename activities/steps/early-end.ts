import { dayOf, type Day } from '../../domain/day';
import { endedEarly } from '../../domain/ended-early';
import type { EndReason } from '../../domain/pathways/employment';
import type { Claim } from '../../domain/pathways/inspection';
import type { Transaction } from '../../records/kernel/transaction';
import { takeInspectionBack } from '../inspection/closing';
import { readInspection } from '../inspection/read';
import { subjectOf } from '../../records/kernel/rows';
import { inRow } from '../../records/kernel/wake';
import { worksFor } from './finding-only';
import { hearFirst, openInspection } from './inspect';
import { type Job, placeOfJob } from './job';

/** Whether the person has died or the employer is no longer active. Then nobody could settle an inspection of the end. */
async function isNobodysDoing({ tx }: Transaction, job: Job, reason: EndReason): Promise<boolean> {
  const { diedOn } = await tx.person.findUniqueOrThrow({ where: { id: job.personId } });
  const { state } = await tx.employer.findUniqueOrThrow({ where: { id: job.employerId } });
  return reason === 'died' || diedOn !== null || state !== 'active';
}

/** Whether an end is early under the policy of its day. */
async function isEarly(transaction: Transaction, job: Job, endedOn: Day): Promise<boolean> {
  const { lengths } = (await transaction.law()).policyOn(endedOn).rules;
  const limits = { afterHire: lengths.earlyEnd, afterInspection: lengths.earlyEndAfterInspection };
  return endedEarly(job, endedOn, limits, await transaction.calendar());
}

/**
 * A confirmed end soon after the hire opens an inspection, unless the person wished the end. A person who was not heard yet is
 * heard first. If nobody hears the person in time, the inspection opens and says so [pathway §7].
 *
 * @param transaction under the employment's name
 */
export async function examineEarlyEnd(
  transaction: Transaction,
  job: Job,
  end: { on: Day; reason: EndReason },
): Promise<void> {
  const said = job.ending as { claim?: Claim; wished?: boolean; words?: string } | null;
  if (said?.wished === true || !(await isEarly(transaction, job, end.on))) return;
  if (await isNobodysDoing(transaction, job, end.reason)) return;
  const referral = job.referralId
    ? await transaction.tx.referral.findUniqueOrThrow({ where: { id: job.referralId } })
    : null;
  const claim: Claim = said?.claim === 'confirmed' ? 'contradicted' : (said?.claim ?? 'to_be_heard');
  const grounds = {
    ...(referral && { referralId: referral.id }),
    employmentId: job.id,
    caseId: job.caseId,
    personId: job.personId,
    employerId: job.employerId,
    ground: 'ended_early' as const,
    jobKind: referral?.kind ?? 'vacant',
    findingOnly: await whyFindingOnly(transaction, job),
    facts: {
      claim,
      words: said?.words ?? null,
      hiredOn: job.hiredOn,
      how: job.how,
      endedOn: end.on,
      reason: end.reason,
      issuedAt: referral?.issuedAt.toISOString() ?? null,
    },
  };
  if (claim !== 'to_be_heard') return void (await openInspection(transaction, grounds));
  await hearFirst(transaction, grounds, {
    ...hearingPlace(job),
    from: await askedOn(transaction, said?.claim),
  });
}

/** The hearing does not belong to the case. It concerns the inspection, which stays open when the case ends. */
const hearingPlace = (job: Job) => ({ ...placeOfJob(job), caseId: null });

/** The day from which the time to hear the person runs: the day of the reported end, otherwise today. */
async function askedOn({ tx, subject, today }: Transaction, claim: Claim | undefined): Promise<Day> {
  if (claim === undefined) return today;
  const asked = await tx.task.findFirst({
    where: { subject, kind: 'end_hearing' },
    orderBy: { id: 'desc' },
    select: { since: true },
  });
  return asked ? dayOf(asked.since) : today;
}

/** Why no contract with this employer can help the person any more; null where a contract can. */
async function whyFindingOnly({ tx }: Transaction, job: Job): Promise<string | null> {
  if (job.case && !job.case.open) return 'case_ended';
  const { caseId } = job;
  const other =
    caseId === null
      ? null
      : await tx.employment.findFirst({ where: { caseId, open: true }, orderBy: { id: 'desc' } });
  return other && worksFor(other.employerId, job.employerId);
}

/** The employment did not end. An unresolved inspection of the end closes with that reason [pathway §7, taken back]. */
export async function earlyEndTakenBack(transaction: Transaction, employmentId: string): Promise<void> {
  const open = await transaction.tx.inspection.findMany({
    where: { employmentId, ground: 'ended_early', state: { in: ['hearing', 'examining'] } },
    select: { id: true },
  });
  for (const { id } of open) {
    const there = inRow(transaction, subjectOf('inspection', id));
    await takeInspectionBack(there, await readInspection(there, id), 'end_taken_back');
  }
}
