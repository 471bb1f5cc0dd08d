import type { Separation } from '../../contracts/retention';
import type { Day } from '../../domain/day';
import type { EndReason } from '../../domain/pathways/employment';
import { record } from '../../records/kernel/events';
import { wrongField } from '../../records/kernel/refusal';
import { move } from '../../records/kernel/rows';
import type { Transaction } from '../../records/kernel/transaction';
import { reportToSubsidiesOf } from '../money/ending';
import { heardAs, recordEnd, reportEnd, restoreEmployment } from '../steps/ending';
import { type Job, readJob } from '../steps/job';
import { worksThere } from '../news/ends';
import { endByPerson, heardJob } from './hearing';

type Told = Extract<Separation, { on: Day }>;

/** An official enters the person's word, which ends the employment. The employer's word is only a claim [pathway §7]. */
export async function separation(transaction: Transaction, id: string, body: Separation): Promise<void> {
  const job = await readJob(transaction, id);
  const isEmployers = transaction.actor.role === 'employer';
  if ('takenBack' in body) {
    return restoreEmployment(transaction, id, body.words);
  }
  const end = { on: aLastDay(transaction, job, body.on), reason: body.reason };
  if (isEmployers) return claim(transaction, job, end, body);
  await endByPersonsWord(transaction, job, end, body);
}

/**
 * The employer's word alone ends nothing. The person is heard, and the labour register is asked. Without monitoring and
 * without an open case only the employment's subsidies ask.
 */
async function claim(
  transaction: Transaction,
  job: Job,
  end: { on: Day; reason: EndReason },
  { wished, words }: Told,
): Promise<void> {
  if (wished !== undefined || words !== undefined)
    throw wrongField(
      wished === undefined ? 'words' : 'wished',
      'officials_only',
      'What the person says is entered by officials: leave it out.',
    );
  if (job.open || (job.case?.open && !(await worksThere(transaction, job))))
    return reportEnd(transaction, job.id, { ...end, source: 'employer' });
  await move(transaction, 'retention', job, job.state as 'retained');
  await record(transaction, 'end_reported', job, { ...end, source: 'employer' });
  await reportToSubsidiesOf(transaction, job.id, end.on);
}

/** @throws Refusal 422 without the person's own words, or without whether the person wished the end */
async function endByPersonsWord(
  transaction: Transaction,
  job: Job,
  end: { on: Day; reason: EndReason },
  { wished, words }: Told,
): Promise<void> {
  if (words === undefined)
    throw wrongField('words', 'missing', 'Enter what the person says of the end, in their own words.');
  if (wished === undefined)
    throw wrongField('wished', 'missing', 'Say whether the person wished the end: ask them.');
  const heard = { wished, words };
  await record(transaction, heardAs({ confirmed: true, wished }), job, {}, words);
  if (!job.open)
    return recordEnd(transaction, heardJob(job, { ...end, ...heard }), { ...end, proof: 'word' });
  await endByPerson(transaction, job, { ...end, ...heard });
}

/** @throws Refusal unless the last day lies between the hire and today */
export function aLastDay(transaction: Transaction, job: Job, lastDay: Day | undefined): Day {
  if (lastDay === undefined)
    throw wrongField('on', 'missing', 'A contract that is not in force has a last day.');
  if (lastDay < job.hiredOn || lastDay > transaction.today)
    throw wrongField('on', 'impossible_day', `The last day lies between ${job.hiredOn} and today.`);
  return lastDay;
}
