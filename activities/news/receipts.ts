import type { About } from '../../records/kernel/events';
import { rowOf } from '../../records/kernel/rows';
import type { Transaction } from '../../records/kernel/transaction';
import { settleNotice } from '../delivery';
import { locked, type Told } from './read';

/** Records a receipt of the gateway. `at`: the instant of the delivery. The receipt may come days later. */
export async function receipt(
  transaction: Transaction,
  { key, status, why, at }: Told<'receipt'>,
): Promise<About> {
  const notice = await transaction.tx.notice.findUnique({ where: { key } });
  if (!notice) return {};
  const row = rowOf(notice.subject);
  const here = row
    ? await locked(transaction, row.kind, row.id)
    : { ...transaction, subject: notice.subject };
  await settleNotice(here, notice, status, { why, at: new Date(at) });
  return {};
}
