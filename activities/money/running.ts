import { at, type Day } from '../../domain/day';
import type { Order } from '../../domain/money/commands';
import { plain } from '../../domain/money/adaptation';
import { opensOn } from '../../domain/money/claim-due';
import { subsidyPeriod } from '../../domain/money/entitlement';
import { type Month, monthOf } from '../../domain/money/months';
import { monthsOf } from '../../domain/money/period';
import type { Subsidy } from '../../prisma/generated/client';
import type { Json } from '../../prisma/db';
import { record } from '../../records/kernel/events';
import { mustBeAnother, tookPart } from '../../records/kernel/participations';
import { mustBeEligible, policyOfApplication } from '../../records/money/judging';
import { monthsHeldByOthers } from '../../records/money/rivals';
import { adaptationWorth, reckoningOf, withEmployer } from '../../records/money/terms';
import { mustBeEnoughWorkers } from '../../records/money/workplaces';
import { notify } from '../../records/kernel/notices';
import { notNow, wrongField } from '../../records/kernel/refusal';
import { move, subjectOf } from '../../records/kernel/rows';
import { closeTasks, openTask } from '../../records/kernel/tasks';
import type { Unit } from '../../records/kernel/transaction';
import { on } from '../../records/kernel/wake';
import { aboutClaim, decisionTask, openClaim, readClaim } from './claims';
import { adaptationLine, need, needForMonths, reserve } from './funding';
import { aboutSubsidy, isAdaptation, kindOf, placeOfSubsidy, readSubsidy } from './read';

/**
 * The head signs the order: number and date, unique per office and year [S: PQ-4227]. Months already over get their claims at
 * once, the oldest first: a slow review loses nobody a month [money §2].
 */
export async function order(unit: Unit, id: string, body: Order): Promise<void> {
  await mustBeAnother(unit, 'order', [unit.subject]);
  const row = await readSubsidy(unit, id);
  if (body.date > unit.today || body.date < row.appliedOn)
    throw wrongField('date', 'impossible_day', `The order is signed between ${row.appliedOn} and today.`);
  await mustBeNew(unit, row, body);
  await tookPart(unit, 'ordered');
  await closeTasks(unit, { kinds: ['signing'] }, 'signed');
  await keepTermsOfOrder(unit, row, body.date);
  await unit.tx.subsidy.update({
    where: { id },
    data: {
      order: { ...body, by: unit.actor.id },
      orderYear: Number(body.date.slice(0, 4)),
      orderNumber: plain(body.number),
      orderedAt: unit.now,
    },
  });
  const ordered = await readSubsidy(unit, id);
  if (isAdaptation(row)) return payAdaptation(unit, ordered);
  const reckoning = await reckoningOf(unit, await withEmployer(unit, ordered));
  const { from, to } = subsidyPeriod(reckoning.terms, reckoning.dates);
  await move(unit, kindOf(row), row, 'running', { periodFrom: from, periodTo: to });
  await tellOfOrder(unit, row, body, from, to);
  const running = await readSubsidy(unit, id);
  await needForMonths(unit, running);
  await mustBeCovered(unit, running);
  await openDueClaims(unit, running);
}

/** @throws Refusal 409 for an order by whose date or terms more is needed than there is: the commitment comes first [money §3] */
async function mustBeCovered(unit: Unit, row: Subsidy): Promise<void> {
  if (await reserve(unit, row)) return;
  throw notNow(
    'no_commitment',
    'By this order more is needed than is reserved, and the line has not enough.',
  );
}

/**
 * The terms that a subsidy keeps, where they are those of the order's day [money §1: setting hire | application | order].
 *
 * @throws Refusal 409 when these exclude it
 */
async function keepTermsOfOrder(unit: Unit, row: Subsidy, date: Day): Promise<void> {
  const before = await policyOfApplication(unit, row.hiredOn ?? row.appliedOn, row.appliedOn);
  const policyId = await policyOfApplication(unit, row.hiredOn ?? row.appliedOn, row.appliedOn, date);
  if (policyId === before) return;
  await unit.tx.subsidy.update({ where: { id: row.id }, data: { policyId } });
  await mustBeEligible(unit, { ...row, policyId });
}

/** @throws Refusal 409 where the office has given the number in that year, written with or without capitals and spaces */
async function mustBeNew(unit: Unit, row: Subsidy, { number, date }: Order): Promise<void> {
  const orderYear = Number(date.slice(0, 4));
  const orderNumber = plain(number);
  const same = await unit.tx.subsidy.findFirst({ where: { area: row.area, orderYear, orderNumber } });
  if (same)
    throw notNow('order_number_used', `Order ${number} of ${orderYear} is subsidy ${same.id}’s already.`);
}

async function tellOfOrder(unit: Unit, row: Subsidy, body: Order, from: string, to: string) {
  const params = { subsidy: row.id, number: body.number, date: body.date, from, to };
  const { programme, area } = row;
  await record(unit, 'subsidy_ordered', aboutSubsidy(row), { ...params, programme, area });
  await notify(unit, { type: 'subsidy_ordered', to: { kind: 'employer', id: row.employerId }, params });
}

/** Opens the claim of every month that has come and has none, and awaits the next; after the last, their closing. */
export async function openDueClaims(unit: Unit, row: Subsidy): Promise<void> {
  const months = paidMonths(row);
  const known = await unit.tx.claim.findMany({
    where: { subsidyId: row.id, n: 0 },
    select: { month: true },
  });
  const opened = new Set(known.map(({ month }) => month));
  const left = await monthsHeldByOthers(unit, row);
  const missing = months.filter((month) => !opened.has(month) && !left.has(month));
  for (const month of missing) if (opensOn(month) <= unit.today) await openClaim(unit, row, month);
  const next = missing.find((month) => opensOn(month) > unit.today);
  await closeTasks(unit, { kinds: ['next_claim'] }, 'replaced');
  if (next !== undefined)
    await openTask(unit, {
      ...placeOfSubsidy(row),
      kind: 'next_claim',
      ref: next,
      firesAt: at(opensOn(next), '00:00'),
    });
  else await endOrWait(unit, row);
}

/** The months of the period up to the last day that is paid for. */
export function paidMonths({ periodFrom, periodTo, lastDay }: Subsidy): Month[] {
  if (periodFrom === null || periodTo === null) return [];
  return monthsOf({ from: periodFrom, to: periodTo }).filter(
    (month) => lastDay === null || month <= monthOf(lastDay),
  );
}

/** When every claim is closed the subsidy has ended; until then its last claims are awaited. */
export async function endOrWait(unit: Unit, row: Subsidy): Promise<void> {
  const open = await unit.tx.claim.count({ where: { subsidyId: row.id, open: true } });
  const asks = await unit.tx.task.count({
    where: { subject: unit.subject, kind: { in: ['end_of_job', 'end_of_job_evidence'] }, closedAt: null },
  });
  if (open > 0 || asks > 0) {
    await openTask(unit, { ...placeOfSubsidy(row), kind: 'last_claims' });
    return;
  }
  await closeTasks(unit, {}, 'ended');
  await move(unit, kindOf(row), row, row.stop === null ? 'ended' : 'stopped');
  await record(unit, 'subsidy_ended', aboutSubsidy(row), { subsidy: row.id });
}

export async function lookAtLastClaims(unit: Unit, id: string): Promise<void> {
  const row = await readSubsidy(unit, id);
  if (row.state !== 'running') return;
  if (isAdaptation(row)) return endOrWait(unit, row);
  await openDueClaims(unit, row);
}

/** An adaptation is paid once: its amount with the BHM on the order's date, for people still employed then [PQ-4804]. */
async function payAdaptation(unit: Unit, row: Subsidy): Promise<void> {
  const worth = await adaptationWorth(unit, row);
  const { amount } = worth;
  await mustBeEnoughWorkers(unit, row);
  const lineId = adaptationLine(row, unit.today);
  const commitment = await unit.tx.commitment.findFirst({ where: { subsidyId: row.id, month: '' } });
  await move(unit, kindOf(row), row, 'running', { amount });
  await tellOfOrder(unit, row, row.order as Order, row.appliedOn, row.appliedOn);
  await need(unit, row.id, lineId, '', amount);
  await mustBeCovered(unit, await readSubsidy(unit, row.id));
  const entitlement = await unit.tx.entitlement.create({
    data: { personId: '', employerId: row.employerId, month: row.id, slot: row.programme, amount },
  });
  const id = `${row.id}-pay`;
  await unit.tx.claim.create({
    data: {
      id,
      subsidyId: row.id,
      month: '',
      entitlementId: entitlement.id,
      lineId: commitment?.lineId ?? lineId,
      employerId: row.employerId,
      area: row.area,
      state: 'ready',
      since: unit.now,
      openedAt: unit.now,
      revision: 1,
      amount,
      calculation: shownAdaptation(worth),
      checkPassed: true,
      policyId: row.policyId,
      correlationId: unit.correlationId,
    },
  });
  const there = await on(unit, subjectOf('claim', id));
  const claim = await readClaim(unit, id);
  await decisionTask(there, claim);
  await record(there, 'claim_ready', aboutClaim(claim), { claim: id, month: '', amount: Number(amount) });
  await openTask(unit, { ...placeOfSubsidy(row), kind: 'last_claims' });
}

/** How an adaptation's amount was reached, as employers and auditors read it. */
export const shownAdaptation = ({
  act,
  version,
  workplaces,
}: Awaited<ReturnType<typeof adaptationWorth>>): Json => ({
  act,
  version,
  workplaces: workplaces.map((each) => ({
    ...each,
    accepted: Number(each.accepted),
    amount: Number(each.amount),
  })),
});
