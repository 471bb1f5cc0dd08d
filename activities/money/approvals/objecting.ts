import type { CorrectionObjection } from '../../../contracts/approval';
import { dayOf } from '../../../domain/day';
import type { Json } from '../../../prisma/db';
import type { Approval } from '../../../prisma/generated/client';
import { record } from '../../../records/kernel/events';
import { mustBeInTime } from '../../../records/kernel/in-time';
import { notInThisState } from '../../../records/kernel/refusal';
import { openDecision } from '../../../records/money/proposing';
import { move } from '../../../records/kernel/rows';
import { closeTasks } from '../../../records/kernel/tasks';
import type { Transaction } from '../../../records/kernel/transaction';

/**
 * The employer, or a person through their case manager, objects to a correction downwards. The second person reads the objection before deciding [money §6]. An
 * objection given in time counts even when it reaches the row later.
 */
export async function objection(
  transaction: Transaction,
  id: string,
  { words }: CorrectionObjection,
): Promise<void> {
  const row = await transaction.tx.approval.findUniqueOrThrow({ where: { id } });
  const said = { objection: { words, on: dayOf(transaction.givenAt) } };
  if (row.state === 'preparing') await decide(transaction, row, said);
  else await addLater(transaction, row, said);
  const { employerId } = row;
  await record(transaction, 'proposal_objected', { employerId }, { approval: id }, words);
}

async function addLater(transaction: Transaction, row: Approval, said: { objection: Json }): Promise<void> {
  if (row.objection !== null) throw notInThisState(row.state);
  await mustBeInTime(
    transaction,
    row.employerId === null ? 'persons_objection' : 'correction_objection',
    row,
  );
  await move(transaction, 'approval', row, 'deciding', said);
}

/** The employer did not object in time. */
export async function objectionPassed(transaction: Transaction, id: string): Promise<void> {
  await decide(transaction, await transaction.tx.approval.findUniqueOrThrow({ where: { id } }), {});
}

async function decide(transaction: Transaction, row: Approval, data: { objection?: Json }): Promise<void> {
  const kinds = ['correction_objection', 'persons_objection'] as const;
  await closeTasks(transaction, { kinds }, data.objection ? 'objected' : 'passed');
  await openDecision(transaction, row);
  await move(transaction, 'approval', row, 'deciding', data);
}
