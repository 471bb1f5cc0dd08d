import type { Objection } from '../../../contracts/application';
import type { Json } from '../../../prisma/db';
import { record } from '../../../records/kernel/events';
import { openDecision } from '../../../records/money/proposing';
import { move } from '../../../records/kernel/rows';
import { closeTasks } from '../../../records/kernel/tasks';
import type { Transaction } from '../../../records/kernel/transaction';

/** The employer objects to a correction downwards: the second person reads it before deciding [money §6]. */
export async function objection(transaction: Transaction, id: string, { words }: Objection): Promise<void> {
  await decide(transaction, id, { objection: { words, on: transaction.today } });
  const { employerId } = await transaction.tx.approval.findUniqueOrThrow({ where: { id } });
  await record(transaction, 'proposal_objected', { employerId }, { approval: id }, words);
}

/** The employer said nothing in time. */
export const objectionPassed = (transaction: Transaction, id: string): Promise<void> =>
  decide(transaction, id, {});

async function decide(transaction: Transaction, id: string, data: { objection?: Json }): Promise<void> {
  const row = await transaction.tx.approval.findUniqueOrThrow({ where: { id } });
  await closeTasks(transaction, { kinds: ['correction_objection'] }, data.objection ? 'objected' : 'passed');
  await openDecision(transaction, row);
  await move(transaction, 'approval', row, 'deciding', data);
}
