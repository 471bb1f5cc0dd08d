import { type Day, dayOf } from '../../../domain/day';
import type { Task } from '../../../prisma/generated/client';
import type { ObligationKind } from '../../../domain/obligations';
import type { Transaction } from '../transaction';

/** The subject's open wait of a kind; of several the one that was opened first. */
export const openWait = (
  { tx, subject }: Pick<Transaction, 'tx' | 'subject'>,
  kind: ObligationKind,
  ref?: string,
): Promise<Task | null> =>
  tx.task.findFirst({
    where: { subject, kind, closedAt: null, ...(ref !== undefined && { ref }) },
    orderBy: { id: 'asc' },
  });

/** The day on which the subject's open wait of a kind is due; null if no such wait is open, or it has no due instant. */
export async function dueDay(
  transaction: Pick<Transaction, 'tx' | 'subject'>,
  kind: ObligationKind,
): Promise<Day | null> {
  const due = (await openWait(transaction, kind))?.due;
  return due ? dayOf(due) : null;
}
