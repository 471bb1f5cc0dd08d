import type { Task } from '../../../prisma/generated/client';
import type { ObligationKind } from '../../../domain/obligations';
import type { Transaction } from '../transaction';

/** The open wait of a kind of the subject; the first one opened where there are several. */
export const openWait = (
  { tx, subject }: Pick<Transaction, 'tx' | 'subject'>,
  kind: ObligationKind,
  ref?: string,
): Promise<Task | null> =>
  tx.task.findFirst({
    where: { subject, kind, closedAt: null, ...(ref !== undefined && { ref }) },
    orderBy: { id: 'asc' },
  });
