import type { Task } from '../../prisma/generated/client';
import { record } from '../../records/kernel/events';
import { move } from '../../records/kernel/rows';
import { closeTasks, openTask } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { askCheck, awaitCheck, type CheckState, retainAfterChecks, setCheck } from '../steps/checks';
import { askForEvidence, endQuestion } from '../steps/evidence';
import { type Job, placeOfJob, readJob, tellSupervisor } from '../steps/job';

/** A monthly anniversary has come. The register is asked, and the case manager speaks to the person. The next check waits. */
export async function checkFallsDue(transaction: Transaction, id: string, task: Task): Promise<void> {
  const job = await readJob(transaction, id);
  const n = Number(task.ref);
  await closeTasks(transaction, { kinds: ['check'], ref: task.ref }, 'due');
  await askCheck(transaction, job, n);
  if (job.case?.open)
    await openTask(transaction, { ...placeOfJob(job), kind: 'conversation', ref: task.ref });
  await awaitCheck(transaction, job, job.checks[n]);
  await move(transaction, 'retention', job, job.state as 'in_force');
  await record(transaction, 'check_due', job, { n });
}

/** The register stayed silent: the case manager is asked for evidence. The next anniversary does not move. */
export async function evidenceOfCheck(transaction: Transaction, id: string, task: Task): Promise<void> {
  const job = await readJob(transaction, id);
  const n = Number(task.ref);
  await endQuestion(transaction, task);
  await askForEvidence(transaction, {
    kind: 'check_evidence',
    ref: task.ref,
    place: placeOfJob(job),
    about: job,
    params: { n },
  });
  await stateCheck(transaction, job, n, 'evidence');
}

/** The register's answer says nothing about this employment: the case manager is asked for evidence. */
export async function unclearCheck(transaction: Transaction, job: Job, { ref }: Task): Promise<void> {
  await openTask(transaction, { ...placeOfJob(job), kind: 'check_evidence', ref });
  await stateCheck(transaction, job, Number(ref), 'evidence');
}

async function stateCheck(transaction: Transaction, job: Job, n: number, state: CheckState): Promise<void> {
  await setCheck(transaction, job.id, n, { state });
  await move(transaction, 'retention', job, job.state as 'in_force');
}

/** Neither the register nor a document said anything: the check is neither passed nor failed. */
export async function unconfirmed(transaction: Transaction, id: string, { ref }: Task): Promise<void> {
  const job = await readJob(transaction, id);
  await closeTasks(transaction, { kinds: ['check_evidence'], ref }, 'passed');
  await stateCheck(transaction, job, Number(ref), 'unconfirmed');
  await record(transaction, 'check_unconfirmed', job, { n: Number(ref) });
  await retainAfterChecks(transaction, id);
}

/** Nobody tried to speak to the person in time. The supervisor is told. The conversation is still possible. */
export async function notDone(transaction: Transaction, id: string, { ref }: Task): Promise<void> {
  const job = await readJob(transaction, id);
  const n = Number(ref);
  await closeTasks(transaction, { kinds: ['conversation'], ref }, 'not_done');
  await transaction.tx.check.update({
    where: { employmentId_n: { employmentId: id, n } },
    data: { conversation: { done: false } },
  });
  await record(transaction, 'conversation_not_done', job, { n });
  await tellSupervisor(transaction, job, { type: 'conversation_not_done', params: { n } });
}
