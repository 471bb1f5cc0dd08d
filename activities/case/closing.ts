import type { Closure, ClosureDeclined, Reasoned } from '../../domain/commands';
import { addMonths, type Day, dayOf } from '../../domain/day';
import type { Eligibility } from '../../domain/eligibility';
import { JOB_ENDED } from '../../domain/plan';
import { type Json } from '../../prisma/db';
import { Prisma } from '../../prisma/generated/client';
import { record } from '../../records/kernel/events';
import { lockPerson, recordDeath } from '../../records/joining';
import { openCaseOf } from '../../records/opening';
import { notNow, Refusal, wrongField } from '../../records/kernel/refusal';
import { move } from '../../records/kernel/rows';
import { closeTasks, openTask, pauseTask, resumeTask } from '../../records/kernel/tasks';
import type { Unit } from '../../records/kernel/transaction';
import { reportDeath } from '../money/ending';
import { endCase } from '../steps/end-case';
import { resumeMonitoring } from '../steps/ending';
import { placeOf } from '../steps/place';
import { askSupervisor, tellOfNo } from './consent';
import { askTiek } from './eligibility';
import { type CaseRow, personOf, readCase } from './read';

/** The person withdraws, at any time: participation is voluntary, and all clocks stop together [pathway §3]. */
export async function withdrawal(unit: Unit, id: string, { reason }: Reasoned): Promise<void> {
  const row = await readCase(unit, id);
  await record(unit, 'withdrawn', placeOf(row), {}, reason);
  await endCase(unit, id, { outcome: 'withdrew', summary: reason, personAgrees: true });
}

/**
 * Closes the case with its outcome and summary. Against the person's wish it needs the supervisor's yes: the case manager's
 * command asks for it while the closure's own clock stands still; the supervisor's closes, or declines [pathway §3].
 */
export async function closure(unit: Unit, id: string, body: Closure | ClosureDeclined): Promise<void> {
  const row = await readCase(unit, id);
  if ('declined' in body) return decline(unit, row, body.declined);
  checkOutcome(unit, row, body);
  if (body.on !== undefined) await checkDeath(unit, row, body.on);
  if (body.outcome === 'died') return died(unit, row, body);
  if (!body.personAgrees && unit.actor.role !== 'supervisor') return askConsent(unit, row, body);
  if (!body.personAgrees) await record(unit, 'supervisors_yes', placeOf(row), { what: 'closure' });
  return endCase(unit, id, body);
}

function checkOutcome(unit: Unit, row: CaseRow, { outcome, on }: Closure): void {
  if (outcome === 'retained' && row.state !== 'retained')
    throw notNow('not_retained', 'Retained follows from six months of work: choose the outcome as it is.');
  if (outcome === 'not_eligible' && row.eligibility !== 'no')
    throw notNow('not_refused_by_tiek', 'Not eligible follows from a no of TIEK: silence is none.');
  if (outcome === 'died' && on === undefined)
    throw wrongField('on', 'missing', 'The day of death is needed.');
}

/** @throws Refusal unless the day of death lies between the birth and today */
async function checkDeath(unit: Unit, row: CaseRow, diedOn: Day): Promise<void> {
  const { birth } = await personOf(unit, row);
  if (diedOn < birth || diedOn > unit.today)
    throw wrongField('on', 'impossible_day', `The day lies between ${birth}, the birth, and today.`);
}

/** Everything ends in one step; no further message goes to the person's contacts. */
async function died(unit: Unit, row: CaseRow, body: Closure): Promise<void> {
  const on = body.on ?? unit.today;
  const { diedOn } = await personOf(unit, row);
  await recordDeath(unit, row.personId, diedOn ?? on);
  await record(unit, 'died', placeOf(row), { on: diedOn ?? on });
  await endCase(unit, row.id, body);
  await reportDeath(unit, row.personId, diedOn ?? on);
}

async function askConsent(unit: Unit, row: CaseRow, body: Closure): Promise<void> {
  await pauseTask(unit, 'closure');
  await askSupervisor(unit, row, 'closure_consent');
  await record(
    unit,
    'supervisors_yes_asked',
    placeOf(row),
    { what: 'closure', outcome: body.outcome },
    body.summary,
  );
  await move(unit, 'case', row, row.state, { closureAsked: body as Json });
}

async function decline(unit: Unit, row: CaseRow, reason: string): Promise<void> {
  if (unit.actor.role !== 'supervisor')
    throw new Refusal(403, 'not_yours', "The supervisor's yes or no is the supervisor's.");
  if (row.closureAsked === null)
    throw notNow('nothing_asked', 'Nobody asks to close the case against the person’s wish.');
  await closeTasks(unit, { kinds: ['closure_consent'] }, 'declined');
  await resumeTask(unit, 'closure');
  await record(unit, 'supervisors_no', placeOf(row), { what: 'closure' }, reason);
  await tellOfNo(unit, row, 'closure');
  await move(unit, 'case', row, row.state, { closureAsked: Prisma.DbNull });
}

/**
 * Reopens a closed case within 12 months: the same case goes on, with its assessment and plan, and TIEK is asked again.
 * Nobody starts from zero [S: the slide's complaint; setting reopenWithinMonths]. Its inspections stay as they are;
 * the checks of an employment that still runs go on.
 */
export async function reopening(unit: Unit, id: string, { reason }: Reasoned): Promise<void> {
  const row = await readCase(unit, id);
  await lockPerson(unit.tx, row.personId);
  await checkReopening(unit, row);
  const state = row.assessment ? 'planning' : 'assessment';
  const managerId =
    unit.actor.role === 'case_manager' ? unit.actor.id : await stillThere(unit, row.managerId);
  const eligibility: Eligibility =
    row.eligibility === 'yes' || row.eligibility === 'evidence' ? row.eligibility : 'asking';
  await move(unit, 'case', row, state, {
    managerId,
    eligibility,
    closure: Prisma.DbNull,
    closureAsked: Prisma.DbNull,
    outcome: null,
    closedAt: null,
  });
  // A job that only the closure ended goes on with the next hire, as after a separation.
  await unit.tx.measure.updateMany({
    where: {
      caseId: id,
      kind: 'job',
      endedOn: { not: null },
      outcome: row.outcome,
      NOT: { outcome: 'retained' },
    },
    data: { outcome: JOB_ENDED },
  });
  const now = { ...row, managerId };
  await openTask(unit, { ...placeOf(now), kind: row.assessment ? 'next_step' : 'assessment' });
  await askTiek(unit, now);
  await record(unit, 'case_reopened', placeOf(row), {}, reason);
  await resumeMonitoring(unit, id);
}

async function checkReopening(unit: Unit, row: CaseRow): Promise<void> {
  const { diedOn } = await personOf(unit, row);
  if (diedOn !== null) throw notNow('person_died', 'The person has died.');
  const months = unit.settings.reopenWithinMonths;
  if (row.closedAt && addMonths(dayOf(row.closedAt), months) < dayOf(unit.given))
    throw notNow('closed_too_long', `A case is reopened within ${months} months: open a new one.`);
  const other = await openCaseOf(unit.tx, row.personId);
  if (other) throw notNow('open_case', 'The person has another open case.');
}

async function stillThere(unit: Unit, officialId: string | null): Promise<string | null> {
  if (officialId === null) return null;
  const official = await unit.tx.official.findFirst({
    where: { id: officialId, leftOn: null },
    select: { id: true },
  });
  return official?.id ?? null;
}
