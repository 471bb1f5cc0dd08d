import type { ObligationKind } from '../../../domain/obligations';
import { Prisma, type Task } from '../../../prisma/generated/client';
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

/** The waits of kinds, or of kinds and a ref, and the administrator's tasks for their defects. */
function withDefects(kinds: readonly ObligationKind[], ref?: string): Prisma.Sql {
  if (ref === undefined)
    return Prisma.sql`(kind = ANY(${[...kinds]}) OR (kind = 'defect' AND split_part(ref, '/', 1) = ANY(${[...kinds]})))`;
  const refs = kinds.map((kind) => refOfDefect({ kind, ref }));
  return Prisma.sql`((kind = ANY(${[...kinds]}) AND ref = ${ref}) OR (kind = 'defect' AND ref = ANY(${refs})))`;
}

/** The statement that closes waits; see `closeTasks`. */
export function closing(
  transaction: Transaction,
  { subject = transaction.subject, caseId, kinds, but, ref }: Which,
  how: string,
): Prisma.Sql {
  const whose =
    caseId === undefined ? Prisma.sql`subject = ANY(${[subject].flat()})` : Prisma.sql`case_id = ${caseId}`;
  return Prisma.sql`
    UPDATE tasks SET closed_at = ${transaction.now}, closed_how = ${how}, next_at = NULL
    WHERE ${whose} AND closed_at IS NULL
      AND ${kinds ? withDefects(kinds, ref) : Prisma.sql`true`}
      AND ${but ? Prisma.sql`NOT ${withDefects([but])}` : Prisma.sql`true`}`;
}

/**
 * Closes open waits, and with each the administrator's task for a defect of it.
 *
 * @param how stays readable on the closed task
 * @returns how many tasks were closed
 */
export const closeTasks = (transaction: Transaction, which: Which, how: string): Promise<number> =>
  transaction.tx.$executeRaw(closing(transaction, which, how));
