import type { Day } from '../../domain/day';
import type { Json } from '../../prisma/db';
import type { Check } from '../../prisma/generated/client';
import { record } from '../../records/kernel/events';
import { move, subjectOf } from '../../records/kernel/rows';
import { closeTasks, morningOf, openTask } from '../../records/kernel/tasks';
import type { Unit } from '../../records/kernel/transaction';
import { on } from '../../records/kernel/wake';
import { type Job, measureOf, placeOfJob, readJob } from './job';
import { placeOf } from './place';

/** Waits for the morning of the next anniversary; each was computed from the day of hire [pathway §7]. */
export async function awaitCheck(unit: Unit, job: Job, next: Check | undefined): Promise<void> {
  if (!next) return;
  const firesAt = morningOf(unit, next.on);
  await openTask(unit, { ...placeOfJob(job), kind: 'check', ref: String(next.n), firesAt });
}

/** Asks the labour register at once whether the contract is in force, and again while it stays silent. */
export async function askCheck(unit: Unit, job: Job, n: number): Promise<void> {
  await openTask(unit, { ...placeOfJob(job), kind: 'check_answer', ref: String(n) });
  await setCheck(unit, job.id, n, { state: 'asking' });
}

export const setCheck = (
  unit: Unit,
  employmentId: string,
  n: number,
  data: { state: CheckState; answer?: Json; answeredAt?: Date },
) => unit.tx.check.update({ where: { employmentId_n: { employmentId, n } }, data });

export type CheckState = 'ahead' | 'asking' | 'evidence' | 'passed' | 'unconfirmed' | 'ended' | 'dropped';

/** Whether a check's day has come and it has no result yet. */
export const isWaiting = (check: Check): boolean => check.state === 'asking' || check.state === 'evidence';

/** Checks passed: the contract is in force, by the register's answer or a document, which is kept with each. */
export async function passChecks(
  unit: Unit,
  job: Job,
  checks: readonly Check[],
  answer: Json,
): Promise<void> {
  for (const { n } of checks) {
    await setCheck(unit, job.id, n, { state: 'passed', answer, answeredAt: unit.now });
    await closeTasks(unit, { kinds: ['check_answer', 'check_evidence'], ref: String(n) }, 'passed');
    await record(unit, 'check_passed', job, { n });
  }
}

/**
 * After six checks, each passed or unconfirmed, the employment is retained [S step 8: monitored for 6 months]: its row
 * closes and its case waits for the closure. The last conversation may still be held.
 */
export async function retainAfterSix(unit: Unit, id: string): Promise<void> {
  const job = await readJob(unit, id);
  const concluded = job.checks.every(({ state }) => state === 'passed' || state === 'unconfirmed');
  const endsLater = job.state === 'ending' && (job.ending as { on: Day }).on > unit.today;
  if (!concluded || (job.state !== 'in_force' && !endsLater)) return;
  await closeTasks(
    unit,
    { kinds: ['check', 'check_answer', 'check_evidence', 'end_confirmation'] },
    'retained',
  );
  await unit.tx.task.updateMany({ where: { subject: unit.subject, closedAt: null }, data: { nextAt: null } });
  await move(unit, 'retention', job, 'retained', { endedAt: unit.now });
  await record(unit, 'retained', job);
  if (!job.case?.open) return;
  await unit.tx.measure.updateMany({ where: measureOf(job), data: { outcome: 'retained' } });
  if (job.case.state !== 'employed') return;
  const there = await on(unit, subjectOf('case', job.case.id));
  await move(there, 'case', job.case, 'retained');
  await openTask(there, { ...placeOf(job.case), kind: 'closure' });
}
