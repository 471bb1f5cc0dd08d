import { type Day, dayOf } from '../../../domain/day';
import type { Tx } from '../../../prisma/db';
import { Prisma, type Task } from '../../../prisma/generated/client';
import type { ObligationKind } from '../../../domain/obligations';
import { columnsOf } from '../columns';
import type { Transaction } from '../transaction';

const COLUMNS = columnsOf(Prisma.TaskScalarFieldEnum, 'tasks');

/** A wait, open or closed; null if there is none with this number. */
export async function waitOf(tx: Pick<Tx, '$queryRaw'>, id: bigint): Promise<Task | null> {
  const [task = null] = await tx.$queryRaw<Task[]>`SELECT ${COLUMNS} FROM tasks WHERE id = ${id}`;
  return task;
}

/** The subject's open wait of a kind; of several the one that was opened first. */
export async function openWait(
  { tx, subject }: Pick<Transaction, 'tx' | 'subject'>,
  kind: ObligationKind,
  ref?: string,
): Promise<Task | null> {
  const about = ref === undefined ? Prisma.empty : Prisma.sql`AND ref = ${ref}`;
  const [task = null] = await tx.$queryRaw<Task[]>`
    SELECT ${COLUMNS} FROM tasks
    WHERE subject = ${subject} AND kind = ${kind} AND closed_at IS NULL ${about} ORDER BY id LIMIT 1`;
  return task;
}

/** The day on which the subject's open wait of a kind is due; null if no such wait is open, or it has no due instant. */
export async function dueDay(
  transaction: Pick<Transaction, 'tx' | 'subject'>,
  kind: ObligationKind,
): Promise<Day | null> {
  const due = (await openWait(transaction, kind))?.due;
  return due ? dayOf(due) : null;
}
