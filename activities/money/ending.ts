import { addDays, type Day } from '../../domain/day';
import type { Stop } from '../../domain/money/commands';
import { monthOf } from '../../domain/money/months';
import type { Json } from '../../prisma/db';
import { type Claim, Prisma } from '../../prisma/generated/client';
import { record } from '../../records/events';
import { notify } from '../../records/notices';
import { move, subjectOf } from '../../records/rows';
import { closeTasks, lengthNow, openTask } from '../../records/tasks';
import type { Unit } from '../../records/unit';
import { on } from '../../records/wake';
import { askForDays, calculate, isUndecided, readClaim } from './claims';
import { draftCorrection } from './correcting';
import { needForMonths, releaseAfter, reserve } from './funding';
import { pullBack } from './paying';
import {
  aboutSubsidy,
  kindOf,
  placeOfSubsidy,
  readSubsidy,
  subjectOfSubsidy,
  type WholeSubsidy,
} from './read';
import { openDueClaims } from './running';

/**
 * The end of the job was reported: from its month on nothing is approved until the labour register, asked again a day later,
 * or a document confirms it [money §6, pathway §7].
 */
export async function reportEndOfJob(unit: Unit, row: WholeSubsidy, last: Day): Promise<void> {
  if (row.lastDay !== null && row.lastDay <= last) return;
  if (row.state === 'refused' || row.state === 'abandoned' || row.state === 'stopped') return;
  const here = await on(unit, subjectOfSubsidy(row.id));
  const { n } = await lengthNow(unit, 'askAgainAfterEnd');
  await openTask(here, {
    ...placeOfSubsidy(row),
    kind: 'end_of_job',
    firesAt: new Date(Math.max(unit.now.getTime(), Date.parse(`${last}T00:00:00+05:00`)) + n * 86_400_000),
  });
  await move(here, kindOf(row), row, row.state as 'running', { endReported: { on: last } });
  await record(here, 'end_of_job_reported', aboutSubsidy(row), { subsidy: row.id, on: last });
}

/** The job ended: the days before are paid, the rest is released; a month already paid for is corrected. */
export async function confirmEndOfJob(unit: Unit, row: WholeSubsidy, last: Day): Promise<void> {
  await closeTasks(unit, { kinds: ['end_of_job', 'end_of_job_evidence'] }, 'confirmed');
  await record(unit, 'end_of_job_confirmed', aboutSubsidy(row), { subsidy: row.id, on: last });
  await endAfter(unit, row, last, { endReported: Prisma.DbNull });
}

/** The end was taken back, or never was: the subsidy goes on, and months missed are caught up. */
export async function takeBackEndOfJob(unit: Unit, row: WholeSubsidy): Promise<void> {
  if (row.endReported === null && (row.lastDay === null || row.stop !== null)) return;
  await closeTasks(unit, { kinds: ['end_of_job', 'end_of_job_evidence'] }, 'taken_back');
  const state = row.state === 'ended' ? 'running' : (row.state as 'running');
  const stopped = row.stop as { from: Day } | null;
  await move(unit, kindOf(row), row, state, {
    endReported: Prisma.DbNull,
    lastDay: stopped ? addDays(stopped.from, -1) : null,
  });
  await record(unit, 'end_of_job_taken_back', aboutSubsidy(row), { subsidy: row.id });
  await goOn(unit, row.id);
}

/** What the monitoring of the employment has found meanwhile: an end confirmed, or one taken back. */
export async function endsAsKnown(unit: Unit, row: WholeSubsidy): Promise<void> {
  if (row.employmentId === null) return;
  const job = await unit.tx.employment.findUniqueOrThrow({ where: { id: row.employmentId } });
  if (job.state === 'ended' && job.endedOn !== null && (row.lastDay === null || job.endedOn < row.lastDay))
    return confirmEndOfJob(unit, row, job.endedOn);
  const restored = job.state === 'in_force' && row.lastDay !== null && row.stop === null;
  if (restored) await takeBackEndOfJob(unit, row);
}

/** Stops a subsidy after a day; one without an order stops at once. */
export async function stopSubsidy(unit: Unit, row: WholeSubsidy, last: Day, body: Stop): Promise<void> {
  await record(
    unit,
    'subsidy_stopped',
    aboutSubsidy(row),
    { subsidy: row.id, lastDay: last, code: body.code },
    body.words,
  );
  await notify(unit, {
    type: 'subsidy_stopped',
    to: { kind: 'employer', id: row.employerId },
    params: { subsidy: row.id, lastDay: last, reason: body.words },
    occasion: unit.today,
  });
  const stop = { ...body, by: unit.actor.id } as unknown as Json;
  if (row.state !== 'running') {
    await closeTasks(unit, {}, 'stopped');
    await move(unit, kindOf(row), row, 'stopped', { stop, lastDay: last });
    return releaseAll(unit, row);
  }
  const earlier = row.lastDay !== null && row.lastDay < last ? row.lastDay : last;
  await endAfter(unit, row, earlier, { stop });
}

async function releaseAll(unit: Unit, row: WholeSubsidy): Promise<void> {
  await releaseAfter(unit, row.id, '');
}

/** Nothing is paid for after a day: what is reserved for later months is free, open claims are calculated anew. */
async function endAfter(unit: Unit, row: WholeSubsidy, last: Day, data: object): Promise<void> {
  await move(unit, kindOf(row), row, row.state as 'running', { ...data, lastDay: last });
  if (row.state !== 'running') return;
  await releaseAfter(unit, row.id, monthOf(last));
  await goOn(unit, row.id);
}

/** After the last day changed: what is needed, every claim by what is known now, and the claims still to come. */
async function goOn(unit: Unit, id: string): Promise<void> {
  const row = await readSubsidy(unit, id);
  if (row.state !== 'running') return;
  await needForMonths(unit, row);
  await reserve(unit, row);
  const claims = await unit.tx.claim.findMany({ where: { subsidyId: id, n: 0 }, orderBy: { month: 'asc' } });
  for (const claim of claims) await factsChanged(unit, claim);
  await openDueClaims(unit, await readSubsidy(unit, id));
}

/**
 * A claim whose facts have changed is calculated anew: an undecided one at once, an approved one after its approval fell, and
 * one that was paid, or was worth nothing, by a correction that a person proposes [money §6].
 */
export async function factsChanged(unit: Unit, { id }: Pick<Claim, 'id'>): Promise<void> {
  const there = await on(unit, subjectOf('claim', id));
  const claim = await readClaim(there, id);
  if (claim.state === 'approved') {
    await pullBack(there, claim, 'facts_changed');
    return calculate(there, await readClaim(there, id));
  }
  if (claim.state === 'ready' && claim.checkPassed) return calculate(there, claim);
  if (claim.state === 'checking' && claim.subsidy.programme === 'hire_pwd')
    return askForDays(there, claim, unit.now);
  if (isUndecided(claim)) return;
  await draftCorrection(there, claim);
}
