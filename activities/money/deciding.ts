import type { AdaptationApplication, AdaptationReview } from '../../contracts/adaptation';
import type { WageReview } from '../../contracts/subsidy';
import type { StaffSnapshot } from '../../domain/money/above-quota';
import type { Json } from '../../prisma/db';
import type { Subsidy } from '../../prisma/generated/client';
import { record } from '../../records/kernel/events';
import { giveUpCosts } from '../../records/money/applying';
import { barredFrom } from '../../records/kernel/participations';
import { type Reason, refuse } from '../../records/money/refusing';
import { adaptationWorth } from '../../records/money/terms';
import { mustBeEnoughWorkers } from '../../records/money/workplaces';
import { nameWorkers, workersOf } from '../../records/money/worker';
import { notify } from '../../records/kernel/notices';
import { notNow, wrongField } from '../../records/kernel/refusal';
import { move } from '../../records/kernel/rows';
import { closeTasks, openTask, openWait } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { toPayee } from '../../records/money/payees';
import { adaptationLine, need, needForMonths, reserve } from './funding';
import { aboutSubsidy, isAdaptation, kindOf, numbered, placeOfSubsidy, readSubsidy } from './read';

/** The body of a review, of either kind of subsidy. */
export type Review = WageReview & AdaptationReview;

/** The review proposes the subsidy. Its need is recorded and reserved before the order [money §3]. */
export async function decide(
  transaction: Transaction,
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
  await nameWorkers(transaction, workersOf(row), names);
  await move(transaction, kindOf(row), row, 'awaiting_funds', {
    review: body as Json,
    decidedAt: transaction.givenAt,
    ...(snapshot && { snapshot: snapshot as Json }),
  });
  await record(transaction, 'subsidy_proposed', aboutSubsidy(row), { subsidy: row.id }, body.words);
  const decided = await readSubsidy(transaction, row.id);
  if (isAdaptation(decided)) await mustBeWorthSomething(transaction, decided);
  if (isAdaptation(decided)) await mustBeEnoughWorkers(transaction, decided);
  await reserveOrWait(transaction, decided);
}

/** @throws Refusal 409 for an adaptation with accepted costs below one whole so'm [money §2] */
async function mustBeWorthSomething(transaction: Transaction, row: Subsidy): Promise<void> {
  const { amount } = await adaptationWorth(transaction, row);
  if (amount === 0n)
    throw notNow(
      'nothing_accepted',
      'Nothing of the costs is accepted: refuse the application, with the grounds.',
    );
}

/** Sets the need of a subsidy to today's, before its order. It no longer waits for a line of a past year. */
async function needNow(transaction: Transaction, row: Subsidy): Promise<void> {
  if (!isAdaptation(row)) return needForMonths(transaction, row);
  const { amount } = await adaptationWorth(transaction, row);
  await need(transaction, row.id, adaptationLine(row, transaction.today), '', amount);
}

/**
 * Reserves the missing money, or waits for it. A new subsidy goes on to its order. A subsidy that needs more for its order
 * than was reserved waits again. A running subsidy is topped up.
 */
export async function reserveOrWait(transaction: Transaction, row: Subsidy): Promise<void> {
  if (row.state === 'awaiting_funds') await needNow(transaction, row);
  const whole = await reserve(transaction, row);
  const waits = await openWait(transaction, 'funds');
  if (!whole) {
    if (waits) return;
    if (row.state === 'ordering') {
      await closeTasks(transaction, { kinds: ['signing'] }, 'uncovered');
      await move(transaction, kindOf(row), row, 'awaiting_funds');
    }
    await openTask(transaction, { ...placeOfSubsidy(row), kind: 'funds' });
    return tellOfFunds(transaction, row);
  }
  await closeTasks(transaction, { kinds: ['funds'] }, 'reserved');
  if (row.state !== 'awaiting_funds') return;
  await openTask(transaction, {
    ...placeOfSubsidy(row),
    kind: 'signing',
    barred: await barredFrom(transaction.tx, 'order', [transaction.subject]),
  });
  await move(transaction, kindOf(row), row, 'ordering');
  await record(transaction, 'reserved', aboutSubsidy(row), numbered(row));
}

/** The wait for money is looked at monthly, and the payee is told. */
export async function lookForFunds(transaction: Transaction, id: string): Promise<void> {
  const row = await readSubsidy(transaction, id);
  await closeTasks(transaction, { kinds: ['funds'] }, 'looked_at');
  await reserveOrWait(transaction, row);
}

async function tellOfFunds(transaction: Transaction, row: Subsidy): Promise<void> {
  await record(transaction, 'awaiting_funds', aboutSubsidy(row), numbered(row));
  await notify(transaction, {
    type: 'awaiting_funds',
    to: toPayee(row),
    params: { subsidy: row.id },
    occasion: transaction.today,
  });
}

/** Refuses an application. The workplaces and papers of an adaptation may be named again. */
export async function refuseSubsidy(transaction: Transaction, row: Subsidy, reason: Reason): Promise<void> {
  await closeTasks(transaction, {}, 'refused');
  await refuse(transaction, row, reason);
  if (isAdaptation(row)) await giveUpCosts(transaction, row.id);
}
