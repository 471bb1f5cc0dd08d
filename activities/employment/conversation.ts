import { dayOf } from '../../domain/day';
import type { Conversation } from '../../contracts/retention';
import type { Check } from '../../prisma/generated/client';
import { record } from '../../records/kernel/events';
import { wrongField } from '../../records/kernel/refusal';
import { move, subjectOf } from '../../records/kernel/rows';
import { closeTasks } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { inRow } from '../../records/kernel/wake';
import { openInspection } from '../steps/inspect';
import { type Job, readJob } from '../steps/job';

/** The case manager spoke to the person about work, pay, conditions and help, or did not reach the person. */
export async function conversation(transaction: Transaction, id: string, body: Conversation): Promise<void> {
  const job = await readJob(transaction, id);
  const check = job.checks.find(({ n }) => n === body.check);
  if (!check || check.state === 'ahead')
    throw wrongField('check', 'no_such_check', 'This check has not come yet.');
  if (!body.reached) checkTries(transaction, check, body.tries);
  await closeTasks(
    transaction,
    { kinds: ['conversation'], ref: String(check.n) },
    body.reached ? 'held' : 'not_reached',
  );
  const before = check.conversation as { inspection?: string } | null;
  const inspection = before?.inspection ?? (await complained(transaction, job, body));
  const held = { ...body, at: transaction.givenAt.toISOString(), ...(inspection && { inspection }) };
  await transaction.tx.check.update({
    where: { employmentId_n: { employmentId: id, n: check.n } },
    data: { conversation: held },
  });
  await move(transaction, 'retention', job, job.state as 'in_force');
  if (!body.reached) return record(transaction, 'not_reached', job, { n: check.n, times: body.tries.length });
  await record(transaction, 'conversation', job, { n: check.n });
  if (body.works && body.paid) await mend(transaction, job);
}

type Spoken = Conversation & { reached: true };
type Tries = (Conversation & { reached: false })['tries'];

/** @throws Refusal unless each try lies between the day of the check and today */
function checkTries({ givenAt }: Transaction, { on: from }: Check, tries: Tries): void {
  const today = dayOf(givenAt);
  const wrong = tries.findIndex(({ on: tried }) => tried < from || tried > today);
  if (wrong >= 0)
    throw wrongField(
      `tries.${wrong}.on`,
      'impossible_day',
      `The person was called on for this check between ${from} and today.`,
    );
}

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
