import type { ObligationKind } from '../../domain/obligations';
import type { Unit } from '../../records/kernel/transaction';

/**
 * Asks an open question of the subject again at once, instead of after its pause.
 *
 * @returns whether there was one
 */
export async function promptQuestion(unit: Unit, kinds: readonly ObligationKind[]): Promise<boolean> {
  const { count } = await unit.tx.task.updateMany({
    where: { subject: unit.subject, kind: { in: [...kinds] }, closedAt: null },
    data: { nextAt: unit.now },
  });
  return count > 0;
}
