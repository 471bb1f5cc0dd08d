import type { MeasureTaken } from '../../contracts/inspection';
import type { Json } from '../../prisma/db';
import { record } from '../../records/kernel/events';
import { notify } from '../../records/kernel/notices';
import { wrongField } from '../../records/kernel/refusal';
import { move } from '../../records/kernel/rows';
import { closeTasks, openTask } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { tellOfficial } from '../steps/tell';
import { close, overtakeWithdrawal } from './closing';
import { about, placeOf, readInspection, type WholeInspection } from './read';

/** The employer broke the settlement or the directive. A measure follows [S: today nothing follows]. */
export async function breach(transaction: Transaction, row: WholeInspection): Promise<void> {
  await closeTasks(transaction, {}, 'breached');
  await openTask(transaction, { ...placeOf(row), kind: 'measure' });
  await move(transaction, 'inspection', row, 'breached', { breachedAt: transaction.now });
  await overtakeWithdrawal(transaction, row, 'breached');
  await record(transaction, 'inspection_breached', about(row), { inspection: row.id });
  await notify(transaction, {
    type: 'breach',
    to: { kind: 'employer', id: row.employerId },
    params: { inspection: row.id, ground: row.ground },
  });
  await tellOfficial(transaction, row.managerId, {
    type: 'breach_told',
    params: { inspection: row.id, ground: row.ground },
  });
}

export async function measure(transaction: Transaction, id: string, body: MeasureTaken): Promise<void> {
  const row = await readInspection(transaction, id);
  if ('on' in body && body.on > transaction.today)
    throw wrongField('on', 'impossible_day', 'A measure that was taken does not lie in the future.');
  await close(transaction, row, 'measured', { measure: body as Json, measuredAt: transaction.now });
  if ('none' in body) await record(transaction, 'no_measure', about(row), { inspection: id }, body.reason);
  else
    await record(transaction, 'measure_taken', about(row), {
      inspection: id,
      kind: body.kind,
      number: body.number,
      on: body.on,
    });
  await tellOfficial(transaction, row.managerId, {
    type: 'measure_told',
    params: { inspection: row.id, none: 'none' in body ? 'yes' : 'no' },
  });
}
