import type { Objection } from '../../../domain/money/commands';
import type { Json } from '../../../prisma/db';
import { record } from '../../../records/kernel/events';
import { openDecision } from '../../../records/money/proposing';
import { move } from '../../../records/kernel/rows';
import { closeTasks } from '../../../records/kernel/tasks';
import type { Unit } from '../../../records/kernel/transaction';

/** The employer objects to a correction downwards: the second person reads it before deciding [money §6]. */
export async function objection(unit: Unit, id: string, { words }: Objection): Promise<void> {
  await decide(unit, id, { objection: { words, on: unit.today } });
  const { employerId } = await unit.tx.approval.findUniqueOrThrow({ where: { id } });
  await record(unit, 'proposal_objected', { employerId }, { approval: id }, words);
}

/** The employer said nothing in time. */
export const objectionPassed = (unit: Unit, id: string): Promise<void> => decide(unit, id, {});

async function decide(unit: Unit, id: string, data: { objection?: Json }): Promise<void> {
  const row = await unit.tx.approval.findUniqueOrThrow({ where: { id } });
  await closeTasks(unit, { kinds: ['correction_objection'] }, data.objection ? 'objected' : 'passed');
  await openDecision(unit, row);
  await move(unit, 'approval', row, 'deciding', data);
}
