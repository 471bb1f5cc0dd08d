import { addDays, type Day } from '../../domain/day';
import { claimOfEmployer, type EndReason, isWaiting } from '../../domain/pathways/employment';
import type { Claim } from '../../domain/pathways/inspection';
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
import { monitoring, retainAfterChecks, retainCase } from './checks';
import { earlyEndTakenBack, examineEarlyEnd } from './early-end';
import { employCase } from './hire';
import { type Job, measureOf, placeOfJob, readJob, tellManager } from './job';
import { backToPlanning } from './planning';

/** The person's statement about the end of a job. */
export type Heard = {
  /** Whether the person wished the end. */
  wished?: boolean;
  /** The person's own words. */
  words?: string;
};

/** The event that records the person's statement about an end. */
export const heardAs = (said: { confirmed: true; wished: boolean } | { confirmed: false }) =>
  !said.confirmed ? 'end_contradicted' : said.wished ? 'end_wished' : 'end_not_wished';

/** A reported end. It is provisional until it is confirmed. `check`: the monthly check that found the end. */
export type ReportedEnd = Heard & {
  on: Day;
  reason: EndReason;
  source: 'check' | 'news' | 'employer_gone' | 'employer' | 'person';
  check?: number;
  /** Whether the person was heard, and confirmed the end. */
  claim?: Claim;
  /** A successor has taken over the contract since. A contract that begins later continues the old contract. */
  takenOver?: true;
  /** The state before the report, of an employment that nobody monitored. An end that is taken back leads there. */
  before?: Quiet;
};

/** An employment that lasts without monitoring. */
type Quiet = 'retained' | 'unmonitored';

const quietOf = ({ state, ending }: Pick<Job, 'state' | 'ending'>): Quiet | undefined =>
  state === 'retained' || state === 'unmonitored' ? state : (ending as ReportedEnd | null)?.before;

export const DAY_MS = 86_400_000;

/**
 * A check, news or the employer reported the end of an employment. The end is provisional until somebody confirms it: the
 * labour register, asked again a day later, the person in a hearing, or a document. The employer's word is only a claim
 * [pathway §7]. Only an employment in force can end, and not before it began. Every other report is old news and changes
 * nothing. The register's answer replaces the employer's claim. An employment without monitoring, too, is provisionally ended by
 * the employer's claim while the case is open.
 */
export async function reportEnd(
  transaction: Transaction,
  employmentId: string,
  end: ReportedEnd,
): Promise<void> {
  const job = await readJob(transaction, employmentId);
  const claimed = claimOfEmployer(job.state, job.ending as ReportedEnd | null);
  const before = job.open || end.source !== 'employer' ? undefined : quietOf(job);
  const isInForce = job.state === 'in_force' || (before !== undefined && job.endedOn === null);
  if (end.on < job.hiredOn || !(isInForce || (claimed && end.source !== 'employer'))) return;
  const here = inRow(transaction, subjectOf('retention', job.id));
  const ending: ReportedEnd = { claim: 'to_be_heard', ...(before && { before }), ...claimed, ...end };
  if (!claimed) {
    await awaitConfirmation(here, job, end);
    await openTask(here, { ...placeOfJob(job), kind: 'end_hearing' });
  }
  await move(here, 'retention', job, 'ending', { ending: ending as Json });
  await record(here, 'end_reported', job, { on: end.on, reason: end.reason, source: end.source });
  await wakeSubsidiesOf(here, job.id);
  const type = end.source === 'employer' ? 'end_claimed' : 'end_reported';
  await tellManager(here, job, { type, params: { on: end.on } });
}

/**
 * Records the end of an employment without monitoring, or with all checks finished. Its state stays, so the reports still count
 * it. Everything else follows as from the end of a monitored employment [pathway §7].
 *
 * @param job with the person's statement about the end, if the person was heard
 */
export async function recordEnd(
  transaction: Transaction,
  job: Job,
  end: { on: Day; reason: EndReason; proof: 'yammt' | 'word' },
): Promise<void> {
  const here = inRow(transaction, subjectOf('retention', job.id));
  await move(here, 'retention', job, job.state as Quiet, asEnded(transaction, job, end));
  await record(here, 'employment_ended', job, { on: end.on, reason: end.reason, proof: end.proof });
  await leaveJob(here, job, end.on);
  await examineEarlyEnd(here, job, end);
}

const asEnded = ({ now }: Transaction, { ending }: Job, end: Pick<ReportedEnd, 'on' | 'reason'>) => ({
  endedOn: end.on,
  endReason: end.reason,
  endedAt: now,
  ...(ending !== null && { ending }),
});

/** The labour register is asked again a day later. For an end in the future it is asked on the morning after the end. */
export async function awaitConfirmation(transaction: Transaction, job: Job, end: ReportedEnd): Promise<void> {
  await openTask(transaction, {
    ...placeOfJob(job),
    kind: 'end_confirmation',
    ...(await whenToAskOf(transaction, end.on)),
  });
}

/** When the register is asked about a reported end: a day later, or on the morning after an end in the future. */
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
 * Whether the contract in force is a different contract from the contract that was reported as ended. It is different when it
 * began after the end. Then the end of the first contract stands, and the new contract is a separate hire.
 */
export const isAnotherContract = (
  { since }: { since: Day },
  ended: Pick<ReportedEnd, 'on' | 'takenOver'> | null,
): boolean => ended !== null && !ended.takenOver && since > ended.on;

/** The day and the reason of the end by the register. For an unknown contract the reported day and reason count. */
export const endAsSaid = (
  job: Job,
  answer: ContractAnswer & { answer: 'no' },
  otherwise: Pick<ReportedEnd, 'on' | 'reason'>,
): Pick<ReportedEnd, 'on' | 'reason'> =>
  answer.because === 'ended'
    ? { on: answer.until < job.hiredOn ? job.hiredOn : answer.until, reason: answer.endReason }
    : otherwise;

interface ConfirmedEnd {
  on: Day;
  reason: EndReason;
  proof: 'yammt' | 'evidence' | 'word';
  check?: number;
}

/**
 * The end is confirmed: the employment ended. The inspectorate examines an end soon after the hire [pathway §7].
 *
 * @param job with the person's statement about the end, if the person was heard
 */
export async function endEmployment(transaction: Transaction, job: Job, end: ConfirmedEnd): Promise<void> {
  await closeEmployment(transaction, job, end);
  await examineEarlyEnd(inRow(transaction, subjectOf('retention', job.id)), job, end);
}

/**
 * The employment's monitoring stops, and its measure ends. The case returns to planning at once and does not start from zero
 * [pathway §7].
 */
async function closeEmployment(transaction: Transaction, job: Job, end: ConfirmedEnd): Promise<void> {
  const here = inRow(transaction, subjectOf('retention', job.id));
  await closeTasks(here, {}, 'ended');
  await monitoring.dropChecks(here, job, end.check ?? (job.ending as ReportedEnd | null)?.check);
  await move(here, 'retention', job, 'ended', asEnded(transaction, job, end));
  await record(here, 'employment_ended', job, { on: end.on, reason: end.reason, proof: end.proof });
  await leaveJob(here, job, end.on);
}

/** What follows from every end: subsidies learn of it, the measure ends, person and case manager are told, the case plans anew. */
async function leaveJob(here: Transaction, job: Job, on: Day): Promise<void> {
  await wakeSubsidiesOf(here, job.id);
  if (!job.case?.open) return;
  const isKept = await keepsAnother(here, job);
  await here.tx.measure.updateMany({
    where: {
      ...measureOf(job),
      endedOn: null,
      OR: [{ outcome: null }, ...(isKept ? [] : [{ outcome: 'retained' }])],
    },
    data: { endedOn: on, outcome: JOB_ENDED },
  });
  await tellManager(here, job, { type: 'job_ended', params: { on } });
  await tellPerson(here, job, on);
  wake(here, subjectOf('case', job.case.id));
  if (quietOf(job) && !holdsJob.includes(job.case.state)) return;
  if (!isKept) await backToPlanning(here, job.case.id);
}

/** Whether the case is retained by another job that lasts. */
async function keepsAnother({ tx }: Transaction, { id, caseId, case: of }: Job): Promise<boolean> {
  const lasting = { caseId, id: { not: id }, state: 'retained', endedOn: null };
  return of?.state === 'retained' && (await tx.employment.count({ where: lasting })) > 0;
}

/** The states of a case whose person works. */
const holdsJob = ['employed', 'retained'];

/** The person learns that the job ended, unless the person has another known job [pathway §5, the person is told]. */
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

/**
 * A provisional end is taken back. With the register's answer or a document the checks that waited pass. With a word alone
 * the register is asked again about those checks.
 */
export async function takeBack(
  transaction: Transaction,
  job: Job,
  by: { answer: Json } | { words: string },
): Promise<void> {
  const here = inRow(transaction, subjectOf('retention', job.id));
  await closeTasks(here, { kinds: ['end_confirmation', 'end_hearing', 'end_evidence'] }, 'taken_back');
  const before = quietOf(job);
  await move(here, 'retention', job, before ?? 'in_force', { ending: Prisma.DbNull });
  await record(here, 'end_taken_back', job, {}, 'words' in by ? by.words : undefined);
  await wakeSubsidiesOf(here, job.id);
  if (before) return;
  const waiting = job.checks.filter(isWaiting);
  if ('answer' in by) await monitoring.passChecks(here, job, waiting, by.answer);
  else for (const { n } of waiting) await monitoring.askCheck(here, job, n);
  await retainAfterChecks(here, job.id);
}

/**
 * An end that was reported or confirmed did not happen. A correcting entry restores the employment, and missed checks are
 * made up [pathway §7]. If the case was closed meanwhile, the record is corrected and the monitoring stays stopped.
 *
 * @param words who says so and on which ground, for the record
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

  const here = inRow(transaction, subjectOf('retention', job.id));
  const asBefore = { endedOn: null, endReason: null, endedAt: null, ending: Prisma.DbNull };
  await record(here, 'end_taken_back', job, {}, words);
  await wakeSubsidiesOf(here, job.id);
  await earlyEndTakenBack(here, job.id);
  const before = quietOf(job);
  await move(here, 'retention', job, before ?? 'in_force', asBefore);
  if (before) return workAgain(here, job, person.mahalla.slice(0, 4));
  if (job.case && !job.case.open) return stopMonitoring(transaction, job.id, 'case_closed');
  await goOn(here, job, person.mahalla.slice(0, 4));
}

/** The checks go on where they stopped, and missed checks begin at once. The case is employed again. */
async function goOn(transaction: Transaction, job: Job, region: string): Promise<void> {
  await monitoring.catchUp(transaction, job);
  await employAgain(transaction, job, region);
  await retainAfterChecks(transaction, job.id);
}

/** A job without monitoring goes on, and so does the work of its case. */
async function workAgain(transaction: Transaction, job: Job, region: string): Promise<void> {
  if (!job.case?.open || holdsJob.includes(job.case.state)) return;
  await employAgain(transaction, job, region);
  if (quietOf(job) === 'retained') await retainCase(transaction, await readJob(transaction, job.id));
}

async function employAgain(transaction: Transaction, job: Job, region: string): Promise<void> {
  if (job.case && job.case.state !== 'employed') {
    await transaction.tx.measure.updateMany({
      where: measureOf(job),
      data: { endedOn: null, outcome: null },
    });
    const { personId, employerId } = job;
    const it = {
      personId,
      employerId,
      since: job.hiredOn,
      ...(job.measure !== null && { measure: job.measure }),
    };
    await employCase(transaction, job.case, it, region);
  }
}

/**
 * A case was reopened. The checks that its closure stopped go on. The employment must be within its months of monitoring, and nobody may
 * have reported its end.
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
    const here = inRow(transaction, subjectOf('retention', id));
    const job = await readJob(transaction, id);
    await move(here, 'retention', job, 'in_force');
    await record(here, 'monitoring_resumed', job);
    const { mahalla } = await transaction.tx.person.findUniqueOrThrow({ where: { id: personId } });
    await goOn(here, job, mahalla.slice(0, 4));
  }
}

/**
 * The checks stop because the case ended or the person died. A death ends the employment as well. The contract itself is not
 * judged.
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
  const here = inRow(transaction, subjectOf('retention', job.id));
  await closeTasks(here, {}, why);
  await monitoring.dropChecks(here, job, undefined);
  if (why !== 'died') {
    await move(here, 'retention', job, quietOf(job) ?? 'unmonitored');
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
 * A successor's contract continues the employment [pathway §3]. If the person already has an employment with the successor,
 * that employment goes on and this employment ends.
 */
export async function continueWith(transaction: Transaction, job: Job, successor: Employer): Promise<void> {
  const here = inRow(transaction, subjectOf('retention', job.id));
  const { personId } = job;
  await record(here, 'successor', job, { employer: successor.id });
  const there = await transaction.tx.employment.findFirst({
    where: { personId, employerId: successor.id, open: true },
  });
  if (there)
    return closeEmployment(transaction, job, { on: transaction.today, reason: 'other', proof: 'yammt' });
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
