import { addDays, type Day } from '../../domain/day';
import type { EndReason } from '../../domain/pathways/employment';
import { JOB_ENDED } from '../../domain/plan';
import type { Json } from '../../prisma/db';
import { type Employer, Prisma } from '../../prisma/generated/client';
import { record } from '../../records/kernel/events';
import { notify } from '../../records/kernel/notices';
import { notNow } from '../../records/kernel/refusal';
import { move, subjectOf } from '../../records/kernel/rows';
import { closeTasks, lengthNow, morningOf, openTask } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { inRow, wake } from '../../records/kernel/wake';
import { wakeSubsidiesOf } from '../money/ending';
import type { ContractAnswer } from '../../registers/yammt';
import { askCheck, awaitCheck, isWaiting, passChecks, retainAfterSix, setCheck } from './checks';
import { employCase } from './hire';
import { type Job, measureOf, placeOfJob, readJob, tellManager } from './job';
import { backToPlanning } from './planning';

/** An end as it was reported, provisional until confirmed. `check`: the monthly check that found it. */
export type ReportedEnd = {
  on: Day;
  reason: EndReason;
  source: 'check' | 'news' | 'employer_gone';
  check?: number;
  /** A successor has taken the contract over since: one that begins later continues it. */
  takenOver?: true;
};

export const DAY_MS = 86_400_000;

/**
 * The end of an employment was reported, on a check or as news: provisional until the labour register is asked again a day
 * later, or employer, person or evidence confirm it [pathway §7]. Only an employment in force can end, and not before it
 * began: anything else is old news and changes nothing.
 */
export async function reportEnd(
  transaction: Transaction,
  employmentId: string,
  end: ReportedEnd,
): Promise<void> {
  const job = await readJob(transaction, employmentId);
  if (job.state !== 'in_force' || end.on < job.hiredOn) return;
  const here = await inRow(transaction, subjectOf('retention', job.id));
  await awaitConfirmation(here, job, end);
  await move(here, 'retention', job, 'ending', { ending: end as Json });
  await record(here, 'end_reported', job, { on: end.on, reason: end.reason, source: end.source });
  await wakeSubsidiesOf(here, job.id);
  await tellManager(here, job, { type: 'end_reported', params: { on: end.on } });
}

/** The end of an employment that nobody monitors, or no more after six checks, is only recorded: its subsidies learn of it. */
export async function recordEnd(
  transaction: Transaction,
  job: Job,
  { on: endedOn, reason, proof }: { on: Day; reason: EndReason; proof: 'yammt' | 'word' },
): Promise<void> {
  const here = await inRow(transaction, subjectOf('retention', job.id));
  const end = { endedOn, endReason: reason, endedAt: transaction.now };
  await move(here, 'retention', job, job.state as 'unmonitored' | 'retained', end);
  await record(here, 'employment_ended', job, { on: endedOn, reason, proof });
  await wakeSubsidiesOf(here, job.id);
}

/** The labour register is asked again a day later; about an end that lies ahead, on the morning after it. */
export async function awaitConfirmation(transaction: Transaction, job: Job, end: ReportedEnd): Promise<void> {
  await openTask(transaction, {
    ...placeOfJob(job),
    kind: 'end_confirmation',
    ...(await whenToAskOf(transaction, end.on)),
  });
}

/** When the register is asked of an end that was told for a day: a day later, or on the morning after a day that lies ahead. */
export async function whenToAskOf(
  transaction: Transaction,
  endsOn: Day,
): Promise<{ from?: Day; firesAt: Date }> {
  const { n: days } = await lengthNow(transaction, 'askAgainAfterEnd');
  if (endsOn > transaction.today)
    return { from: endsOn, firesAt: morningOf(transaction, addDays(endsOn, days)) };
  return { firesAt: new Date(transaction.now.getTime() + days * DAY_MS) };
}

/**
 * Whether a contract in force is another one than a contract that was told to have ended: it began later. The end of the first
 * stands then; the new one is a hire of its own.
 */
export const isAnotherContract = (
  { since }: { since: Day },
  ended: Pick<ReportedEnd, 'on' | 'takenOver'> | null,
): boolean => ended !== null && !ended.takenOver && since > ended.on;

/** When and why the register says it ended; a contract it knows nothing of ended for all we know when we were told. */
export const endAsSaid = (
  job: Job,
  answer: ContractAnswer & { answer: 'no' },
  otherwise: Pick<ReportedEnd, 'on' | 'reason'>,
): Pick<ReportedEnd, 'on' | 'reason'> =>
  answer.because === 'ended'
    ? { on: answer.until < job.hiredOn ? job.hiredOn : answer.until, reason: answer.endReason }
    : otherwise;

/**
 * The employment ended: its monitoring stops, its measure ends, and the case returns to planning at once, without starting
 * from zero [pathway §7].
 */
export async function endEmployment(
  transaction: Transaction,
  job: Job,
  end: { on: Day; reason: EndReason; proof: 'yammt' | 'evidence' | 'word'; check?: number },
): Promise<void> {
  const here = await inRow(transaction, subjectOf('retention', job.id));
  await closeTasks(here, {}, 'ended');
  await dropChecks(here, job, end.check ?? (job.ending as ReportedEnd | null)?.check);
  await move(here, 'retention', job, 'ended', {
    endedOn: end.on,
    endReason: end.reason,
    endedAt: transaction.now,
  });
  await record(here, 'employment_ended', job, { on: end.on, reason: end.reason, proof: end.proof });
  await wakeSubsidiesOf(here, job.id);
  if (!job.case?.open) return;
  await transaction.tx.measure.updateMany({
    where: { ...measureOf(job), endedOn: null, outcome: null },
    data: { endedOn: end.on, outcome: JOB_ENDED },
  });
  await tellManager(here, job, { type: 'job_ended', params: { on: end.on } });
  await tellPerson(here, job, end.on);
  await wake(transaction, subjectOf('case', job.case.id));
  const keptAnother = await transaction.tx.employment.count({
    where: { caseId: job.caseId, state: 'retained' },
  });
  if (job.case.state !== 'retained' || keptAnother === 0) await backToPlanning(transaction, job.case.id);
}

/** The person learns that the job ended, unless they work by another one that is known [pathway §5, the person is told]. */
async function tellPerson(
  transaction: Transaction,
  { id, personId, employerId }: Job,
  on: Day,
): Promise<void> {
  const another = { personId, open: true, id: { not: id } };
  if (await transaction.tx.employment.findFirst({ where: another })) return;
  await notify(transaction, {
    type: 'person_job_ended',
    to: { kind: 'person', id: personId },
    params: { employer: employerId, on },
    occasion: transaction.now.toISOString(),
  });
}

async function dropChecks(transaction: Transaction, job: Job, found: number | undefined): Promise<void> {
  for (const check of job.checks)
    if (check.n === found) await setCheck(transaction, job.id, check.n, { state: 'ended' });
    else if (check.state === 'ahead' || isWaiting(check))
      await setCheck(transaction, job.id, check.n, { state: 'dropped' });
}

/**
 * A provisional end is taken back. By an answer of the register or a document the checks that waited pass; by word alone
 * the register is asked again for them.
 */
export async function takeBack(
  transaction: Transaction,
  job: Job,
  by: { answer: Json } | { words: string },
): Promise<void> {
  const here = await inRow(transaction, subjectOf('retention', job.id));
  await closeTasks(here, { kinds: ['end_confirmation', 'end_evidence'] }, 'taken_back');
  await move(here, 'retention', job, 'in_force', { ending: Prisma.DbNull });
  await record(here, 'end_taken_back', job, {}, 'words' in by ? by.words : undefined);
  await wakeSubsidiesOf(here, job.id);
  const waiting = job.checks.filter(isWaiting);
  if ('answer' in by) await passChecks(here, job, waiting, by.answer);
  else for (const { n } of waiting) await askCheck(here, job, n);
  await retainAfterSix(here, job.id);
}

/**
 * An end that was reported or confirmed did not happen: a correcting entry restores the employment, and missed checks are
 * caught up [pathway §7]. Where the case was closed meanwhile the record is corrected and the monitoring stays stopped.
 *
 * @param words whose word it is and on what ground, for the record
 * @throws Refusal 409 when there is no end to take back, the person died, or works there again already
 */
export async function restoreEmployment(
  transaction: Transaction,
  employmentId: string,
  words: string,
): Promise<void> {
  const job = await readJob(transaction, employmentId);
  if (job.state === 'ending') return takeBack(transaction, job, { words });
  if (job.endedOn === null) throw notNow('no_end', 'No end of this employment is recorded.');
  const person = await transaction.tx.person.findUniqueOrThrow({ where: { id: job.personId } });
  if (person.diedOn) throw notNow('person_died', 'The person has died.');
  const { personId, employerId } = job;
  const again = await transaction.tx.employment.findFirst({ where: { personId, employerId, open: true } });
  if (again) throw notNow('employed_again', `The person works there again: ${again.id}.`);

  const here = await inRow(transaction, subjectOf('retention', job.id));
  const asBefore = { endedOn: null, endReason: null, endedAt: null, ending: Prisma.DbNull };
  await record(here, 'end_taken_back', job, {}, words);
  await wakeSubsidiesOf(here, job.id);
  if (job.state === 'unmonitored' || job.state === 'retained')
    return move(here, 'retention', job, job.state, asBefore);
  await move(here, 'retention', job, 'in_force', asBefore);
  if (job.case && !job.case.open) return stopMonitoring(transaction, job.id, 'case_closed');
  await goOn(here, job, person.mahalla.slice(0, 4));
}

/** The checks go on where they stopped, missed ones at once, and the case is employed again. */
async function goOn(transaction: Transaction, job: Job, region: string): Promise<void> {
  await catchUp(transaction, job);
  if (job.case && job.case.state !== 'employed') {
    await transaction.tx.measure.updateMany({
      where: measureOf(job),
      data: { endedOn: null, outcome: null },
    });
    const { personId } = job;
    const it = { personId, since: job.hiredOn, ...(job.measure !== null && { measure: job.measure }) };
    await employCase(transaction, job.case, it, region);
  }
  await retainAfterSix(transaction, job.id);
}

/**
 * A case was reopened: the checks of an employment that its closure stopped go on, while it is within its six months and
 * nobody has told that it ended.
 */
export async function resumeMonitoring(transaction: Transaction, caseId: string): Promise<void> {
  const stopped = await transaction.tx.employment.findMany({
    where: {
      caseId,
      state: 'unmonitored',
      endedOn: null,
      checks: { some: { state: 'dropped', on: { gte: transaction.today } } },
    },
    orderBy: { id: 'asc' },
  });
  for (const { id, personId, employerId } of stopped) {
    if (await transaction.tx.employment.findFirst({ where: { personId, employerId, open: true } })) continue;
    const here = await inRow(transaction, subjectOf('retention', id));
    const job = await readJob(transaction, id);
    await move(here, 'retention', job, 'in_force');
    await record(here, 'monitoring_resumed', job);
    const { mahalla } = await transaction.tx.person.findUniqueOrThrow({ where: { id: personId } });
    await goOn(here, job, mahalla.slice(0, 4));
  }
}

/** Every check whose day has passed meanwhile is asked at once; the later ones lie ahead again. */
async function catchUp(transaction: Transaction, job: Job): Promise<void> {
  const lost = job.checks.filter(({ state }) => state === 'dropped' || state === 'ended');
  const missed = lost.filter((check) => morningOf(transaction, check.on) <= transaction.now);
  const ahead = lost.filter((check) => !missed.includes(check));
  for (const { n } of missed) await askCheck(transaction, job, n);
  for (const { n } of ahead) await setCheck(transaction, job.id, n, { state: 'ahead' });
  await awaitCheck(transaction, job, ahead[0]);
}

/**
 * The checks stop because the case ended, or because the person died, which ends the employment as well. The contract
 * itself is not judged.
 *
 * @param why the case's outcome, or another reason as a code
 */
export async function stopMonitoring(
  transaction: Transaction,
  employmentId: string,
  why: string,
): Promise<void> {
  const job = await readJob(transaction, employmentId);
  if (!job.open) return;
  const here = await inRow(transaction, subjectOf('retention', job.id));
  await closeTasks(here, {}, why);
  await dropChecks(here, job, undefined);
  if (why !== 'died') {
    await move(here, 'retention', job, 'unmonitored');
    await record(here, 'monitoring_stopped', job, { why });
    return;
  }
  const { diedOn } = await transaction.tx.person.findUniqueOrThrow({ where: { id: job.personId } });
  const endedOn = diedOn ?? transaction.today;
  await move(here, 'retention', job, 'ended', { endedOn, endReason: 'died', endedAt: transaction.now });
  await record(here, 'employment_ended', job, { on: endedOn, reason: 'died', proof: 'word' });
  await wakeSubsidiesOf(here, job.id);
}

/**
 * A successor's contract continues the employment [pathway §3]. Where the person has an employment with the successor
 * already, that one goes on and this one ends.
 */
export async function continueWith(transaction: Transaction, job: Job, successor: Employer): Promise<void> {
  const here = await inRow(transaction, subjectOf('retention', job.id));
  const { personId } = job;
  await record(here, 'successor', job, { employer: successor.id });
  const there = await transaction.tx.employment.findFirst({
    where: { personId, employerId: successor.id, open: true },
  });
  if (there)
    return endEmployment(transaction, job, { on: transaction.today, reason: 'other', proof: 'yammt' });
  const employerId = successor.id;
  await move(here, 'retention', job, job.state as 'in_force', {
    employerId,
    contract: null,
    ...(job.ending !== null && { ending: { ...(job.ending as ReportedEnd), takenOver: true } }),
  });
  await transaction.tx.task.updateMany({
    where: { subject: here.subject, closedAt: null },
    data: { employerId },
  });
}
