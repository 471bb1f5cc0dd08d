import type { AdaptationApplication, Review } from '../../domain/money/commands';
import type { StaffSnapshot } from '../../domain/money/above-quota';
import type { Exclusion } from '../../domain/money/eligible';
import type { Json } from '../../prisma/db';
import type { Subsidy } from '../../prisma/generated/client';
import { record } from '../../records/kernel/events';
import { giveUpCosts } from '../../records/money/applying';
import { barredFrom } from '../../records/kernel/participations';
import { adaptationWorth } from '../../records/money/terms';
import { mustBeEnoughWorkers } from '../../records/money/workplaces';
import { nameWorkers, workersOf } from '../../records/money/worker';
import { notify } from '../../records/kernel/notices';
import { notNow, wrongField } from '../../records/kernel/refusal';
import { move } from '../../records/kernel/rows';
import { closeTasks, openTask } from '../../records/kernel/tasks';
import type { Unit } from '../../records/kernel/transaction';
import { adaptationLine, need, needForMonths, reserve } from './funding';
import { aboutSubsidy, isAdaptation, kindOf, placeOfSubsidy, readSubsidy } from './read';

/** The review proposes it: what it needs is written down and reserved before the order [money §3]. */
export async function decide(
  unit: Unit,
  row: Subsidy,
  { names, ...body }: Review & { outcome: 'propose' },
  snapshot: StaffSnapshot | null,
): Promise<void> {
  if (isAdaptation(row)) {
    const costs = (row.application as AdaptationApplication).costs;
    if (body.accepted && body.accepted.length !== costs.length)
      throw wrongField('accepted', 'wrong_number', `One amount for each of the ${costs.length} costs.`);
    if (body.accepted?.some((tiyin, n) => tiyin > (costs[n]?.tiyin ?? 0)))
      throw wrongField('accepted', 'too_much', 'No more is accepted than a cost amounts to.');
  }
  await nameWorkers(unit, workersOf(row), names);
  await move(unit, kindOf(row), row, 'awaiting_funds', {
    review: body as Json,
    decidedAt: unit.now,
    ...(snapshot && { snapshot: snapshot as Json }),
  });
  await record(unit, 'subsidy_proposed', aboutSubsidy(row), { subsidy: row.id }, body.words);
  const decided = await readSubsidy(unit, row.id);
  if (isAdaptation(decided)) await mustBeWorthSomething(unit, decided);
  if (isAdaptation(decided)) await mustBeEnoughWorkers(unit, decided);
  await reserveOrWait(unit, decided);
}

/** @throws Refusal 409 for an adaptation of whose costs not one whole so'm is accepted [money §2] */
async function mustBeWorthSomething(unit: Unit, row: Subsidy): Promise<void> {
  const { amount } = await adaptationWorth(unit, row);
  if (amount === 0n)
    throw notNow(
      'nothing_accepted',
      'Nothing of the costs is accepted: refuse the application, with the grounds.',
    );
}

/** What a subsidy needs today, before its order: on a line whose year is over nothing is waited for any more. */
async function needNow(unit: Unit, row: Subsidy): Promise<void> {
  if (!isAdaptation(row)) return needForMonths(unit, row);
  const { amount } = await adaptationWorth(unit, row);
  await need(unit, row.id, adaptationLine(row, unit.today), '', amount);
}

/**
 * Reserves what is missing, or waits for money: a new subsidy goes on to its order, one that needs more than was reserved for
 * its order waits again, a running one is topped up.
 */
export async function reserveOrWait(unit: Unit, row: Subsidy): Promise<void> {
  if (row.state === 'awaiting_funds') await needNow(unit, row);
  const whole = await reserve(unit, row);
  const waits = await unit.tx.task.findFirst({
    where: { subject: unit.subject, kind: 'funds', closedAt: null },
  });
  if (!whole) {
    if (waits) return;
    if (row.state === 'ordering') {
      await closeTasks(unit, { kinds: ['signing'] }, 'uncovered');
      await move(unit, kindOf(row), row, 'awaiting_funds');
    }
    await openTask(unit, { ...placeOfSubsidy(row), kind: 'funds' });
    return tellOfFunds(unit, row);
  }
  await closeTasks(unit, { kinds: ['funds'] }, 'reserved');
  if (row.state !== 'awaiting_funds') return;
  await openTask(unit, {
    ...placeOfSubsidy(row),
    kind: 'signing',
    barred: await barredFrom(unit.tx, 'order', [unit.subject]),
  });
  await move(unit, kindOf(row), row, 'ordering');
  await record(unit, 'reserved', aboutSubsidy(row), { subsidy: row.id });
}

/** Looked at monthly, with the employer told. */
export async function lookForFunds(unit: Unit, id: string): Promise<void> {
  const row = await readSubsidy(unit, id);
  await closeTasks(unit, { kinds: ['funds'] }, 'looked_at');
  await reserveOrWait(unit, row);
}

async function tellOfFunds(unit: Unit, row: Subsidy): Promise<void> {
  await record(unit, 'awaiting_funds', aboutSubsidy(row), { subsidy: row.id });
  await notify(unit, {
    type: 'awaiting_funds',
    to: { kind: 'employer', id: row.employerId },
    params: { subsidy: row.id },
    occasion: unit.today,
  });
}

/** Why an application is refused: a rule of law, or a review's code and words. */
export type Reason = Exclusion | { code: string; words: string; by?: string };

/** Refuses an application: the employer learns which rule and which act, and may object once. */
export async function refuseSubsidy(unit: Unit, row: Subsidy, reason: Reason): Promise<void> {
  await closeTasks(unit, {}, 'refused');
  await move(unit, kindOf(row), row, 'refused', {
    refusal: reason as Json,
    refusedAt: unit.now,
  });
  await record(
    unit,
    'application_refused',
    aboutSubsidy(row),
    { subsidy: row.id, code: reason.code, ...('rule' in reason && { rule: reason.rule, act: reason.act }) },
    'words' in reason ? reason.words : undefined,
  );
  await notify(unit, {
    type: 'application_refused',
    to: { kind: 'employer', id: row.employerId },
    params: { subsidy: row.id, reason: 'words' in reason ? reason.words : (reason.act ?? reason.code) },
    occasion: unit.now.toISOString(),
  });
  if (isAdaptation(row)) await giveUpCosts(unit, row.id);
}
