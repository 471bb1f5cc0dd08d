import type { EndHearing } from '../../contracts/retention';
import type { Day } from '../../domain/day';
import type { EndReason } from '../../domain/pathways/employment';
import type { Claim } from '../../domain/pathways/inspection';
import { record } from '../../records/kernel/events';
import { move } from '../../records/kernel/rows';
import { closeTasks } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { endEmployment, heardAs, type Heard, type ReportedEnd } from '../steps/ending';
import { type Job, readJob } from '../steps/job';

/**
 * The person is heard about a reported end. If the person confirms the end, the employment has ended, unless the day is in the
 * future. If the person contradicts, the end stays provisional until the labour register or a document settles it
 * [pathway §7].
 */
export async function hearing(transaction: Transaction, id: string, body: EndHearing): Promise<void> {
  const job = await readJob(transaction, id);
  const { confirmed, words } = body;
  const wished = body.confirmed ? { wished: body.wished } : {};
  await record(transaction, heardAs(body), job, {}, words);
  const reported = job.ending as ReportedEnd;
  if (confirmed && reported.on <= transaction.today)
    return endByPerson(transaction, job, { ...reported, ...wished, words });
  await claimBecomes(transaction, job, { claim: confirmed ? 'confirmed' : 'contradicted', ...wished, words });
}

/** The employment with the person's word that it ended. */
export const heardJob = (
  job: Job,
  { on, reason, wished, words }: Heard & { on: Day; reason: EndReason },
): Job => {
  const reported = (job.ending as ReportedEnd | null) ?? { source: 'person' as const };
  const ending = { ...reported, on, reason, wished, words, claim: 'confirmed' satisfies Claim };
  return { ...job, ending };
};

/** The person's own word confirms the end. */
export const endByPerson = (
  transaction: Transaction,
  job: Job,
  end: Heard & { on: Day; reason: EndReason },
): Promise<void> =>
  endEmployment(transaction, heardJob(job, end), { on: end.on, reason: end.reason, proof: 'word' });

/** Nobody heard the person in time: the end stays provisional. */
export async function unheardOfEnd(transaction: Transaction, id: string): Promise<void> {
  const job = await readJob(transaction, id);
  await record(transaction, 'person_unheard', job);
  await claimBecomes(transaction, job, { claim: 'unheard' });
}

async function claimBecomes(
  transaction: Transaction,
  job: Job,
  said: Heard & { claim: Claim },
): Promise<void> {
  await closeTasks(transaction, { kinds: ['end_hearing'] }, said.claim);
  const ending = { ...(job.ending as ReportedEnd), ...said };
  await move(transaction, 'retention', job, 'ending', { ending });
}
