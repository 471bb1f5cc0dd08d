import { hasBegun } from '../../domain/pathways/inspection';
import { type JobClosed, jobClosedOf } from '../../domain/job-closed';
import { referralInPlay, unansweredReferral } from '../../domain/pathways/referral';
import type { States } from '../../domain/pathways';
import type { Json } from '../../prisma/db';
import { Prisma, type Vacancy } from '../../prisma/generated/client';
import { takeAggregate } from '../../records/kernel/aggregates';
import { record } from '../../records/kernel/events';
import { wasInTime } from '../../records/kernel/in-time';
import { notify } from '../../records/kernel/notices';
import { move, subjectOf } from '../../records/kernel/rows';
import { reopenClosed } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { inRow } from '../../records/kernel/wake';
import { takeInspectionBack } from '../inspection/closing';
import type { WholeInspection } from '../inspection/read';
import { becomeReferred } from '../steps/planning';
import { aboutReferral } from '../steps/referrals';
import { endAsMeanwhile } from './after-silence';
import { toInspectorate } from './inspectorate';
import { readReferral, untilAnswered, type WholeReferral } from './read';

/** Whether the job was filled by somebody without a referral, or withdrawn. */
export const isJobClosed = ({ state, filledHow }: Vacancy): boolean =>
  state === 'withdrawn' || (state === 'filled' && filledHow !== 'referral');

/**
 * A closed job rejects an unanswered referral as *no longer vacant* [pathway §5, places]. The record, the inspection and the
 * messages name who closed the job, and when.
 */
export async function rejectForClosedJob(transaction: Transaction, referral: WholeReferral): Promise<void> {
  if (!unansweredReferral.includes(referral.state)) return;
  const { state, filledBy, filledByRole, filledAt } = referral.vacancy;
  const jobClosed: JobClosed = {
    how: state === 'withdrawn' ? 'withdrawn' : 'filled',
    byRole: filledByRole,
    at: (filledAt ?? transaction.now).toISOString(),
    was: referral.state,
  };
  const said = { closed: jobClosed.how, by: filledByRole, on: jobClosed.at };
  const code = 'no_longer_vacant';
  const params = { referral: referral.id, code, official: filledBy, ...said };
  await record(transaction, 'referral_rejected', aboutReferral(referral), params);
  await toInspectorate(transaction, referral, {
    state: 'rejected',
    ground: 'rejection',
    facts: { code, grounds: null, jobClosed: { ...jobClosed } },
    data: {
      decision: { decision: 'reject', code, grounds: '', jobClosed: { ...jobClosed } },
      decidedAt: transaction.now,
    },
    toPerson: { type: 'person_job_closed', params: said },
  });
}

/**
 * A job that was closed by mistake is open again. Within the employer's time, and before the examination has begun, the rejection
 * is taken back: the inspection ends with that reason, and the referral goes on with its waits [pathway §5, a mistake]. Meanwhile
 * the person may have declined, found work or left. Then the referral ends for that reason.
 *
 * @param there under the inspection's name
 * @returns whether it was taken back
 */
export async function takeClosingBack(there: Transaction, row: WholeInspection): Promise<boolean> {
  const closed = jobClosedOf(row.referral?.decision);
  if (!closed || row.referral?.state !== 'rejected' || row.state !== 'examining' || hasBegun(row.steps))
    return false;
  const transaction = inRow(there, subjectOf('referral', row.referral.id));
  const referral = await readReferral(transaction, row.referral.id);
  if (referral.vacancy.state !== 'open' || !(await isInTime(transaction, closed))) return false;
  if (await isReferredAgain(transaction, referral)) return false;
  await takeInspectionBack(there, row, 'job_reopened');
  const { decision, decidedAt, endedAt } = referral;
  const earlier = { decision, at: decidedAt?.toISOString() ?? '', replacedOn: transaction.today };
  const again = {
    decision: Prisma.DbNull,
    decidedAt: null,
    earlierDecisions: [...(referral.earlierDecisions as Json[]), earlier as Json],
  };
  if (row.findingOnly !== null) {
    await endAsMeanwhile(transaction, referral, row.findingOnly, again);
    return true;
  }
  await becomeReferred(transaction, await takeAggregate(transaction, 'case', referral.caseId));
  await reopenClosed(transaction, untilAnswered, { at: endedAt ?? transaction.now, how: 'rejected' });
  const state = closed.was as States['referral'];
  await move(transaction, 'referral', referral, state, { ...again, outcome: null, endedAt: null });
  await record(transaction, 'rejection_taken_back', aboutReferral(referral), { referral: referral.id });
  const waits = await transaction.tx.task.findFirst({
    where: { subject: transaction.subject, kind: 'decision', closedAt: null },
  });
  await notify(transaction, {
    type: 'person_job_open_again',
    to: { kind: 'person', id: referral.personId },
    params: { due: waits?.due?.toISOString() ?? null },
    occasion: endedAt?.toISOString() ?? '',
  });
  return true;
}

/** While the referral has not reached the employer, its time does not run. */
const isInTime = ({ tx, subject, now }: Transaction, { was }: JobClosed): Promise<boolean> | boolean =>
  was === 'undelivered' || wasInTime(tx, { subject, kind: 'decision' }, now);

/** The person was referred to the same job anew: only one of the two goes on. */
async function isReferredAgain({ tx }: Transaction, { caseId, vacancyId }: WholeReferral): Promise<boolean> {
  const where = { caseId, vacancyId, state: { in: [...referralInPlay] } };
  return (await tx.referral.count({ where })) > 0;
}
