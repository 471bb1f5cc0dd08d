import { notify, notifyOwner } from '../../records/kernel/notices';
import { openTask } from '../../records/kernel/tasks';
import type { Unit } from '../../records/kernel/transaction';
import { placeOf } from '../steps/place';
import type { CaseRow } from './read';

/** Asks for the supervisor's yes and tells who owes it, in a message at once. */
export async function askSupervisor(
  unit: Unit,
  row: CaseRow,
  kind: 'referral_consent' | 'closure_consent',
  ref = '',
): Promise<void> {
  await openTask(unit, { ...placeOf(row), kind, ref });
  const { subject } = unit;
  const task = await unit.tx.task.findFirstOrThrow({ where: { subject, kind, ref, closedAt: null } });
  await notifyOwner(unit, task, 'asked');
}

/** Tells the case manager of the supervisor's no; its reason stands in the service. */
export async function tellOfNo(unit: Unit, row: CaseRow, what: string): Promise<void> {
  if (!row.managerId) return;
  await notify(unit, {
    type: 'supervisors_no',
    to: { kind: 'official', id: row.managerId },
    params: { subject: unit.subject, what },
    occasion: unit.now.toISOString(),
  });
}
