import type { ObligationKind } from '../../../domain/obligations';
import type { Prisma, Task } from '../../../prisma/generated/client';
import type { Transaction } from '../transaction';

export interface Which {
  subject?: string | readonly string[];
  caseId?: string;
  kinds?: readonly ObligationKind[];
  /** All but this kind. */
  but?: ObligationKind;
  ref?: string;
}

/** The ref of the administrator's task for a defect of a wait: the wait's kind, and its ref where it has one. */
export const refOfDefect = ({ kind, ref }: Pick<Task, 'kind' | 'ref'>): string =>
  ref === '' ? kind : `${kind}/${ref}`;

/** The waits of a kind, and the administrator's tasks for their defects. */
const withDefects = (kind: ObligationKind, ref?: string): Prisma.TaskWhereInput[] =>
  ref === undefined
    ? [{ kind }, { kind: 'defect', ref: kind }, { kind: 'defect', ref: { startsWith: `${kind}/` } }]
    : [
        { kind, ref },
        { kind: 'defect', ref: refOfDefect({ kind, ref }) },
      ];

/**
 * Closes open waits, and with each the administrator's task for a defect of it.
 *
 * @param how stays readable on the closed task
 * @returns how many tasks were closed
 */
export async function closeTasks(transaction: Transaction, which: Which, how: string): Promise<number> {
  const { kinds, but, ref } = which;
  const { count } = await transaction.tx.task.updateMany({
    where: {
      ...(which.caseId === undefined
        ? { subject: { in: [which.subject ?? transaction.subject].flat() } }
        : { caseId: which.caseId }),
      ...(kinds && { OR: kinds.flatMap((kind) => withDefects(kind, ref)) }),
      ...(but && { NOT: withDefects(but) }),
      closedAt: null,
    },
    data: { closedAt: transaction.now, closedHow: how, nextAt: null },
  });
  return count;
}
