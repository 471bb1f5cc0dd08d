import { obligation, type ObligationKind } from '../../domain/obligations';
import type { Task } from '../../prisma/generated/client';
import { move } from '../../records/kernel/rows';
import type { Transaction } from '../../records/kernel/transaction';
import { readNews } from './read';

/** Closes the row, unless a question to a register or the task of an official is open. Then the row closes when that ends. */
export async function closeUnlessWaiting(transaction: Transaction, id: string): Promise<void> {
  const open = { subject: transaction.subject, closedAt: null, nextAt: { not: null } };
  const waiting = await transaction.tx.task.findFirst({ where: open, orderBy: { nextAt: 'asc' } });
  const state = !waiting ? 'done' : isQuestion(waiting) ? 'asking' : 'with_person';
  const row = await readNews(transaction, id);
  if (row.state !== state) await move(transaction, 'news', row, state);
}

const isQuestion = ({ kind }: Task): boolean => obligation(kind as ObligationKind).question !== undefined;
