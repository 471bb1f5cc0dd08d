import { notify, notifyOwner } from '../../records/kernel/notices';
import { openTask } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { placeOf } from '../steps/place';
import type { CaseRow } from './read';

/** Asks for the supervisor's yes. A message tells the supervisor at once. */
export async function askSupervisor(
  transaction: Transaction,
  row: CaseRow,
  kind: 'referral_consent' | 'closure_consent',
  ref = '',
): Promise<void> {
  await openTask(transaction, { ...placeOf(row), kind, ref });
  const { subject } = transaction;
  const task = await transaction.tx.task.findFirstOrThrow({ where: { subject, kind, ref, closedAt: null } });
  await notifyOwner(transaction, task, 'asked');
}

/** Tells the case manager of the supervisor's no. The reason is on record and not in the message. */
export async function tellOfNo(
  transaction: Transaction,
  row: CaseRow,
  what: 'closure' | 'referral',
): Promise<void> {
  if (!row.managerId) return;
  await notify(transaction, {
    type: 'supervisors_no',
    to: { kind: 'official', id: row.managerId },
    params: { what },
    occasion: transaction.now.toISOString(),
  });
}
