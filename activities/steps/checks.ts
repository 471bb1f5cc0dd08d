import type { Day } from '../../domain/day';
import type { Json } from '../../prisma/db';
import type { Check } from '../../prisma/generated/client';
import { record } from '../../records/kernel/events';
import { move, subjectOf } from '../../records/kernel/rows';
import { closeTasks, morningOf, openTask } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { inRow } from '../../records/kernel/wake';
import { type Job, measureOf, placeOfJob, readJob } from './job';
import { placeOf } from './place';

/** Waits for the morning of the next anniversary. Every anniversary is counted from the day of hire [pathway §7]. */
export async function awaitCheck(transaction: Transaction, job: Job, next: Check | undefined): Promise<void> {
  if (!next) return;
  const firesAt = morningOf(transaction, next.on);
  await openTask(transaction, { ...placeOfJob(job), kind: 'check', ref: String(next.n), firesAt });
}

/** Asks the labour register at once whether the contract is in force, and again while the register is silent. */
export async function askCheck(transaction: Transaction, job: Job, n: number): Promise<void> {
  await openTask(transaction, { ...placeOfJob(job), kind: 'check_answer', ref: String(n) });
  await setCheck(transaction, job.id, n, { state: 'asking' });
}

export const setCheck = (
  transaction: Transaction,
  employmentId: string,
  n: number,
  data: { state: CheckState; answer?: Json; answeredAt?: Date },
) => transaction.tx.check.update({ where: { employmentId_n: { employmentId, n } }, data });

export type CheckState = 'ahead' | 'asking' | 'evidence' | 'passed' | 'unconfirmed' | 'ended' | 'dropped';

/** Checks passed: the contract is in force. The register's answer or the document is kept with each check. */
export async function passChecks(
  transaction: Transaction,
  job: Job,
  checks: readonly Check[],
  answer: Json,
): Promise<void> {
  for (const { n } of checks) {
    await setCheck(transaction, job.id, n, { state: 'passed', answer, answeredAt: transaction.now });
    await closeTasks(transaction, { kinds: ['check_answer', 'check_evidence'], ref: String(n) }, 'passed');
    await record(transaction, 'check_passed', job, { n });
  }
}

/**
 * After its checks, each passed or unconfirmed, the employment is retained [S step 8: monitored for 6 months].
 * Its row closes, and its case waits for the closure. The last conversation may still be held.
 */
export async function retainAfterChecks(transaction: Transaction, id: string): Promise<void> {
  const job = await readJob(transaction, id);
  const concluded = job.checks.every(({ state }) => state === 'passed' || state === 'unconfirmed');
  const endsLater = job.state === 'ending' && (job.ending as { on: Day }).on > transaction.today;
  if (!concluded || (job.state !== 'in_force' && !endsLater)) return;
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
