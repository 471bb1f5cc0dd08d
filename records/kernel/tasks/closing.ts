import type { ObligationKind } from '../../../domain/obligations';
import type { Transaction } from '../transaction';

export interface Which {
  subject?: string;
  caseId?: string;
  kinds?: readonly ObligationKind[];
  /** All but this kind. */
  but?: ObligationKind;
  ref?: string;
}

/**
 * Closes open waits, and with each the administrator's task for a defect of it.
 *
 * @param how stays readable on the closed task
 * @returns how many there were
 */
export async function closeTasks(transaction: Transaction, which: Which, how: string): Promise<number> {
  const { kinds, but, ref } = which;
  const { count } = await transaction.tx.task.updateMany({
    where: {
      ...(which.caseId === undefined
        ? { subject: which.subject ?? transaction.subject }
        : { caseId: which.caseId }),
      ...(kinds && {
        OR: [
          { kind: { in: [...kinds] }, ...(ref !== undefined && { ref }) },
          { kind: 'defect', ref: { in: [...kinds] } },
        ],
      }),
      ...(but && { kind: { not: but } }),
      closedAt: null,
    },
    data: { closedAt: transaction.now, closedHow: how, nextAt: null },
  });
  return count;
}
