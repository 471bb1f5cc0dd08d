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
