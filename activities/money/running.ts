import { at, type Day } from '../../domain/day';
import type { Order } from '../../contracts/application';
import { type CappedCosts, plain } from '../../domain/money/costs';
import { opensOn } from '../../domain/money/claim-due';
import { subsidyPeriod } from '../../domain/money/entitlement';
import { type Month, monthOf } from '../../domain/money/months';
import { claimId, paymentOf } from '../../domain/money/claim-id';
import { isCheckedBy } from '../../domain/money/checks';
import { monthsOf, type Period } from '../../domain/money/period';
import { isPaidOnce } from '../../domain/policy';
import { partiesOf } from '../../domain/money/payee';
import type { Subsidy, Task } from '../../prisma/generated/client';
import type { Json } from '../../prisma/db';
import { record } from '../../records/kernel/events';
import { tookPart } from '../../records/kernel/participations';
import { isLawAwaited } from '../../records/money/awaiting-law';
import { mustBeEligible, policyOfApplication } from '../../records/money/judging';
import { monthsHeldByOthers } from '../../records/money/rivals';
import { type CostsWorth, costsWorth, reckoningOf, withDays, worthsOf } from '../../records/money/terms';
import { mustBeEnoughWorkers } from '../../records/money/workplaces';
import { notify } from '../../records/kernel/notices';
import { notNow, wrongField } from '../../records/kernel/refusal';
import { move, subjectOf } from '../../records/kernel/rows';
import { closeTasks, openTask } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { inRow } from '../../records/kernel/wake';
import { programmeOfPerson, toPayee } from '../../records/money/payees';
import { awaitDecision, entitlementFor, openClaim, readClaim } from './claims';
import { costsLine, need, needForMonths, reserve } from './funding';
import {
  aboutSubsidy,
  isAdaptation,
  isStart,
  isStipend,
  kindOf,
  numbered,
  placeOfSubsidy,
  readSubsidy,
  signingOf,
} from './read';
import { askWhetherRegistered } from './registered';
import { judgeAttendance } from './studied';

/**
 * The head signs the order. Its number and date are unique for each office and year [S: PQ-4227]. Months that are already
 * over get their claims at once, the oldest first. Nobody loses a month by a slow review [money §2].
 */
export async function order(transaction: Transaction, id: string, body: Order): Promise<void> {
  const row = await readSubsidy(transaction, id);
  if (body.date > transaction.today || body.date < row.appliedOn)
    throw wrongField('date', 'impossible_day', `The order is signed between ${row.appliedOn} and today.`);
  await mustBeNew(transaction, row, body);
  await tookPart(transaction, 'ordered');
  await closeTasks(transaction, { kinds: [signingOf(row)] }, 'signed');
  if (!isStipend(row)) await keepTermsOfOrder(transaction, row, body.date);
  await transaction.tx.subsidy.update({
    where: { id },
    data: {
      order: { ...body, by: transaction.actor.id },
      orderYear: Number(body.date.slice(0, 4)),
      orderNumber: plain(body.number),
      orderedAt: transaction.now,
    },
  });
  const ordered = await readSubsidy(transaction, id);
  if (isPaidOnce(row)) return payOnce(transaction, ordered);
  const { from, to } = await periodOfOrder(transaction, ordered);
  await move(transaction, kindOf(row), row, 'running', { periodFrom: from, periodTo: to });
  await tellOfOrder(transaction, row, body, from, to);
  const running = await readSubsidy(transaction, id);
  await needForMonths(transaction, running);
  await mustBeCovered(transaction, running);
  await openDueClaims(transaction, running);
}

/** The period of a wage subsidy by the order's terms. A stipend keeps that of the study. */
async function periodOfOrder(transaction: Transaction, row: Subsidy): Promise<Period> {
  const { periodFrom, periodTo } = row;
  if (isStipend(row) && periodFrom !== null && periodTo !== null) return { from: periodFrom, to: periodTo };
  const { terms, dates } = await reckoningOf(transaction, await withDays(transaction, row));
  return subsidyPeriod(terms, dates);
}

/**
 * @throws Refusal 409 for an order by whose date or terms more is needed than is reserved: the commitment comes first [money
 * §3]
 */
async function mustBeCovered(transaction: Transaction, row: Subsidy): Promise<void> {
  if (await reserve(transaction, row)) return;
  throw notNow(
    'no_commitment',
    'By this order more is needed than is reserved, and the line has not enough.',
  );
}

/**
 * The terms that a subsidy keeps, where they are those of the order's day [money §1: setting hire | application | order].
 *
 * @throws Refusal 409 when these terms exclude the application
 */
async function keepTermsOfOrder(transaction: Transaction, row: Subsidy, date: Day): Promise<void> {
  const before = await policyOfApplication(transaction, row.hiredOn ?? row.appliedOn, row.appliedOn);
  const policyId = await policyOfApplication(transaction, row.hiredOn ?? row.appliedOn, row.appliedOn, date);
  if (policyId === before) return;
  if (await isLawAwaited(transaction, { ...row, policyId }))
    throw notNow(
      'amount_not_set',
      `The policy of ${date} leaves the amount of this programme empty: sign the order once a version sets it.`,
    );
  await transaction.tx.subsidy.update({ where: { id: row.id }, data: { policyId } });
  if (row.employerId !== null) await mustBeEligible(transaction, { ...row, policyId });
}

/** @throws Refusal 409 where the office has used the number in that year; capitals and spaces make no difference */
async function mustBeNew(transaction: Transaction, row: Subsidy, { number, date }: Order): Promise<void> {
  const orderYear = Number(date.slice(0, 4));
  const orderNumber = plain(number);
  const same = await transaction.tx.subsidy.findFirst({ where: { area: row.area, orderYear, orderNumber } });
  if (same)
    throw notNow('order_number_used', `Order ${number} of ${orderYear} is subsidy ${same.id}’s already.`);
}

async function tellOfOrder(transaction: Transaction, row: Subsidy, body: Order, from: string, to: string) {
  const params = { subsidy: row.id, number: body.number, date: body.date, from, to };
  const { programme, area } = row;
  await record(transaction, 'subsidy_ordered', aboutSubsidy(row), {
    ...params,
    programme,
    area,
    version: row.policyId,
  });
  await notify(transaction, {
    type: 'subsidy_ordered',
    to: toPayee(row),
    params: {
      ...params,
      programme: programmeOfPerson(row),
      ...(isPaidOnce(row) && { from: null, to: null }),
    },
  });
}

/** Opens a month's claim. Of a month of study the attendance may be known already. */
async function openMonth(transaction: Transaction, row: Subsidy, month: Month): Promise<void> {
  await openClaim(transaction, row, month);
  if (!isStipend(row)) return;
  const id = claimId(row.id, month);
  await judgeAttendance(inRow(transaction, subjectOf('claim', id)), id);
}

/**
 * Opens a claim for every past month without one, and awaits the next month. After the last month it awaits the closing of
 * the claims.
 */
export async function openDueClaims(transaction: Transaction, row: Subsidy): Promise<void> {
  const months = await monthsOfRow(transaction, row);
  const known = await transaction.tx.claim.findMany({
    where: { subsidyId: row.id, n: 0 },
    select: { month: true },
  });
  const opened = new Set(known.map(({ month }) => month));
  const left = await monthsHeldByOthers(transaction, row);
  const missing = months.filter((month) => !opened.has(month) && !left.has(month));
  for (const month of missing)
    if (opensOn(month) <= transaction.today) await openMonth(transaction, row, month);
  const next = missing.find((month) => opensOn(month) > transaction.today);
  await closeTasks(transaction, { kinds: ['next_claim', 'last_claims'] }, 'replaced');
  if (next !== undefined)
    await openTask(transaction, {
      ...placeOfSubsidy(row),
      kind: 'next_claim',
      ref: next,
      firesAt: at(opensOn(next), '00:00'),
    });
  else await endOrWait(transaction, row);
}

/** Opens the month that has come, and every earlier month without a claim. */
export async function openNextClaim(transaction: Transaction, id: string, task: Task): Promise<void> {
  await closeTasks(transaction, { kinds: ['next_claim'], ref: task.ref }, 'opened');
  await openDueClaims(transaction, await readSubsidy(transaction, id));
}

/** The months of a subsidy: of a stipend those with days of study. */
async function monthsOfRow(transaction: Transaction, row: Subsidy): Promise<Month[]> {
  if (!isStipend(row)) return paidMonths(row);
  return (await worthsOf(transaction, await withDays(transaction, row))).map(({ month }) => month);
}

/** The months of the period up to the last paid day. */
export function paidMonths({ periodFrom, periodTo, lastDay }: Subsidy): Month[] {
  if (periodFrom === null || periodTo === null) return [];
  return monthsOf({ from: periodFrom, to: periodTo }).filter(
    (month) => lastDay === null || month <= monthOf(lastDay),
  );
}

/** When every claim is closed, the subsidy has ended. Until then its last claims are awaited. */
export async function endOrWait(transaction: Transaction, row: Subsidy): Promise<void> {
  const open = await transaction.tx.claim.count({ where: { subsidyId: row.id, open: true } });
  const asks = await transaction.tx.task.count({
    where: {
      subject: transaction.subject,
      kind: { in: ['end_of_job', 'end_of_job_evidence'] },
      closedAt: null,
    },
  });
  if (open > 0 || asks > 0) {
    await openTask(transaction, { ...placeOfSubsidy(row), kind: 'last_claims' });
    return;
  }
  await closeTasks(transaction, {}, 'ended');
  await move(transaction, kindOf(row), row, row.stop === null ? 'ended' : 'stopped');
  await record(transaction, 'subsidy_ended', aboutSubsidy(row), numbered(row));
}

export async function lookAtLastClaims(transaction: Transaction, id: string): Promise<void> {
  const row = await readSubsidy(transaction, id);
  if (row.state !== 'running') return;
  if (isPaidOnce(row)) return endOrWait(transaction, row);
  await openDueClaims(transaction, row);
}

/**
 * Costs are paid once. Their amount uses the BHM on the order's date. An adaptation counts people still employed on that day
 * [PQ-4804]. A business must still be registered [measures §4].
 */
async function payOnce(transaction: Transaction, row: Subsidy): Promise<void> {
  const worth = await costsWorth(transaction, row);
  const { amount } = worth;
  if (isAdaptation(row)) await mustBeEnoughWorkers(transaction, row);
  const lineId = costsLine(row, transaction.today);
  const commitment = await transaction.tx.commitment.findFirst({ where: { subsidyId: row.id, month: '' } });
  await move(transaction, kindOf(row), row, 'running', { amount });
  await tellOfOrder(transaction, row, row.order as Order, row.appliedOn, row.appliedOn);
  await need(transaction, row.id, lineId, '', amount);
  await mustBeCovered(transaction, await readSubsidy(transaction, row.id));
  // A person has one start subsidy. Each adaptation of an employer is one of its own.
  const entitlementId = await entitlementFor(transaction, row, isStart(row) ? '' : row.id);
  await transaction.tx.entitlement.update({ where: { id: entitlementId }, data: { amount } });
  const isChecked = isCheckedBy('register', row);
  const id = paymentOf(row.id);
  await transaction.tx.claim.create({
    data: {
      id,
      subsidyId: row.id,
      month: '',
      entitlementId,
      lineId: commitment?.lineId ?? lineId,
      fund: row.fund,
      ...partiesOf(row.payee),
      area: row.area,
      state: isChecked ? 'checking' : 'ready',
      since: transaction.now,
      openedAt: transaction.now,
      revision: 1,
      amount,
      calculation: shownCosts(worth),
      checkPassed: !isChecked,
      policyId: row.policyId,
      correlationId: transaction.correlationId,
    },
  });
  const there = inRow(transaction, subjectOf('claim', id));
  const claim = await readClaim(there, id);
  await (isChecked ? askWhetherRegistered : awaitDecision)(there, claim);
  await openTask(transaction, { ...placeOfSubsidy(row), kind: 'last_claims' });
}

/** The steps of a calculation of costs, as their payees and auditors read them. */
export const shownCosts = ({ amount: _, ...worth }: CostsWorth): Json =>
  'costs' in worth
    ? { ...worth, costs: inNumbers(worth.costs) }
    : { ...worth, workplaces: worth.workplaces.map((each) => ({ ...each, ...inNumbers(each) })) };

const inNumbers = ({ accepted, amount, capped }: CappedCosts) => ({
  accepted: Number(accepted),
  amount: Number(amount),
  capped,
});
