import { registerSaid } from '../steps/register-said';
import { move } from '../../records/kernel/rows';
import { openTask } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { monitoring, retainAfterChecks, write } from '../steps/checks';
import {
  awaitConfirmation,
  endAsSaid,
  endEmployment,
  isAnotherContract,
  reportEnd,
  type ReportedEnd,
  takeBack,
} from '../steps/ending';
import { type Job, placeOfJob, tellManager } from '../steps/job';
import { contractInForce, type Yes } from './contract';

/** Whether the reported end is in the future and the register names an end, too. Such a yes does not contradict the end. */
const isStillAhead = (transaction: Transaction, job: Job, { until }: Yes): boolean =>
  job.state === 'ending' && (job.ending as ReportedEnd).on > transaction.today && until !== undefined;

export const checkAnswer = contractInForce({
  async yes(transaction, job, answer, { ref }) {
    if (isAnotherContract(answer, job.ending as ReportedEnd | null)) return endsForAnother(transaction, job);
    if (job.state === 'ending' && !isStillAhead(transaction, job, answer))
      return takeBack(transaction, job, { answer: registerSaid('yammt', answer) });
    await monitoring.passChecks(
      transaction,
      job,
      job.checks.filter(({ n }) => n === Number(ref)),
      registerSaid('yammt', answer),
    );
    await move(transaction, 'retention', job, job.state as 'in_force');
    await retainAfterChecks(transaction, job.id);
  },
  unclear: monitoring.unclearCheck,
  /** The end is provisional. The check keeps its answer, and its result follows from the end. */
  async no(transaction, job, answer, { ref }) {
    const n = Number(ref);
    await write(transaction, job.id, n, {
      state: 'asking',
      answer: registerSaid('yammt', answer),
      answeredAt: transaction.now,
    });
    const said = endAsSaid(job, answer, { on: transaction.today, reason: 'other' });
    await reportEnd(transaction, job.id, { ...said, source: 'check', check: n });
  },
});

export const endConfirmation = contractInForce({
  async yes(transaction, job, answer) {
    if (isAnotherContract(answer, job.ending as ReportedEnd | null)) return endsForAnother(transaction, job);
    if (isStillAhead(transaction, job, answer))
      return awaitConfirmation(transaction, job, job.ending as ReportedEnd);
    if (job.state === 'ending') await takeBack(transaction, job, { answer: registerSaid('yammt', answer) });
  },
  async unclear(transaction, job) {
    if (job.state === 'ending') await openTask(transaction, { ...placeOfJob(job), kind: 'end_evidence' });
  },
  async no(transaction, job, answer) {
    const reported = job.ending as ReportedEnd | null;
    const said = endAsSaid(job, answer, reported ?? { on: transaction.today, reason: 'other' });
    if (job.state === 'ending') await endEmployment(transaction, job, { ...said, proof: 'yammt' });
    else await reportEnd(transaction, job.id, { ...said, source: 'news' });
  },
});

/** The register names a contract that began after the reported end. This employment ended; the new contract is another hire. */
async function endsForAnother(transaction: Transaction, job: Job): Promise<void> {
  const { on: endedOn, reason } = job.ending as ReportedEnd;
  await endEmployment(transaction, job, { on: endedOn, reason, proof: 'yammt' });
  await tellManager(transaction, job, { type: 'another_contract', params: {} }, '-another-contract');
}
