import { addDays, type Day } from '../../domain/day';
import type { Stop } from '../../contracts/application';
import { type ReportedEnd, reportedTogether } from '../../domain/money/job-end';
import { paymentOf } from '../../domain/money/claim-id';
import { monthOf } from '../../domain/money/months';
import { isPaidOnce } from '../../domain/policy';
import { subsidyPathway } from '../../domain/pathways/subsidy';
import type { Json } from '../../prisma/db';
import { type Claim, Prisma, type Subsidy } from '../../prisma/generated/client';
import { eventsWithin } from '../../records/kernel/entries';
import { record } from '../../records/kernel/events';
import { giveUpCosts } from '../../records/money/costs';
import { questionSuccession } from '../../records/money/succession';
import { employerOf } from '../../records/money/terms';
import { notify } from '../../records/kernel/notices';
import { notNow } from '../../records/kernel/refusal';
import { recordsOf } from '../../records/joining';
import { lockRow, move, subjectOf, subjectOfSubsidy } from '../../records/kernel/rows';
import { closeTasks, lengthNow, openTask } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { inRow } from '../../records/kernel/wake';
import { toPayee } from '../../records/money/payees';
import type { ContractAnswer } from '../../registers/yammt';
import { askForEvidence, type Evidence } from '../steps/evidence';
import { promptQuestion } from '../steps/prompt';
import { receivedInWords } from '../steps/received';
import {
  askAgainAbout,
  askForDays,
  calculate,
  closeAfterEnd,
  isUndecided,
  readClaim,
  stopClaim,
  wasClosedByEnd,
} from './claims';
import { draftCorrection } from './correcting';
import { reserveOrWait } from './deciding';
import { needForMonths, releaseAfter, reserve } from './funding';
import { pullBack } from './paying/binding';
import { aboutSubsidy, kindOf, placeOfSubsidy, readSubsidy, type WholeClaim } from './read';
import { openDueClaims } from './running';

/**
 * The end of the job was reported. From its month on nothing is approved until the end is confirmed. The labour register
 * confirms it a day later, or a document does [money §6, pathway §7].
 */
export async function reportEndOfJob(
  transaction: Transaction,
  row: Subsidy,
  last: Day,
  because?: ReportedEnd['because'],
): Promise<void> {
  if (row.lastDay !== null && row.lastDay <= last) return;
  if (row.state === 'refused' || row.state === 'abandoned' || row.state === 'stopped') return;
  const here = inRow(transaction, subjectOfSubsidy(row.id));
  const { n } = await lengthNow(transaction, 'askAgainAfterEnd');
  await openTask(here, {
    ...placeOfSubsidy(row),
    kind: 'end_of_job',
    firesAt: new Date(
      Math.max(transaction.now.getTime(), Date.parse(`${last}T00:00:00+05:00`)) + n * 86_400_000,
    ),
  });
  const told = { on: last, ...(because && { because }) };
  const endReported = reportedTogether(row.endReported as ReportedEnd | null, told);
  await move(here, kindOf(row), row, row.state as 'running', { endReported });
  await record(here, 'end_of_job_reported', aboutSubsidy(row), { subsidy: row.id, on: last });
  if (because) await askForEvidence(here, evidenceOfEnd(row));
}

/** The document that the employment officer is asked for about the end of the job. */
export const evidenceOfEnd = (row: Subsidy): Evidence => ({
  kind: 'end_of_job_evidence',
  place: placeOfSubsidy(row),
  about: aboutSubsidy(row),
  params: { subsidy: row.id },
});

/**
 * A register, or a case manager, reported the person's death. Every subsidy for the person holds the payments for later days.
 * They are held until the labour register or a document confirms the end. The employment officer is told [money §3].
 */
export async function reportDeath(transaction: Transaction, personId: string, diedOn: Day): Promise<void> {
  const rows = await transaction.tx.subsidy.findMany({
    where: {
      personId: { in: await recordsOf(transaction.tx, personId) },
      employerId: { not: null },
      state: { in: [...subsidyPathway.open, 'ended', 'stopped'] },
    },
    orderBy: { id: 'asc' },
  });
  for (const { id } of rows) {
    await lockRow(transaction.tx, 'subsidy', id);
    const row = await readSubsidy(transaction, id);
    const last = row.lastDay ?? row.periodTo;
    if (last !== null && last <= diedOn) continue;
    await goOnToCorrect(inRow(transaction, subjectOfSubsidy(id)), row);
    await reportEndOfJob(transaction, await readSubsidy(transaction, id), diedOn, 'died');
  }
}

/** A subsidy that had ended, or was stopped after its order, runs again so that its months can be corrected. */
async function goOnToCorrect(transaction: Transaction, row: Subsidy): Promise<void> {
  if (row.open || row.order === null) return;
  await openTask(transaction, { ...placeOfSubsidy(row), kind: 'last_claims' });
  await move(transaction, kindOf(row), row, 'running');
}

/** The end of an unmonitored employment was reported. Each of its subsidies asks about the end itself. */
export async function reportToSubsidiesOf(
  transaction: Transaction,
  employmentId: string,
  last: Day,
): Promise<void> {
  const rows = await transaction.tx.subsidy.findMany({
    where: { employmentId, state: { in: [...subsidyPathway.open] } },
    orderBy: { id: 'asc' },
  });
  for (const { id } of rows) {
    await lockRow(transaction.tx, 'subsidy', id);
    await reportEndOfJob(transaction, await readSubsidy(transaction, id), last);
  }
}

/**
 * Whether the register says that an ended contract goes on with another STIR. Then the employment officer is asked whether
 * that STIR is a successor. Until the answer it is no end [money §6].
 */
export async function goesOnElsewhere(
  transaction: Transaction,
  row: Subsidy,
  said: ContractAnswer,
): Promise<boolean> {
  if (said.answer !== 'no' || said.because !== 'ended' || said.successorStir === undefined) return false;
  return questionSuccession(transaction, await employerOf(transaction, row), {
    successor: said.successorStir,
    date: addDays(said.until, 1),
  });
}

/** The job ended. The days before are paid, the rest is released, and a month paid too much is corrected. */
export async function confirmEndOfJob(transaction: Transaction, row: Subsidy, last: Day): Promise<void> {
  await closeTasks(transaction, { kinds: ['end_of_job', 'end_of_job_evidence'] }, 'confirmed');
  await record(transaction, 'end_of_job_confirmed', aboutSubsidy(row), { subsidy: row.id, on: last });
  const stopped = lastByStop(row);
  const earlier = stopped !== null && stopped < last ? stopped : last;
  await endAfter(transaction, row, earlier, { endReported: Prisma.DbNull });
}

/** The last paid day after a waiver or a stop; null without one. */
function lastByStop({ stop }: Subsidy): Day | null {
  const stopped = stop as { from: Day } | null;
  return stopped ? addDays(stopped.from, -1) : null;
}

/** The end was taken back, or never happened. The subsidy goes on, and missed months are opened. */
export async function takeBackEndOfJob(transaction: Transaction, row: Subsidy): Promise<void> {
  if (row.endReported === null && row.lastDay === lastByStop(row)) return;
  await closeTasks(transaction, { kinds: ['end_of_job', 'end_of_job_evidence'] }, 'taken_back');
  const state = row.state === 'ended' ? 'running' : (row.state as 'running');
  await move(transaction, kindOf(row), row, state, { endReported: Prisma.DbNull, lastDay: lastByStop(row) });
  await record(transaction, 'end_of_job_taken_back', aboutSubsidy(row), { subsidy: row.id });
  await goOn(transaction, row.id);
}

/**
 * Reads the end of the job from the record of the employment: a confirmed end, or an end taken back since the subsidy learned
 * of it. That end may belong to another contract. Until that is clear, an end from the register or a document counts.
 */
export async function endsAsKnown(transaction: Transaction, row: Subsidy): Promise<void> {
  if (row.employmentId === null) return;
  const job = await transaction.tx.employment.findUniqueOrThrow({ where: { id: row.employmentId } });
  const said = await lastSaid(transaction, subjectOf('retention', job.id), [
    'employment_ended',
    'end_taken_back',
  ]);
  const known = await lastSaid(transaction, subjectOfSubsidy(row.id), learned);
  const back = await lastSaid(transaction, subjectOf('retention', job.id), ['end_taken_back']);
  if (known > 0n && back > known) return askAboutEnd(transaction, row);
  if (said > known && job.endedOn !== null && (row.lastDay === null || job.endedOn < row.lastDay))
    await confirmEndOfJob(transaction, row, job.endedOn);
}

/** The person works there again. The labour register knows whether the subsidy's own contract goes on. */
async function askAboutEnd(transaction: Transaction, row: Subsidy): Promise<void> {
  if (!(await promptQuestion(transaction, ['end_of_job'])))
    await openTask(transaction, { ...placeOfSubsidy(row), kind: 'end_of_job', firesAt: transaction.now });
}

/** The events by which a subsidy learns of the end of the job. */
const learned = ['end_of_job_reported', 'end_of_job_confirmed', 'end_of_job_taken_back'];

/** The number of the last event of these types; 0 without one. */
async function lastSaid(
  transaction: Transaction,
  subject: string,
  types: readonly string[],
): Promise<bigint> {
  const where = { subject, type: { in: [...types] } };
  const { _max } = await (await eventsWithin(transaction)).aggregate({ where, _max: { id: true } });
  return _max.id ?? 0n;
}

/**
 * The record of an employment changed, and its subsidies look at it again. A subsidy that had ended, or was stopped after its
 * order, runs again so that its months can be corrected.
 */
export async function wakeSubsidiesOf(transaction: Transaction, employmentId: string): Promise<void> {
  const rows = await transaction.tx.subsidy.findMany({
    where: { employmentId, state: { in: [...subsidyPathway.open, 'ended', 'stopped'] } },
    orderBy: { id: 'asc' },
  });
  for (const { id } of rows) {
    await lockRow(transaction.tx, 'subsidy', id);
    await goOnToCorrect(inRow(transaction, subjectOfSubsidy(id)), await readSubsidy(transaction, id));
  }
}

/** Stops a subsidy after a day. A subsidy without an order, and an adaptation that is not paid yet, stop at once. */
export async function stopSubsidy(
  transaction: Transaction,
  row: Subsidy,
  last: Day,
  body: Stop,
): Promise<void> {
  await record(
    transaction,
    'subsidy_stopped',
    aboutSubsidy(row),
    { subsidy: row.id, lastDay: last, code: body.code, ...receivedInWords(body) },
    body.words,
  );
  await notify(transaction, {
    type: 'subsidy_stopped',
    to: toPayee(row),
    params: { subsidy: row.id, lastDay: last, reason: body.words },
    occasion: transaction.today,
  });
  const stop = { ...body, by: transaction.actor.id } as Json;
  if (row.state !== 'running' || isPaidOnce(row))
    return stopAtOnce(transaction, row, { stop, lastDay: last });
  const earlier = row.lastDay !== null && row.lastDay < last ? row.lastDay : last;
  await endAfter(transaction, row, earlier, { stop });
}

/** Nothing is paid. @throws Refusal 409 `paid_already` */
export async function stopAtOnce(transaction: Transaction, row: Subsidy, data: object): Promise<void> {
  if (row.state === 'running') await stopPayment(transaction, paymentOf(row.id));
  await closeTasks(transaction, {}, 'stopped');
  await move(transaction, kindOf(row), row, 'stopped', data);
  await releaseAfter(transaction, row.id);
  if (isPaidOnce(row)) await giveUpCosts(transaction, row.id);
}

/** @throws Refusal 409 once an adaptation's payment was sent: a sent payment is corrected, never stopped */
async function stopPayment(transaction: Transaction, id: string): Promise<void> {
  const there = inRow(transaction, subjectOf('claim', id));
  const claim = await readClaim(there, id);
  const isUnsent = claim.state === 'approved' || isUndecided(claim);
  if (!isUnsent || claim.setOffDone > 0n)
    throw notNow('paid_already', 'It was sent to be paid: it is corrected, by two persons.');
  if (claim.state === 'approved') await pullBack(there, claim, 'stopped');
  await stopClaim(there, await readClaim(there, id));
}

/** Nothing is paid for the time after a day. The reserved money of later months is free, and open claims are recalculated. */
async function endAfter(transaction: Transaction, row: Subsidy, last: Day, data: object): Promise<void> {
  await move(transaction, kindOf(row), row, row.state as 'running', { ...data, lastDay: last });
  if (row.state === 'running') await releaseAfter(transaction, row.id, monthOf(last));
  await goOn(transaction, row.id);
}

/**
 * Recalculates after a change of the last day: the need, every claim by the facts known now, and the claims still to come.
 * Before the order it recalculates only the need.
 */
async function goOn(transaction: Transaction, id: string): Promise<void> {
  const row = await readSubsidy(transaction, id);
  if (row.state === 'ordering') await needForMonths(transaction, row);
  if (row.state === 'ordering' || row.state === 'awaiting_funds') return reserveOrWait(transaction, row);
  if (row.state !== 'running') return;
  await needForMonths(transaction, row);
  await reserve(transaction, row);
  const claims = await transaction.tx.claim.findMany({
    where: { subsidyId: id, n: 0 },
    orderBy: { month: 'asc' },
  });
  for (const claim of claims) await factsChanged(transaction, claim);
  await openDueClaims(transaction, await readSubsidy(transaction, id));
}

/**
 * Recalculates a claim with changed facts. An undecided claim changes at once, an approved claim after its approval fell. A
 * claim that was paid or had no amount needs a correction that a person proposes [money §6].
 */
export async function factsChanged(transaction: Transaction, { id }: Pick<Claim, 'id'>): Promise<void> {
  const there = inRow(transaction, subjectOf('claim', id));
  const claim = await readClaim(there, id);
  if (claim.state === 'approved') {
    await pullBack(there, claim, 'facts_changed');
    return calculatedAnew(there, id);
  }
  if (claim.state === 'ready' && claim.checkPassed) return calculatedAnew(there, id);
  if (isUndecided(claim) && isAfterEnd(claim))
    return claim.amount === null ? closeAfterEnd(there, claim) : calculatedAnew(there, id);
  if (wasClosedByEnd(claim) && !isAfterEnd(claim)) return askAgainAbout(there, claim);
  if (claim.state === 'checking' && claim.subsidy.programme === 'hire_pwd')
    return askForDays(there, claim, transaction.now);
  if (isUndecided(claim)) return;
  await draftCorrection(there, claim);
}

const isAfterEnd = ({ month, subsidy: { lastDay } }: WholeClaim): boolean =>
  lastDay !== null && month > monthOf(lastDay);

/** Recalculates a claim. An amount that is paid or set off already and no longer due is corrected. */
export async function calculatedAnew(transaction: Transaction, id: string): Promise<void> {
  await calculate(transaction, await readClaim(transaction, id));
  await draftCorrection(transaction, await readClaim(transaction, id));
}
