import type { Conversation, RetentionEvidence, Separation } from '../domain/commands';
import { type Day, dayOf } from '../domain/day';
import { firstDayOfHire } from '../domain/pathways/referral';
import { nextAttempt } from '../domain/pauses';
import type { Json } from '../prisma/db';
import type { Employer, Task } from '../prisma/generated/client';
import { record } from '../records/kernel/events';
import { notNow, wrongField } from '../records/kernel/refusal';
import { move, subjectOf } from '../records/kernel/rows';
import { circleOf } from '../records/successors';
import { askTwiceADay, closeTasks, openTask } from '../records/kernel/tasks';
import type { Transaction } from '../records/kernel/transaction';
import { inRow } from '../records/kernel/wake';
import type { ContractAnswer } from '../registers/yammt';
import type { Question, RowHandlers } from './row-handlers';
import { askCheck, awaitCheck, isWaiting, passChecks, retainAfterSix, setCheck } from './steps/checks';
import { firstDayFor, partiesOf } from './steps/contract';
import {
  awaitConfirmation,
  continueWith,
  endAsSaid,
  endEmployment,
  isAnotherContract,
  recordEnd,
  reportEnd,
  type ReportedEnd,
  restoreEmployment,
  takeBack,
} from './steps/ending';
import { openInspection } from './steps/inspect';
import { type Job, placeOfJob, readJob, tellManager } from './steps/job';

/** A monthly anniversary has come: the register is asked, the case manager speaks to the person, the next is awaited. */
async function checkFallsDue(transaction: Transaction, id: string, task: Task): Promise<void> {
  const job = await readJob(transaction, id);
  const n = Number(task.ref);
  await closeTasks(transaction, { kinds: ['check'], ref: task.ref }, 'due');
  await askCheck(transaction, job, n);
  if (job.case?.open)
    await openTask(transaction, { ...placeOfJob(job), kind: 'conversation', ref: task.ref });
  await awaitCheck(transaction, job, job.checks[n]);
  await move(transaction, 'retention', job, job.state as 'in_force');
  await record(transaction, 'check_due', job, { n });
}

/** The register stayed silent: the case manager is asked for evidence. The next anniversary does not move. */
async function evidenceOfCheck(transaction: Transaction, id: string, task: Task): Promise<void> {
  const job = await readJob(transaction, id);
  await closeTasks(transaction, { kinds: ['check_answer'], ref: task.ref }, 'register_silent');
  await askEvidenceOfCheck(transaction, job, task);
  await record(transaction, 'evidence_asked', job, { register: 'YAMMT', n: Number(task.ref) });
}

async function askEvidenceOfCheck(transaction: Transaction, job: Job, { ref }: Task): Promise<void> {
  await openTask(transaction, { ...placeOfJob(job), kind: 'check_evidence', ref });
  await setCheck(transaction, job.id, Number(ref), { state: 'evidence' });
  await move(transaction, 'retention', job, job.state as 'in_force');
}

/** Neither the register nor a document said anything: the check is neither passed nor failed. */
async function unconfirmed(transaction: Transaction, id: string, { ref }: Task): Promise<void> {
  const job = await readJob(transaction, id);
  await closeTasks(transaction, { kinds: ['check_evidence'], ref }, 'passed');
  await setCheck(transaction, id, Number(ref), { state: 'unconfirmed' });
  await move(transaction, 'retention', job, job.state as 'in_force');
  await record(transaction, 'check_unconfirmed', job, { n: Number(ref) });
  await retainAfterSix(transaction, id);
}

/** Nothing follows from not reaching the person; the supervisor sees it. */
async function notReached(transaction: Transaction, id: string, { ref }: Task): Promise<void> {
  const job = await readJob(transaction, id);
  await closeTasks(transaction, { kinds: ['conversation'], ref }, 'passed');
  await record(transaction, 'not_reached', job, { n: Number(ref) });
}

/** A person is asked for evidence; the register is asked on, and whoever answers first settles it. */
async function evidenceOfEnd(transaction: Transaction, id: string, task: Task): Promise<void> {
  const job = await readJob(transaction, id);
  if (job.state !== 'ending') {
    await closeTasks(transaction, { kinds: ['end_confirmation'] }, 'register_silent');
    return;
  }
  await askTwiceADay(transaction, task);
  await openTask(transaction, { ...placeOfJob(job), kind: 'end_evidence' });
  await record(transaction, 'evidence_asked', job, { register: 'YAMMT' });
}

/** A document in place of the register's answer, for the checks that wait and for an end that waits to be confirmed. */
async function evidence(transaction: Transaction, id: string, body: RetentionEvidence): Promise<void> {
  const job = await readJob(transaction, id);
  const waiting = job.checks.filter(isWaiting);
  if (waiting.length === 0 && job.state !== 'ending')
    throw notNow('nothing_waits', 'No check and no end waits for evidence. Report an end as a separation.');
  await record(transaction, 'evidence_entered', job, { number: body.document.number });
  const answer = { source: 'evidence', ...body } as Json;
  if (body.inForce) {
    if (job.state === 'ending') return takeBack(transaction, job, { answer });
    await passChecks(transaction, job, waiting, answer);
    await move(transaction, 'retention', job, 'in_force');
    return retainAfterSix(transaction, id);
  }
  const lastDay = aLastDay(transaction, job, body.on);
  const [first] = waiting;
  if (first)
    await setCheck(transaction, id, first.n, { state: 'asking', answer, answeredAt: transaction.now });
  await endEmployment(transaction, job, {
    on: lastDay,
    reason: body.reason ?? 'other',
    proof: 'evidence',
    ...(first && { check: first.n }),
  });
}

/** @throws Refusal unless the last day lies between the hire and today */
function aLastDay(transaction: Transaction, job: Job, lastDay: Day | undefined): Day {
  if (lastDay === undefined)
    throw wrongField('on', 'missing', 'A contract that is not in force has a last day.');
  if (lastDay < job.hiredOn || lastDay > transaction.today)
    throw wrongField('on', 'impossible_day', `The last day lies between ${job.hiredOn} and today.`);
  return lastDay;
}

/** The case manager spoke to the person: works, is paid, conditions kept, wants help. */
async function conversation(transaction: Transaction, id: string, body: Conversation): Promise<void> {
  const job = await readJob(transaction, id);
  const check = job.checks.find(({ n }) => n === body.check);
  if (!check || check.state === 'ahead')
    throw wrongField('check', 'no_such_check', 'This check has not come yet.');
  await closeTasks(
    transaction,
    { kinds: ['conversation'], ref: String(check.n) },
    body.reached ? 'held' : 'not_reached',
  );
  const before = check.conversation as { inspection?: string } | null;
  const complaint = body.reached && (body.works === false || body.paid === false) && job.state !== 'ending';
  const inspection =
    before?.inspection ?? (complaint ? await inspectConditions(transaction, job, body) : undefined);
  const held = { ...body, at: transaction.now.toISOString(), ...(inspection && { inspection }) };
  await transaction.tx.check.update({
    where: { employmentId_n: { employmentId: id, n: check.n } },
    data: { conversation: held },
  });
  await move(transaction, 'retention', job, job.state as 'in_force');
  if (!body.reached) return record(transaction, 'not_reached', job, { n: check.n });
  await record(transaction, 'conversation', job, { n: check.n });
  if (body.works && body.paid) await mend(transaction, job);
}

/** In force, but not working or not paid: an inspection of its own kind [pathway §7], once for each check. */
async function inspectConditions(
  transaction: Transaction,
  job: Job,
  { check, works, paid }: Conversation,
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
      spokenAt: transaction.now.toISOString(),
    },
  });
}

/** The person works and is paid again: a directive about this employment has been complied with, also when its time is over. */
async function mend(transaction: Transaction, job: Job): Promise<void> {
  const directed = await transaction.tx.inspection.findMany({
    where: { employmentId: job.id, ground: 'conditions', state: { in: ['directed', 'confirming'] } },
  });
  for (const inspection of directed) {
    const there = await inRow(transaction, subjectOf('inspection', inspection.id));
    await closeTasks(there, {}, 'complied');
    await move(there, 'inspection', inspection, 'complied', { endedAt: transaction.now });
    await record(there, 'inspection_complied', inspection, { inspection: inspection.id });
  }
}

/** The employer's, case manager's or person's word confirms an end at once, or takes one back. */
async function separation(transaction: Transaction, id: string, body: Separation): Promise<void> {
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

type No = ContractAnswer & { answer: 'no' };
type Yes = ContractAnswer & { answer: 'yes' };

/**
 * The labour register is asked about the person and the employer; a successor's contract is followed first. A contract that is
 * older than this employment can be, such as one that the person had with the successor before, says nothing about it; nor does a succession in a circle.
 */
const contractInForce = (follows: {
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
    if (said.since >= (await firstDayOfJob(transaction, job)))
      return follows.yes(transaction, job, said, task);
    await record(transaction, 'older_contract', job, { since: said.since, contract: said.contract });
    await follows.unclear(transaction, job, task);
  },
});

/** The first day on which the contract of an employment may have begun: by its referral, or since its case was opened. */
async function firstDayOfJob(
  transaction: Transaction,
  { referralId, case: held, hiredOn }: Job,
): Promise<Day> {
  if (referralId !== null)
    return firstDayFor(
      transaction,
      await transaction.tx.referral.findUniqueOrThrow({ where: { id: referralId } }),
    );
  return firstDayOfHire(held ? dayOf(held.openedAt) : hiredOn, transaction.settings.contractBeforeIssueDays);
}

const kept = ({ raw: _raw, ...answer }: Yes | No): Json => ({ source: 'yammt', ...answer });

/** The successor that we know and that took the contract over, as the register says. */
async function successorSaid(transaction: Transaction, job: Job, answer: No): Promise<Employer | undefined> {
  if (answer.because !== 'ended' || answer.successorStir === undefined) return undefined;
  const successor = await transaction.tx.employer.findUnique({ where: { stir: answer.successorStir } });
  return successor && successor.id !== job.employerId ? successor : undefined;
}

/** The employment goes on with the successor, and the same is asked about the successor. */
async function goOnWith(transaction: Transaction, job: Job, task: Task, successor: Employer): Promise<void> {
  await continueWith(transaction, job, successor);
  const nextAt = new Date(transaction.now.getTime() + nextAttempt(task.attempts + 1));
  await transaction.tx.task.updateMany({ where: { id: task.id, closedAt: null }, data: { nextAt } });
}

/** Whether a successor is one that the employment came from, or that became this employer: where it is now a person says. */
async function leadsBack(transaction: Transaction, job: Job, successor: Employer): Promise<boolean> {
  const before = { subject: subjectOf('retention', job.id), type: 'successor', employerId: successor.id };
  if ((await transaction.tx.event.count({ where: before })) > 0) return true;
  const { stir } = await transaction.tx.employer.findUniqueOrThrow({ where: { id: job.employerId } });
  return circleOf(transaction.tx, { stir, successorStir: successor.stir });
}

/** Whether the end was announced for a day to come: a register that names an end, too, only says that it has not come yet. */
const isStillAhead = (transaction: Transaction, job: Job, { until }: Yes): boolean =>
  job.state === 'ending' && (job.ending as ReportedEnd).on > transaction.today && until !== undefined;

const checkAnswer = contractInForce({
  async yes(transaction, job, answer, { ref }) {
    if (isAnotherContract(answer, job.ending as ReportedEnd | null)) return endsForAnother(transaction, job);
    if (job.state === 'ending' && !isStillAhead(transaction, job, answer))
      return takeBack(transaction, job, { answer: kept(answer) });
    await passChecks(
      transaction,
      job,
      job.checks.filter(({ n }) => n === Number(ref)),
      kept(answer),
    );
    await move(transaction, 'retention', job, job.state as 'in_force');
    await retainAfterSix(transaction, job.id);
  },
  unclear: askEvidenceOfCheck,
  /** Provisional; the check keeps its answer and goes the way of the end. */
  async no(transaction, job, answer, { ref }) {
    const n = Number(ref);
    await setCheck(transaction, job.id, n, {
      state: 'asking',
      answer: kept(answer),
      answeredAt: transaction.now,
    });
    const said = endAsSaid(job, answer, { on: transaction.today, reason: 'other' });
    await reportEnd(transaction, job.id, { ...said, source: 'check', check: n });
  },
});

const endConfirmation = contractInForce({
  async yes(transaction, job, answer) {
    if (isAnotherContract(answer, job.ending as ReportedEnd | null)) return endsForAnother(transaction, job);
    if (isStillAhead(transaction, job, answer))
      return awaitConfirmation(transaction, job, job.ending as ReportedEnd);
    if (job.state === 'ending') await takeBack(transaction, job, { answer: kept(answer) });
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

/** The register names a contract that began after the reported end: this one ended, and the new one is another hire. */
async function endsForAnother(transaction: Transaction, job: Job): Promise<void> {
  const { on: endedOn, reason } = job.ending as ReportedEnd;
  await endEmployment(transaction, job, { on: endedOn, reason, proof: 'yammt' });
  const subject = subjectOf('retention', job.id);
  const what = 'the person works there by another contract: record it as work found';
  await tellManager(transaction, job, 'told', { subject, what }, '-another-contract');
}

/** The world has changed: the employer was liquidated, which ends its contracts provisionally, or goes on as another. */
async function reconsider(transaction: Transaction, id: string): Promise<void> {
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

/** An end that was taken back after the employer's was reported stays taken back. */
const wasReported = async (transaction: Transaction): Promise<boolean> =>
  (await transaction.tx.event.count({
    where: {
      subject: transaction.subject,
      type: 'end_reported',
      params: { path: ['source'], equals: 'employer_gone' },
    },
  })) > 0;

/** The employment and its six monthly checks [pathway §7, S step 8]. */
export const employmentHandlers: RowHandlers<'retention'> = {
  kind: 'retention',
  commands: { evidence, conversation, separation },
  steps: { checkFallsDue, evidenceOfCheck, unconfirmed, notReached, evidenceOfEnd },
  questions: { check_answer: checkAnswer, end_confirmation: endConfirmation },
  reconsider,
};
