import { type Day, dayOf } from '../../domain/day';
import { nextAttempt } from '../../domain/pauses';
import type { Employer, Task } from '../../prisma/generated/client';
import { eventsWithin } from '../../records/kernel/entries';
import { record } from '../../records/kernel/events';
import { subjectOf } from '../../records/kernel/rows';
import { closeTasks } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { circleOf } from '../../records/successors';
import type { ContractAnswer } from '../../registers/yammt';
import type { Question } from '../row-handlers';
import { firstDayAfter, partiesOf, versionFor } from '../steps/contract';
import { correctHire } from '../steps/hire-date';
import { continueWith } from '../steps/ending';
import { type Job, readJob } from '../steps/job';

export type No = ContractAnswer & { answer: 'no' };
export type Yes = ContractAnswer & { answer: 'yes' };

/**
 * Asks the labour register about the person and the employer. If a successor took over the contract, the successor is asked
 * about first. The answer is unclear if the contract is too old for this employment. An example is an earlier contract with the
 * successor. The answer is also unclear after a succession in a circle.
 */
export const contractInForce = (follows: {
  yes(transaction: Transaction, job: Job, answer: Yes, task: Task): Promise<void>;
  unclear(transaction: Transaction, job: Job, task: Task): Promise<void>;
  no(transaction: Transaction, job: Job, answer: No, task: Task): Promise<void>;
}): Question => ({
  async ask({ yammt }, { tx }, id) {
    return yammt.contract(await partiesOf(tx, await tx.employment.findUniqueOrThrow({ where: { id } })));
  },
  async onAnswer(transaction, id, task, answer) {
    const job = await readJob(transaction, id);
    const successor =
      answer.answer === 'no' ? await successorSaid(transaction, job, answer as No) : undefined;
    if (successor && !(await leadsBack(transaction, job, successor)))
      return goOnWith(transaction, job, task, successor);
    await closeTasks(transaction, { kinds: [task.kind as 'check_answer'], ref: task.ref }, answer.answer);
    if (successor) {
      await record(transaction, 'successor_circle', job, { employer: successor.id });
      return follows.unclear(transaction, job, task);
    }
    if (answer.answer === 'no') return follows.no(transaction, job, answer as No, task);
    const said = answer as Yes;
    const issuedOn = await issueOfJob(transaction, job);
    if (said.since >= (await firstDayAfter(transaction, issuedOn)))
      return follows.yes(transaction, await correctHire(transaction, job, said), said, task);
    await record(transaction, 'older_contract', job, {
      since: said.since,
      contract: said.contract,
      ...(await versionFor(transaction, issuedOn)),
    });
    await follows.unclear(transaction, job, task);
  },
});

/** The day by which the first possible day of an employment's contract is known: its referral's issue, or its case's opening. */
async function issueOfJob({ tx }: Transaction, { referralId, case: held, hiredOn }: Job): Promise<Day> {
  if (referralId === null) return held ? dayOf(held.openedAt) : hiredOn;
  return dayOf((await tx.referral.findUniqueOrThrow({ where: { id: referralId } })).issuedAt);
}

/** The known successor that took over the contract by the register's answer. */
async function successorSaid(transaction: Transaction, job: Job, answer: No): Promise<Employer | undefined> {
  if (answer.because !== 'ended' || answer.successorStir === undefined) return undefined;
  const successor = await transaction.tx.employer.findUnique({ where: { stir: answer.successorStir } });
  return successor && successor.id !== job.employerId ? successor : undefined;
}

/** The employment goes on with the successor, and the register is asked the same about the successor. */
async function goOnWith(transaction: Transaction, job: Job, task: Task, successor: Employer): Promise<void> {
  await continueWith(transaction, job, successor);
  const nextAt = new Date(transaction.now.getTime() + nextAttempt(task.attempts + 1));
  await transaction.tx.task.updateMany({ where: { id: task.id, closedAt: null }, data: { nextAt } });
}

/** Whether the employment came from the successor, or the successor became this employer. Then a person says where it is now. */
async function leadsBack(transaction: Transaction, job: Job, successor: Employer): Promise<boolean> {
  const before = { subject: subjectOf('retention', job.id), type: 'successor', employerId: successor.id };
  if ((await (await eventsWithin(transaction)).count({ where: before })) > 0) return true;
  const { stir } = await transaction.tx.employer.findUniqueOrThrow({ where: { id: job.employerId } });
  return circleOf(transaction.tx, { stir, successorStir: successor.stir });
}
