import { notify } from '../../records/kernel/notices';
import type { Transaction } from '../../records/kernel/transaction';

/**
 * Tells an official something about the row.
 *
 * @param id the official; null where the row has none
 * @param occasion tells one message about the row from the next
 */
export async function tellOfficial(
  transaction: Transaction,
  id: string | null,
  what: string,
  occasion = '',
): Promise<void> {
  if (id === null) return;
  const params = { subject: transaction.subject, what };
  await notify(transaction, { type: 'told', to: { kind: 'official', id }, params, occasion });
}
