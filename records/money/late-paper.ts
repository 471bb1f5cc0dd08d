import type { Application } from '../../contracts';
import { at } from '../../domain/day';
import type { Subsidy } from '../../prisma/generated/client';
import { recordsOf } from '../joining';
import type { Transaction } from '../kernel/transaction';

/**
 * Whether an application on paper is dated before a refusal of the same one for being late. Then another person than the one
 * who entered it reviews it [money §3].
 */
export async function isDatedBeforeRefusal(transaction: Transaction, row: Subsidy): Promise<boolean> {
  const { receivedOn } = row.application as Application;
  if (receivedOn === undefined) return false;
  const { id, programme, employerId, personId } = row;
  const refused = await transaction.tx.subsidy.findFirst({
    where: {
      id: { not: id },
      programme,
      employerId,
      personId: { in: await recordsOf(transaction.tx, personId) },
      state: 'refused',
      refusal: { path: ['code'], equals: 'period_over' },
      refusedAt: { gte: at(receivedOn, '00:00') },
    },
    select: { id: true },
  });
  return refused !== null;
}
