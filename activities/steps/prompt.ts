import type { ObligationKind } from '../../domain/obligations';
import type { Transaction } from '../../records/kernel/transaction';

/**
 * Asks an open question of the subject again at once, instead of after its pause.
 *
 * @returns whether there was one
 */
export async function promptQuestion(
  transaction: Transaction,
  kinds: readonly ObligationKind[],
): Promise<boolean> {
  const { count } = await transaction.tx.task.updateMany({
    where: { subject: transaction.subject, kind: { in: [...kinds] }, closedAt: null },
    data: { nextAt: transaction.now, asideUntil: null },
  });
  return count > 0;
}
