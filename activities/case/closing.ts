import type { Closure, ClosureAgreed, ClosureDeclined, Reasoned } from '../../contracts/case';
import { type Day, dayOf } from '../../domain/day';
import type { Eligibility } from '../../domain/eligibility';
import { JOB_ENDED } from '../../domain/plan';
import { type Json } from '../../prisma/db';
import { Prisma } from '../../prisma/generated/client';
import { record } from '../../records/kernel/events';
import { lockPerson, recordDeath } from '../../records/joining';
import { policyNumber, versionOf } from '../../records/kernel/policy-numbers';
import { notNow, wrongField } from '../../records/kernel/refusal';
import { move } from '../../records/kernel/rows';
import { closeTasks, openTask, pauseTask, resumeTask } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { reportDeath } from '../money/ending';
import { payeeDied } from '../money/persons-death';
import { endCase } from '../steps/end-case';
import { resumeMonitoring } from '../steps/ending';
import { placeOf } from '../steps/place';
import { resumeServices } from '../steps/services';
import { diedInMeasures, nameCase } from '../steps/measures-in-life';
import { askSupervisor, tellOfNo } from './consent';
import { askTiek } from './eligibility';
import { mustBePossible } from '../preconditions';
import { type CaseRow, personOf, readCase } from './read';

/** The person withdraws. Participation is voluntary, so this is possible at any time. All clocks stop [pathway §3]. */
export async function withdrawal(transaction: Transaction, id: string, { reason }: Reasoned): Promise<void> {
  const row = await readCase(transaction, id);
  await record(transaction, 'withdrawn', placeOf(row), {}, reason);
  await endCase(transaction, id, { outcome: 'withdrew', summary: reason, personAgrees: true });
}

/**
 * Closes the case with its outcome and summary. Against the person's wish the supervisor must agree. The case manager's command
 * asks the supervisor, and the closure's clock is paused. The supervisor's command closes or declines [pathway §3].
 */
export async function closure(
  transaction: Transaction,
  id: string,
  given: Closure | ClosureDeclined | ClosureAgreed,
): Promise<void> {
  const row = await readCase(transaction, id);
  if ('declined' in given) return decline(transaction, row, given.declined);
  const body = 'agreed' in given ? (row.closureAsked as Closure) : given;
  checkOutcome(transaction, row, body);
  if (body.on !== undefined) await checkDeath(transaction, row, body.on);
  if (body.outcome === 'died') return died(transaction, row, body);
  if (!body.personAgrees && transaction.actor.role !== 'supervisor')
    return askConsent(transaction, row, body);
  if (!body.personAgrees) await record(transaction, 'supervisors_yes', placeOf(row), { what: 'closure' });
  return endCase(transaction, id, body);
}

function checkOutcome(transaction: Transaction, row: CaseRow, { outcome, on }: Closure): void {
  if (outcome === 'retained' && row.state !== 'retained')
    throw notNow(
      'not_retained',
      'Retained follows from all monthly checks of the work: choose the outcome as it is.',
    );
  if (outcome === 'not_eligible' && row.eligibility !== 'no')
    throw notNow('not_refused_by_tiek', 'Not eligible follows from a no of TIEK: silence is none.');
  if (outcome === 'died' && on === undefined)
    throw wrongField('on', 'missing', 'The day of death is needed.');
}

/** @throws Refusal unless the day of death lies between the birth and today */
async function checkDeath(transaction: Transaction, row: CaseRow, diedOn: Day): Promise<void> {
  const { birth } = await personOf(transaction, row);
  if (diedOn < birth || diedOn > transaction.today)
    throw wrongField('on', 'impossible_day', `The day lies between ${birth}, the birth, and today.`);
}

/** The case and its rows end in one step. No further message goes to the person's contacts. */
async function died(transaction: Transaction, row: CaseRow, body: Closure): Promise<void> {
  const on = body.on ?? dayOf(transaction.givenAt);
  const { diedOn } = await personOf(transaction, row);
  await recordDeath(transaction, row.personId, diedOn ?? on);
  await record(transaction, 'died', placeOf(row), { on: diedOn ?? on });
  await endCase(transaction, row.id, body);
  await diedInMeasures(transaction, row.personId);
  await reportDeath(transaction, row.personId, diedOn ?? on);
  await payeeDied(transaction, row.personId);
}

async function askConsent(transaction: Transaction, row: CaseRow, body: Closure): Promise<void> {
  await pauseTask(transaction, 'closure');
  await askSupervisor(transaction, row, 'closure_consent');
  await record(
    transaction,
    'supervisors_yes_asked',
    placeOf(row),
    { what: 'closure', outcome: body.outcome },
    body.summary,
  );
  await move(transaction, 'case', row, row.state, { closureAsked: body as Json });
}

async function decline(transaction: Transaction, row: CaseRow, reason: string): Promise<void> {
  await closeTasks(transaction, { kinds: ['closure_consent'] }, 'declined');
  await resumeTask(transaction, 'closure');
  await record(transaction, 'supervisors_no', placeOf(row), { what: 'closure' }, reason);
  await tellOfNo(transaction, row, 'closure');
  await move(transaction, 'case', row, row.state, { closureAsked: Prisma.DbNull });
}

/**
 * Reopens a closed case within the policy's time. The same case goes on with its assessment and plan, and TIEK is asked again.
 * So nobody starts from zero [S: the slide's complaint]. The case's inspections stay as they are. The checks of an employment
 * that is still in force go on.
 */
export async function reopening(transaction: Transaction, id: string, { reason }: Reasoned): Promise<void> {
  const row = await readCase(transaction, id);
  await lockPerson(transaction, { id: row.personId });
  // Another case may have been opened before the lock.
  await mustBePossible(transaction, 'case', id, 'reopening');
  const within = await policyNumber(transaction, 'reopenWithinMonths');
  const state = row.assessment ? 'planning' : 'assessment';
  const managerId =
    transaction.actor.role === 'case_manager'
      ? transaction.actor.id
      : await stillThere(transaction, row.managerId);
  const eligibility: Eligibility =
    row.eligibility === 'yes' || row.eligibility === 'evidence' ? row.eligibility : 'asking';
  await move(transaction, 'case', row, state, {
    managerId,
    eligibility,
    closure: Prisma.DbNull,
    closureAsked: Prisma.DbNull,
    outcome: null,
    closedAt: null,
  });
  // The next hire fulfils a job measure that only the closure ended, as after a separation.
  await transaction.tx.measure.updateMany({
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
  await openTask(transaction, { ...placeOf(now), kind: row.assessment ? 'next_step' : 'assessment' });
  await askTiek(transaction, now);
  await openTask(transaction, { ...placeOf(now), kind: 'present_work' });
  await record(transaction, 'case_reopened', placeOf(row), versionOf(within), reason);
  await resumeServices(transaction, now);
  await nameCase(transaction, id, id);
  await resumeMonitoring(transaction, id);
}

async function stillThere(transaction: Transaction, officialId: string | null): Promise<string | null> {
  if (officialId === null) return null;
  const official = await transaction.tx.official.findFirst({
    where: { id: officialId, leftOn: null },
    select: { id: true },
  });
  return official?.id ?? null;
}
