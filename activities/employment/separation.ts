import type { Separation } from '../../contracts/retention';
import type { Day } from '../../domain/day';
import { notNow, wrongField } from '../../records/kernel/refusal';
import type { Transaction } from '../../records/kernel/transaction';
import { endEmployment, recordEnd, restoreEmployment } from '../steps/ending';
import { type Job, readJob } from '../steps/job';

/** The employer's, case manager's or person's word confirms an end at once, or takes one back. */
export async function separation(transaction: Transaction, id: string, body: Separation): Promise<void> {
  const job = await readJob(transaction, id);
  const isEnded = job.endedOn !== null;
  if ('takenBack' in body) {
    if (transaction.actor.role === 'employer' && isEnded)
      throw notNow(
        'confirmed_end',
        'The end is confirmed: have the labour register corrected, or the case manager hear the person.',
      );
    return restoreEmployment(transaction, id, body.words);
  }
  if (isEnded)
    throw notNow('ended_already', 'The end is recorded. Take it back first if its day or reason is wrong.');
  const end = { on: aLastDay(transaction, job, body.on), reason: body.reason, proof: 'word' } as const;
  if (!job.open) return recordEnd(transaction, job, end);
  await endEmployment(transaction, job, end);
}

/** @throws Refusal unless the last day lies between the hire and today */
export function aLastDay(transaction: Transaction, job: Job, lastDay: Day | undefined): Day {
  if (lastDay === undefined)
    throw wrongField('on', 'missing', 'A contract that is not in force has a last day.');
  if (lastDay < job.hiredOn || lastDay > transaction.today)
    throw wrongField('on', 'impossible_day', `The last day lies between ${job.hiredOn} and today.`);
  return lastDay;
}
