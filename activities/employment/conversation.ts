import type { Conversation } from '../../contracts/retention';
import { record } from '../../records/kernel/events';
import { move, subjectOf } from '../../records/kernel/rows';
import { closeTasks } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { inRow } from '../../records/kernel/wake';
import { monitoring } from '../steps/checks';
import { openInspection } from '../steps/inspect';
import { type Job, readJob } from '../steps/job';

/** The case manager spoke to the person about work, pay, conditions and help, or did not reach the person. */
export async function conversation(transaction: Transaction, id: string, body: Conversation): Promise<void> {
  const job = await readJob(transaction, id);
  const check = await monitoring.spoken(transaction, job, body);
  const before = check.conversation as { inspection?: string } | null;
  const inspection = before?.inspection ?? (await complained(transaction, job, body));
  await monitoring.keepConversation(transaction, job, body, inspection ? { inspection } : {});
  if (body.reached && body.works && body.paid) await mend(transaction, job);
}

type Spoken = Conversation & { reached: true };

/** The person's complaint about work or pay is examined, while the contract is in force. */
async function complained(
  transaction: Transaction,
  job: Job,
  body: Conversation,
): Promise<string | undefined> {
  if (!body.reached || job.state === 'ending' || (body.works !== false && body.paid !== false))
    return undefined;
  return inspectConditions(transaction, job, body);
}

/** Opens an inspection of the conditions: the person has no work or no pay [pathway §7]. It opens once for each check. */
async function inspectConditions(
  transaction: Transaction,
  job: Job,
  { check, works, paid }: Spoken,
): Promise<string> {
  const referral = job.referralId
    ? await transaction.tx.referral.findUnique({ where: { id: job.referralId }, select: { kind: true } })
    : null;
  return openInspection(transaction, {
    employmentId: job.id,
    caseId: job.caseId,
    personId: job.personId,
    employerId: job.employerId,
    ground: 'conditions',
    jobKind: referral?.kind ?? 'vacant',
    facts: {
      check,
      works: works ?? null,
      paid: paid ?? null,
      hiredOn: job.hiredOn,
      spokenAt: transaction.givenAt.toISOString(),
    },
  });
}

/** The person works and is paid again: the employer complied with the directive about this employment, even after its time. */
async function mend(transaction: Transaction, job: Job): Promise<void> {
  const directed = await transaction.tx.inspection.findMany({
    where: { employmentId: job.id, ground: 'conditions', state: { in: ['directed', 'confirming'] } },
  });
  for (const inspection of directed) {
    const there = inRow(transaction, subjectOf('inspection', inspection.id));
    await closeTasks(there, {}, 'complied');
    await move(there, 'inspection', inspection, 'complied', { endedAt: transaction.now });
    await record(there, 'inspection_complied', inspection, { inspection: inspection.id });
  }
}
