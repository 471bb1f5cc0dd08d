import type { Transfer, TransferRequest } from '../../domain/commands';
import { contains } from '../../domain/soato';
import { record } from '../../records/kernel/events';
import { notify } from '../../records/kernel/notices';
import { notNow, Refusal, wrongField } from '../../records/kernel/refusal';
import { move } from '../../records/kernel/rows';
import { closeTasks, openTask } from '../../records/kernel/tasks';
import type { Unit } from '../../records/kernel/transaction';
import { giveWaits, managerOf } from '../../records/workers';
import { placeOf } from '../steps/place';
import { type CaseRow, readCase } from './read';

/**
 * The person moves, and the case goes along with its clocks: first it is offered to the case manager of the new mahalla (or,
 * where there is none, to that district's supervisor); the old one keeps it until it is taken over [pathway §3].
 */
export async function transfer(unit: Unit, id: string, body: Transfer): Promise<void> {
  const row = await readCase(unit, id);
  if ('takeOver' in body) return takeOver(unit, row);
  if (!contains(unit.actor.area, row.area) && row.managerId !== unit.actor.id)
    throw new Refusal(403, 'not_yours', 'The case is handed over by the area that has it.');
  if (body.to === row.area) return stays(unit, row, body.reason);
  if (body.to === row.movesTo) throw notNow('moving_already', `The case is offered to ${body.to} already.`);
  const mahalla = await unit.tx.territory.findUnique({ where: { code: body.to } });
  if (mahalla?.kind !== 'mahalla') throw wrongField('to', 'unknown_mahalla', 'There is no such mahalla.');

  const manager = await managerOf(unit, body.to);
  await closeTasks(unit, { kinds: ['transfer', 'transfer_request'] }, 'offered');
  await openTask(unit, { ...placeOf(row), area: body.to, assigneeId: manager, kind: 'transfer' });
  await move(unit, 'case', row, row.state, { movesTo: body.to });
  await record(unit, 'transfer_started', placeOf(row), { area: body.to, from: row.area }, body.reason);
  if (manager)
    await notify(unit, {
      type: 'told',
      to: { kind: 'official', id: manager },
      params: { subject: unit.subject, what: 'the person moved to your mahalla; take the case over' },
      occasion: `transfer-${unit.today}`,
    });
}

/** The person lives where the case is: what was offered or asked for ends, and the case stays. */
async function stays(unit: Unit, row: CaseRow, reason: string): Promise<void> {
  const closed = await closeTasks(unit, { kinds: ['transfer', 'transfer_request'] }, 'stays');
  if (closed === 0) throw wrongField('to', 'same_mahalla', 'The case is in this mahalla.');
  await move(unit, 'case', row, row.state, { movesTo: null });
  await record(unit, 'transfer_declined', placeOf(row), { area: row.area }, reason);
}

/** The new area has the case from now on, with all its open waits and their clocks as they are. */
async function takeOver(unit: Unit, row: CaseRow): Promise<void> {
  const { actor } = unit;
  const area = row.movesTo;
  if (area === null) throw notNow('nothing_to_take_over', 'The case is not offered to anybody.');
  if (!contains(actor.area, area))
    throw new Refusal(403, 'not_yours', 'The case is taken over by the area that the person moved to.');
  const managerId = actor.role === 'case_manager' ? actor.id : await managerOf(unit, area);
  await closeTasks(unit, { kinds: ['transfer', 'transfer_request'] }, 'taken_over');
  await move(unit, 'case', row, row.state, { area, managerId, movesTo: null });
  await unit.tx.person.update({ where: { id: row.personId }, data: { mahalla: area } });
  await unit.tx.referral.updateMany({ where: { caseId: row.id }, data: { area } });
  await unit.tx.employment.updateMany({ where: { caseId: row.id }, data: { area } });
  await giveWaits(unit, { ...row, area, managerId }, row.managerId);
  // The registers' and clocks' waits have no owner to move, but lie in the new area.
  await unit.tx.task.updateMany({
    where: { caseId: row.id, closedAt: null, role: { in: ['register', 'clock'] }, area: row.area },
    data: { area },
  });
  await record(unit, 'transferred', placeOf(row), { area, from: row.area });
}

/** Another mahalla's case manager asks for the case of a person who lives there now. */
export async function askTransfer(unit: Unit, id: string, { to }: TransferRequest): Promise<void> {
  const row = await readCase(unit, id);
  if (to === row.area) throw wrongField('to', 'same_mahalla', 'The case is in this mahalla.');
  if (!contains(unit.actor.area, to))
    throw new Refusal(403, 'not_yours', 'A case is asked for by the area that it would go to.');
  const asked = await unit.tx.task.count({
    where: { subject: unit.subject, kind: 'transfer_request', ref: to, closedAt: null },
  });
  if (asked > 0 || row.movesTo === to) return;
  await openTask(unit, { ...placeOf(row), kind: 'transfer_request', ref: to });
  await move(unit, 'case', row, row.state);
  await record(unit, 'transfer_requested', placeOf(row), { area: to });
}
