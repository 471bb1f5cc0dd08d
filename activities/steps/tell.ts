import type { Saying } from '../../domain/words/notice-params';
import { notify, notifyOwner } from '../../records/kernel/notices';
import { type Opening, openTask, openWait } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';

/**
 * Tells an official something about the row.
 *
 * @param id the official; null where the row has none
 * @param occasion distinguishes one message about the row from the next
 */
export async function tellOfficial(
  transaction: Transaction,
  id: string | null,
  saying: Saying,
  occasion = '',
): Promise<void> {
  if (id === null) return;
  await notify(transaction, { ...saying, to: { kind: 'official', id }, occasion });
}

/** Opens a wait of the transaction's row. A message tells its owner at once. */
export async function askOwner(transaction: Transaction, opening: Omit<Opening, 'subject'>): Promise<void> {
  await openTask(transaction, opening);
  const task = await openWait(transaction, opening.kind, opening.ref ?? '');
  if (!task) throw new Error(`the wait ${opening.kind} of ${transaction.subject} is not open`);
  await notifyOwner(transaction, task, 'asked');
}
