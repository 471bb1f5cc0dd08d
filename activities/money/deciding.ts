import type { AdaptationApplication, AdaptationReview } from '../../contracts/adaptation';
import type { WageReview } from '../../contracts/subsidy';
import type { StaffSnapshot } from '../../domain/money/above-quota';
import { isPaidOnce } from '../../domain/policy';
import type { Json } from '../../prisma/db';
import type { Subsidy } from '../../prisma/generated/client';
import { record } from '../../records/kernel/events';
import { giveUpCosts } from '../../records/money/costs';
import { barredFrom } from '../../records/kernel/participations';
import { type Reason, refuse } from '../../records/money/refusing';
import { costsWorth } from '../../records/money/terms';
import { mustBeEnoughWorkers } from '../../records/money/workplaces';
import { nameWorkers, workersOf } from '../../records/money/worker';
import { notify } from '../../records/kernel/notices';
import { notNow, wrongField } from '../../records/kernel/refusal';
import { move } from '../../records/kernel/rows';
import { closeTasks, openTask, openWait } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { programmeOfPerson, toPayee } from '../../records/money/payees';
import { costsLine, need, needForMonths, reserve } from './funding';
import { aboutSubsidy, isAdaptation, kindOf, numbered, placeOfSubsidy, readSubsidy, signingOf } from './read';

/** The body of a review, of any kind of subsidy. */
export type Review = WageReview & AdaptationReview;

/** A review that proposes the subsidy. */
type Proposal = Pick<Review & { outcome: 'propose' }, 'outcome' | 'accepted' | 'words'> & {
  names?: Record<string, string>;
};

/** The review proposes the subsidy. Its need is recorded and reserved before the order [money §3]. */
export async function decide(
  transaction: Transaction,
  row: Subsidy,
  { names, ...body }: Proposal,
  snapshot: StaffSnapshot | null = null,
): Promise<void> {
  if (isPaidOnce(row)) {
    const { costs } = row.application as Pick<AdaptationApplication, 'costs'>;
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
  await record(transaction, 'subsidy_proposed', aboutSubsidy(row), numbered(row), body.words);
  const decided = await readSubsidy(transaction, row.id);
  if (isPaidOnce(decided)) await mustBeWorthSomething(transaction, decided);
  if (isAdaptation(decided)) await mustBeEnoughWorkers(transaction, decided);
  await reserveOrWait(transaction, decided);
}

/** @throws Refusal 409 for accepted costs below one whole so'm [money §2] */
async function mustBeWorthSomething(transaction: Transaction, row: Subsidy): Promise<void> {
  const { amount } = await costsWorth(transaction, row);
  if (amount === 0n)
    throw notNow(
      'nothing_accepted',
      'Nothing of the costs is accepted: refuse the application, with the grounds.',
    );
}

/** Sets the need of a subsidy to today's, before its order. It no longer waits for a line of a past year. */
async function needNow(transaction: Transaction, row: Subsidy): Promise<void> {
  if (!isPaidOnce(row)) return needForMonths(transaction, row);
  const { amount } = await costsWorth(transaction, row);
  await need(transaction, row.id, costsLine(row, transaction.today), '', amount);
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
      await closeTasks(transaction, { kinds: [signingOf(row)] }, 'uncovered');
      await move(transaction, kindOf(row), row, 'awaiting_funds');
    }
    await openTask(transaction, { ...placeOfSubsidy(row), kind: 'funds' });
    return tellOfFunds(transaction, row);
  }
  await closeTasks(transaction, { kinds: ['funds'] }, 'reserved');
  if (row.state !== 'awaiting_funds') return;
  await openTask(transaction, {
    ...placeOfSubsidy(row),
    kind: signingOf(row),
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
    params: { subsidy: row.id, programme: programmeOfPerson(row) },
    occasion: transaction.today,
  });
}

/** Refuses an application. Its workplaces and papers may be named again. */
export async function refuseSubsidy(transaction: Transaction, row: Subsidy, reason: Reason): Promise<void> {
  await closeTasks(transaction, {}, 'refused');
  await refuse(transaction, row, reason);
  if (isPaidOnce(row)) await giveUpCosts(transaction, row.id);
}
