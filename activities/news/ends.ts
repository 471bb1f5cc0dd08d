import type { ObligationKind } from '../../domain/obligations';
import type { Employment, Task } from '../../prisma/generated/client';
import { lockRow } from '../../records/kernel/rows';
import { askTwiceADay, closeTasks, lengthNow } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import type { ContractAnswer } from '../../registers/yammt';
import type { Question } from '../row-handlers';
import { partiesOf } from '../steps/contract';
import {
  DAY_MS,
  endAsSaid,
  isAnotherContract,
  recordEnd,
  reportEnd,
  restoreEmployment,
} from '../steps/ending';
import { type Job, readJob, tellManager } from '../steps/job';
import { closeUnlessWaiting } from './closing';
import { readNews, type Told } from './read';

/** The questions that belong to news about the end of an employment: a reported end, and an end that was taken back. */

/** Whether a confirmed end can still be corrected: the person lives and does not work for the employer again. */
export async function isCorrectable(transaction: Transaction, job: Job): Promise<boolean> {
  if (job.open || job.endedOn === null || (await worksThere(transaction, job))) return false;
  const { diedOn } = await transaction.tx.person.findUniqueOrThrow({ where: { id: job.personId } });
  return diedOn === null;
}

/** The person's open employment with the same employer. */
export const worksThere = (
  { tx }: Transaction,
  { personId, employerId }: Employment,
): Promise<Employment | null> => tx.employment.findFirst({ where: { personId, employerId, open: true } });

/** The register stayed silent. The case manager is told and may hear the person. The register is asked on. */
export async function endUnconfirmed(transaction: Transaction, _id: string, task: Task): Promise<void> {
  await askTwiceADay(transaction, task);
  const type = task.kind === 'end_correction' ? 'end_correction_unconfirmed' : 'end_unconfirmed';
  await tellOfEnd(transaction, await readJob(transaction, task.ref), type);
}

const tellOfEnd = (
  transaction: Transaction,
  job: Job,
  type: 'end_unconfirmed' | 'end_correction_unconfirmed' | 'end_stands',
): Promise<void> =>
  tellManager(transaction, job, { type, params: { person: job.personId, employer: job.employerId } });

type KnownContractAnswer = Exclude<ContractAnswer, { answer: 'unknown' }>;

/**
 * Acts on the answer about an end that was taken back. A yes restores the employment. The register's answers may be older than
 * its news. So after a first no the register is asked again a day later, and only the second no confirms the end.
 */
async function endTakenBackAnswered(
  transaction: Transaction,
  task: Task,
  job: Job,
  said: KnownContractAnswer,
): Promise<void> {
  if (said.answer === 'no' && (await isFirstNo(transaction, task))) {
    const { n } = await lengthNow(transaction, 'askAgainAfterEnd');
    const nextAt = new Date(transaction.now.getTime() + n * DAY_MS);
    await transaction.tx.task.update({ where: { id: task.id }, data: { nextAt } });
    return;
  }
  await close(transaction, task, said);
  const restores = said.answer === 'yes' && !isAnotherContract(said, { on: job.endedOn ?? said.since });
  if (restores) return restoreEmployment(transaction, job.id, 'YAMMT');
  await tellOfEnd(transaction, job, 'end_stands');
}

/** Acts on the answer about an unmonitored end. A no records the register's end. A yes leaves the employment as it is. */
async function unmonitoredEndAnswered(
  transaction: Transaction,
  task: Task,
  job: Job,
  said: KnownContractAnswer,
): Promise<void> {
  await close(transaction, task, said);
  const { body } = await readNews(transaction, transaction.subject.slice('news/'.length));
  const { on: endedOn, reason } = body as Told<'contract_ended'>;
  const told = { on: endedOn, reason };
  if (said.answer === 'yes' && !isAnotherContract(said, told)) return;
  const end = said.answer === 'no' ? endAsSaid(job, said, told) : told;
  if (job.state === 'in_force') return reportEnd(transaction, job.id, { ...end, source: 'news' });
  if (!job.open && job.endedOn === null) await recordEnd(transaction, job, { ...end, proof: 'yammt' });
}

async function close(
  transaction: Transaction,
  { kind, ref }: Task,
  { answer }: KnownContractAnswer,
): Promise<void> {
  await closeTasks(transaction, { kinds: [kind as ObligationKind], ref }, answer);
}

/** Whether the last recorded no is the first no to this question. */
const isFirstNo = async ({ tx, subject }: Transaction, { kind }: Task): Promise<boolean> =>
  (await tx.registerAnswer.count({ where: { subject, kind, answer: 'no' } })) === 1;

/** The labour register is asked about an end that the news reported or took back. */
const aboutEnd = (answered: typeof endTakenBackAnswered): Question => ({
  ask: async ({ yammt }, { tx }, _id, { ref }) =>
    yammt.contract(await partiesOf(tx, await tx.employment.findUniqueOrThrow({ where: { id: ref } }))),
  async onAnswer(transaction, id, task, answer) {
    await lockRow(transaction.tx, 'retention', task.ref);
    await answered(transaction, task, await readJob(transaction, task.ref), answer as KnownContractAnswer);
    await closeUnlessWaiting(transaction, id);
  },
});

export const endCorrectionQuestion: Question = {
  ...aboutEnd(endTakenBackAnswered),
  async closeIfMoot(transaction, id, task) {
    if (await isCorrectable(transaction, await readJob(transaction, task.ref))) return false;
    await closeTasks(transaction, { kinds: ['end_correction'], ref: task.ref }, 'settled');
    await closeUnlessWaiting(transaction, id);
    return true;
  },
};

export const unmonitoredEndQuestion = aboutEnd(unmonitoredEndAnswered);
