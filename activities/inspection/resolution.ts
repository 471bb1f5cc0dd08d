import type { Extension, Resolution } from '../../contracts/inspection';
import { type Day, dayOf } from '../../domain/day';
import { dueOf } from '../../domain/deadline';
import type { Json } from '../../prisma/db';
import { record } from '../../records/kernel/events';
import { notify } from '../../records/kernel/notices';
import { policyNumber, rulesSaySo, versionOf } from '../../records/kernel/policy-numbers';
import { wrongField } from '../../records/kernel/refusal';
import { move } from '../../records/kernel/rows';
import { closeTasks, dueDay, extendTask, lengthNow, openTask } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { checkStart } from '../referral/received';
import { close, occasionOf, tellOutcome } from './closing';
import { about, placeOf, readInspection, type WholeInspection } from './read';
import { withExtension } from './steps';

export async function resolution(transaction: Transaction, id: string, body: Resolution): Promise<void> {
  const row = await readInspection(transaction, id);
  await closeTasks(transaction, { kinds: ['resolution', 'explanation'] }, body.resolution);
  const entered = {
    ...body,
    by: transaction.actor.id,
    withdrawableUntil: await withdrawableUntil(transaction),
  };
  const resolved = { resolution: entered as Json, resolvedAt: transaction.givenAt };
  if (body.resolution === 'settled') return settle(transaction, row, body.startOn, resolved);
  if (body.resolution === 'directed') return direct(transaction, row, body, resolved);
  await close(transaction, row, body.resolution, resolved);
  await record(
    transaction,
    body.resolution === 'justified' ? 'inspection_justified' : 'inspection_unjustified',
    about(row),
    { inspection: id, ...('code' in body && { code: body.code }) },
    body.grounds,
  );
  const { ground } = row;
  const { grounds } = body;
  await tellOutcome(
    transaction,
    row,
    body.resolution,
    body.resolution === 'justified'
      ? { type: 'person_justified', params: { ground: row.ground, grounds } }
      : { type: 'person_unjustified', params: { ground, grounds } },
    grounds,
  );
}

/** The last day on which a resolution of today can be withdrawn as a mistake [pathway §6]. */
async function withdrawableUntil(transaction: Transaction): Promise<Day> {
  const rule = { from: transaction.today, length: await lengthNow(transaction, 'resolutionWithdrawal') };
  return dayOf(dueOf(rule, await transaction.calendar()));
}

/** @param answeredOn the day of the employer's answer. The start is not before this day, and the time runs from this day. */
export async function settle(
  transaction: Transaction,
  row: WholeInspection,
  startOn: Day,
  data: object,
  answeredOn: Day = dayOf(transaction.givenAt),
): Promise<void> {
  const told = { inspection: row.id, ground: row.ground };
  if (row.ground === 'conditions') {
    await close(transaction, row, 'complied', data);
    await record(transaction, 'inspection_settled', about(row), { ...told, startOn });
    return tellOfSettlement(transaction, row, startOn);
  }
  await checkStart(transaction, startOn, answeredOn);
  await openTask(transaction, {
    ...placeOf(row),
    kind: 'compliance',
    from: answeredOn,
    length: await lengthNow(transaction, 'contract'),
    notBefore: startOn,
  });
  await move(transaction, 'inspection', row, 'settled', { ...data, startOn });
  await record(transaction, 'inspection_settled', about(row), { ...told, startOn });
  await tellOfSettlement(transaction, row, startOn);
}

const tellOfSettlement = (transaction: Transaction, row: WholeInspection, startOn: Day): Promise<void> =>
  tellOutcome(transaction, row, 'settled', {
    type: 'person_settled',
    params: { ground: row.ground, startOn },
  });

async function direct(
  transaction: Transaction,
  row: WholeInspection,
  body: Resolution & { resolution: 'directed' },
  data: object,
): Promise<void> {
  await openTask(transaction, { ...placeOf(row), kind: 'compliance' });
  await move(transaction, 'inspection', row, 'directed', data);
  await record(
    transaction,
    'inspection_directed',
    about(row),
    { inspection: row.id, number: body.number },
    body.grounds,
  );
  const { ground } = row;
  const due = await dueDay(transaction, 'compliance');
  await notify(transaction, {
    type: 'directive',
    to: { kind: 'employer', id: row.employerId },
    params: { inspection: row.id, ground, number: body.number, due },
    occasion: occasionOf(row),
  });
  await tellOutcome(
    transaction,
    row,
    'directed',
    { type: 'person_directed', params: { ground, due } },
    body.grounds,
  );
}

export async function extension(transaction: Transaction, id: string, body: Extension): Promise<void> {
  const row = await readInspection(transaction, id);
  const most = await policyNumber(transaction, 'inspectionExtensionMax');
  if (body.days > most.n)
    throw wrongField('days', 'too_long', `At most ${most.words}.${rulesSaySo(most, transaction)}`);
  await extendTask(transaction, 'resolution', { n: body.days, unit: 'workingDays' });
  const steps = withExtension(transaction, row, body);
  await move(transaction, 'inspection', row, 'examining', { steps });
  await record(
    transaction,
    'inspection_extended',
    about(row),
    { inspection: id, days: body.days, ...versionOf(most) },
    body.reason,
  );
}
