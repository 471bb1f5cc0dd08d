import { eventsWithin } from '../../records/kernel/entries';
import type { Transaction } from '../../records/kernel/transaction';
import { circleOf } from '../../records/successors';
import { continueWith, reportEnd } from '../steps/ending';
import { readJob } from '../steps/job';

/** The employer was liquidated, or a successor continues it. A liquidation ends its contracts provisionally. */
export async function reconsider(transaction: Transaction, id: string): Promise<void> {
  const { employerId } = await transaction.tx.employment.findUniqueOrThrow({
    where: { id },
    select: { employerId: true },
  });
  const employer = await transaction.tx.employer.findUniqueOrThrow({ where: { id: employerId } });
  if (employer.state === 'active') return;
  const job = await readJob(transaction, id);
  if (employer.successorId) {
    const successor = await transaction.tx.employer.findUniqueOrThrow({
      where: { id: employer.successorId },
    });
    const isCircle = await circleOf(transaction.tx, { stir: employer.stir, successorStir: successor.stir });
    return isCircle ? undefined : continueWith(transaction, job, successor);
  }
  if (employer.state !== 'liquidated' || (await wasReported(transaction))) return;
  const endedOn = employer.endedOn ?? transaction.today;
  const lastDay = endedOn < job.hiredOn ? job.hiredOn : endedOn;
  await reportEnd(transaction, id, { on: lastDay, reason: 'liquidated', source: 'employer_gone' });
}

/** Whether the liquidation was reported as an end before. An end that was taken back since is not reported again. */
async function wasReported(transaction: Transaction): Promise<boolean> {
  const events = await eventsWithin(transaction);
  const params = { path: ['source'], equals: 'employer_gone' };
  const where = { subject: transaction.subject, type: 'end_reported', params };
  return (await events.count({ where })) > 0;
}
