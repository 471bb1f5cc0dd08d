import type { About } from '../../records/kernel/events';
import { askTwiceADay, closeTasks, openTask } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import type { WagesAnswer } from '../../registers/tax';
import type { OrderAnswer } from '../../registers/treasury';
import { placeOfClaim, readClaim } from '../money/claims';
import { heedAnswer } from '../money/paying/answer';
import { paymentOf } from '../money/paying/payments';
import { askForWages, isReopened, wagesOf, wagesOfDecided } from '../money/wages';
import type { Question } from '../row-handlers';
import { promptQuestion } from '../steps/prompt';
import { closeUnlessWaiting } from './closing';
import { locked, pairOf, type Told } from './read';

/**
 * The claims of this month ask for its wages now, even after an earlier answer. For a claim that is paid, or on its way to
 * payment, the question belongs to the news, because a correction follows [money §6].
 */
export async function wagesCorrected(
  transaction: Transaction,
  told: Told<'wages_corrected'>,
): Promise<About> {
  const pair = await pairOf(transaction, told);
  if (!pair) return {};
  const { personId, employerId } = pair;
  const claims = await transaction.tx.claim.findMany({
    where: { month: told.month, n: 0, employerId, subsidy: { personId, programme: 'above_quota' } },
    select: { id: true },
  });
  for (const { id } of claims) {
    const here = await locked(transaction, 'claim', id);
    if (await promptQuestion(here, ['wages_answer'])) continue;
    const claim = await readClaim(here, id);
    if (claim.declaration === null) continue;
    if (isReopened(claim)) await askForWages(here, claim);
    else
      await openTask(transaction, {
        ...placeOfClaim(claim),
        kind: 'wages_answer',
        ref: id,
        firesAt: transaction.now,
      });
  }
  return pair;
}

export const paymentSettled = (transaction: Transaction, { key }: Told<'payment_settled'>): Promise<About> =>
  promptPayment(transaction, key, 'settled');

export const paymentReturned = (
  transaction: Transaction,
  { key }: Told<'payment_returned'>,
): Promise<About> => promptPayment(transaction, key, 'returned');

/**
 * Asks the treasury now for the state of an order. A claim that waits for the answer asks. If no claim waits and the news
 * differs from the record, the question belongs to the news [money §5].
 */
async function promptPayment(transaction: Transaction, key: string, says: string): Promise<About> {
  const found = await transaction.tx.payment.findUnique({ where: { key }, include: { claim: true } });
  if (!found) return {};
  const { id, area, fund, employerId } = found.claim;
  const here = await locked(transaction, 'claim', id);
  const { state } = await transaction.tx.payment.findUniqueOrThrow({ where: { key } });
  if (!(await promptQuestion(here, ['payment_answer'])) && state !== says)
    await openTask(transaction, { area, fund, employerId, kind: 'payment_answer', ref: key });
  return { employerId };
}

/** The awaited statements are asked for now, because one statement contains the receipt. */
export async function incoming(transaction: Transaction): Promise<About> {
  const waiting = await transaction.tx.statement.findMany({
    where: { state: 'asking' },
    select: { id: true },
  });
  for (const { id } of waiting)
    await promptQuestion(await locked(transaction, 'statement', id), ['statement_answer']);
  return {};
}

/** The accrued wages of a decided month. The answer is newer than the answer by which the month was paid. */
export const wagesQuestion: Question = {
  ask: ({ tax }, { tx }, _id, { ref }) => wagesOf(tax, tx, ref),
  async onAnswer(transaction, id, task, answer) {
    const here = await locked(transaction, 'claim', task.ref);
    const claim = await readClaim(here, task.ref);
    if (!(await wagesOfDecided(here, claim, answer as WagesAnswer))) return askTwiceADay(transaction, task);
    await closeTasks(transaction, { kinds: ['wages_answer'], ref: task.ref }, answer.answer);
    await closeUnlessWaiting(transaction, id);
  },
};

/** The state of an order about which the claim no longer asks, for example a settled order that came back. */
export const paymentQuestion: Question = {
  ask: ({ treasury }, _transaction, _id, { ref }) => treasury.order(ref),
  async onAnswer(transaction, id, { ref: key }, answer) {
    const { claimId } = await transaction.tx.payment.findUniqueOrThrow({ where: { key } });
    const here = await locked(transaction, 'claim', claimId);
    const payment = await paymentOf(transaction, key);
    await heedAnswer(here, await readClaim(here, claimId), payment, answer as OrderAnswer);
    await closeTasks(transaction, { kinds: ['payment_answer'], ref: key }, answer.answer);
    await closeUnlessWaiting(transaction, id);
  },
};
