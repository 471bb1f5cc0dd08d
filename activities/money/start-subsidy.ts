import type { StartReview } from '../../contracts/start-subsidy';
import { tookPart } from '../../records/kernel/participations';
import { closeTasks, openWait } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { amountIsSet, isLawAwaited, waitForLaw } from '../../records/money/awaiting-law';
import type { RowHandlers } from '../row-handlers';
import { decide, lookForFunds, refuseSubsidy, reserveOrWait } from './deciding';
import { readSubsidy } from './read';
import { lookAtLastClaims, order } from './running';
import { tellManager } from './start-ends';
import { beginStartReview } from './start-subsidies';

/** The supervisor accepts the costs, whole or in part, or refuses them. Refused documents may be named again. */
async function review(transaction: Transaction, id: string, body: StartReview): Promise<void> {
  const row = await readSubsidy(transaction, id);
  if (body.outcome === 'refuse') {
    await tookPart(transaction, 'reviewed');
    await refuseSubsidy(transaction, row, { code: 'other', words: body.grounds, by: transaction.actor.id });
    return tellManager(transaction, row, { type: 'start_refused', params: {} });
  }
  if (await isLawAwaited(transaction, row)) {
    await closeTasks(transaction, { kinds: ['start_review'] }, 'amount_not_set');
    return waitForLaw(transaction, row);
  }
  await tookPart(transaction, 'reviewed');
  await closeTasks(transaction, { kinds: ['start_review'] }, 'proposed');
  await decide(transaction, row, body);
}

/** The wait is looked at monthly, and the person is told. When a version sets the cap, the costs are reviewed [money §1]. */
export async function lookForCap(transaction: Transaction, id: string): Promise<void> {
  const row = await amountIsSet(transaction, id);
  if (row) await beginStartReview(transaction, row);
}

/** Money was added or released, or the payment was closed. */
async function reconsider(transaction: Transaction, id: string): Promise<void> {
  const row = await readSubsidy(transaction, id);
  if (row.state === 'awaiting_funds' || row.state === 'running') await reserveOrWait(transaction, row);
  if (await openWait(transaction, 'last_claims')) await lookAtLastClaims(transaction, id);
}

/** The start subsidy of an own business [measures §3]. */
export const startSubsidyHandlers: RowHandlers<'start-subsidy'> = {
  kind: 'start-subsidy',
  commands: { review, order },
  steps: { lookForCap, lookForMoney: lookForFunds, endsWithPayment: lookAtLastClaims },
  questions: {},
  reconsider,
};
