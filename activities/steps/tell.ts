import type { Saying } from '../../domain/words/notice-params';
import { notify } from '../../records/kernel/notices';
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
