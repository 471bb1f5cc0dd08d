import type { Transfer, TransferRequest } from '../../contracts/case';
import { contains } from '../../domain/soato';
import { recordChange } from '../../records/kernel/changes';
import { record } from '../../records/kernel/events';
import { notNow, Refusal, wrongField } from '../../records/kernel/refusal';
import { move } from '../../records/kernel/rows';
import { closeTasks, openTask, openWait } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { giveWaits, managerOf } from '../../records/workers';
import { placeOf } from '../steps/place';
import { tellOfficial } from '../steps/tell';
import { movedInMeasures } from '../steps/measures-in-life';
import { type CaseRow, readCase } from './read';
import { moveWords } from '../../records/words-to-explain';

/**
 * The person moves, and the case moves with its clocks [pathway §3]. First the case is offered to the case manager of the new
 * mahalla. Without a case manager there it is offered to that district's supervisor. The old case manager keeps the case until
 * the takeover.
 */
export async function transfer(transaction: Transaction, id: string, body: Transfer): Promise<void> {
  const row = await readCase(transaction, id);
  if ('takeOver' in body) return takeOver(transaction, row);
  if (body.to === row.area) return stays(transaction, row, body.reason);
  if (body.to === row.movesTo) throw notNow('moving_already', `The case is offered to ${body.to} already.`);
  const mahalla = await transaction.tx.territory.findUnique({ where: { code: body.to } });
  if (mahalla?.kind !== 'mahalla') throw wrongField('to', 'unknown_mahalla', 'There is no such mahalla.');

  const manager = await managerOf(transaction, body.to);
  await closeTasks(transaction, { kinds: ['transfer', 'transfer_request'] }, 'offered');
  await openTask(transaction, { ...placeOf(row), area: body.to, assigneeId: manager, kind: 'transfer' });
  await move(transaction, 'case', row, row.state, { movesTo: body.to });
  await record(transaction, 'transfer_started', placeOf(row), { area: body.to, from: row.area }, body.reason);
  await tellOfficial(
    transaction,
    manager,
    { type: 'case_offered', params: {} },
    `transfer-${transaction.today}`,
  );
}

/** The person lives in the case's area. The offer or request of a transfer ends, and the case stays. */
async function stays(transaction: Transaction, row: CaseRow, reason: string): Promise<void> {
  const closed = await closeTasks(transaction, { kinds: ['transfer', 'transfer_request'] }, 'stays');
  if (closed === 0) throw wrongField('to', 'same_mahalla', 'The case is in this mahalla.');
  await move(transaction, 'case', row, row.state, { movesTo: null });
  await record(transaction, 'transfer_declined', placeOf(row), { area: row.area }, reason);
}

/** The new area has the case from now on, with all its open waits. Their clocks stay as they are. */
async function takeOver(transaction: Transaction, row: CaseRow): Promise<void> {
  const { actor } = transaction;
  const area = row.movesTo;
  if (area === null) throw new Error('the case is offered to nobody');
  const managerId = actor.role === 'case_manager' ? actor.id : await managerOf(transaction, area);
  await closeTasks(transaction, { kinds: ['transfer', 'transfer_request'] }, 'taken_over');
  await move(transaction, 'case', row, row.state, { area, managerId, movesTo: null });
  await livesIn(transaction, row.personId, area);
  await transaction.tx.referral.updateMany({ where: { caseId: row.id }, data: { area } });
  await transaction.tx.employment.updateMany({ where: { caseId: row.id }, data: { area } });
  await movedInMeasures(transaction, row.id, area);
  await giveWaits(transaction, { ...row, area, managerId }, row.managerId);
  await moveWords(transaction, area);
  // The waits of registers and clocks have no owner, so only their area changes.
  await transaction.tx.task.updateMany({
    where: { caseId: row.id, closedAt: null, role: { in: ['register', 'clock'] }, area: row.area },
    data: { area },
  });
  await record(transaction, 'transferred', placeOf(row), { area, from: row.area });
}

async function livesIn(transaction: Transaction, id: string, mahalla: string): Promise<void> {
  const before = await transaction.tx.person.findUniqueOrThrow({ where: { id } });
  await transaction.tx.person.update({ where: { id }, data: { mahalla } });
  const about = { personId: id };
  await recordChange(transaction, { kind: 'person', key: id, before, said: { mahalla }, about });
}

/** Another mahalla's case manager asks for the case of a person who lives there now. */
export async function askTransfer(
  transaction: Transaction,
  id: string,
  { to }: TransferRequest,
): Promise<void> {
  const row = await readCase(transaction, id);
  if (to === row.area) throw wrongField('to', 'same_mahalla', 'The case is in this mahalla.');
  if (!contains(transaction.actor.area, to))
    throw new Refusal(403, 'not_yours', 'A case is asked for by the area that it would go to.');
  const asked = await openWait(transaction, 'transfer_request', to);
  if (asked || row.movesTo === to) return;
  await openTask(transaction, { ...placeOf(row), kind: 'transfer_request', ref: to });
  await move(transaction, 'case', row, row.state);
  await record(transaction, 'transfer_requested', placeOf(row), { area: to });
}
