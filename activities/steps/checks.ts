import type { Day } from '../../domain/day';
import { record } from '../../records/kernel/events';
import { move, subjectOf } from '../../records/kernel/rows';
import { closeTasks, openTask } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { inRow } from '../../records/kernel/wake';
import { type Job, measureOf, placeOfJob, readJob, tellSupervisor } from './job';
import { isConcluded, monthlyChecks } from './monthly-checks';
import { placeOf } from './place';

export const write = (
  { tx }: Transaction,
  employmentId: string,
  n: number,
  data: Parameters<Transaction['tx']['check']['update']>[0]['data'],
) => tx.check.update({ where: { employmentId_n: { employmentId, n } }, data });

/** The monthly checks of an employment [pathway §7]. */
export const monitoring = monthlyChecks<Job>({
  kind: 'retention',
  waits: { check: 'check', evidence: 'check_evidence', conversation: 'conversation' },
  question: () => 'check_answer',
  passed: 'check_passed',
  read: readJob,
  placeOf: placeOfJob,
  aboutOf: (job) => job,
  write,
  conclude: (transaction, id) => retainAfterChecks(transaction, id),
  tellNotDone: (transaction, job, n) =>
    tellSupervisor(transaction, job, { type: 'conversation_not_done', params: { n } }),
});

/**
 * After its checks, each passed or unconfirmed, the employment is retained [S step 8: monitored for 6 months].
 * Its row closes, and its case waits for the closure. The last conversation may still be held.
 */
export async function retainAfterChecks(transaction: Transaction, id: string): Promise<void> {
  const job = await readJob(transaction, id);
  const endsLater = job.state === 'ending' && (job.ending as { on: Day }).on > transaction.today;
  if (!isConcluded(job.checks) || (job.state !== 'in_force' && !endsLater)) return;
  await closeTasks(
    transaction,
    { kinds: ['check', 'check_answer', 'check_evidence', 'end_confirmation', 'end_hearing', 'end_evidence'] },
    'retained',
  );
  await transaction.tx.task.updateMany({
    where: { subject: transaction.subject, kind: 'conversation', closedAt: null },
    data: { nextAt: null },
  });
  await move(transaction, 'retention', job, 'retained', { endedAt: transaction.now });
  await record(transaction, 'retained', job);
  await retainCase(transaction, job);
}

/** The case of a retained job can be closed. */
export async function retainCase(transaction: Transaction, job: Job): Promise<void> {
  if (!job.case?.open) return;
  await transaction.tx.measure.updateMany({ where: measureOf(job), data: { outcome: 'retained' } });
  if (job.case.state !== 'employed') return;
  const there = inRow(transaction, subjectOf('case', job.case.id));
  await move(there, 'case', job.case, 'retained');
  await openTask(there, { ...placeOf(job.case), kind: 'closure' });
}
