import { move } from '../../records/kernel/rows';
import { openWait } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { amountIsSet } from '../../records/money/awaiting-law';
import type { RowHandlers } from '../row-handlers';
import { lookForFunds, reserveOrWait } from './deciding';
import { readSubsidy } from './read';
import { lookAtLastClaims, openNextClaim, order } from './running';

/** The wait is looked at monthly, and the person is told. When a version sets the amount, the stipend goes on [money §1]. */
export async function lookForAmount(transaction: Transaction, id: string): Promise<void> {
  const row = await amountIsSet(transaction, id);
  if (!row) return;
  await move(transaction, 'stipend', row, 'awaiting_funds');
  await reserveOrWait(transaction, await readSubsidy(transaction, id));
}

/** Money was added or released, or a claim was closed. */
async function reconsider(transaction: Transaction, id: string): Promise<void> {
  const row = await readSubsidy(transaction, id);
  if (row.state === 'awaiting_funds' || row.state === 'running') await reserveOrWait(transaction, row);
  if (await openWait(transaction, 'last_claims')) await lookAtLastClaims(transaction, id);
}

/** The stipend of a person who studies [measures §4]. */
export const stipendHandlers: RowHandlers<'stipend'> = {
  kind: 'stipend',
  commands: { order },
  steps: {
    lookForAmount,
    lookForMoney: lookForFunds,
    openClaim: openNextClaim,
    endsWithLast: lookAtLastClaims,
  },
  questions: {},
  reconsider,
};
