import type { ObligationKind } from '../../domain/obligations';
import type { Transaction } from '../../records/kernel/transaction';

/**
 * Asks an open question of the subject again at once, without waiting for the end of its pause.
 *
 * @returns whether a question was open
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
