import type { Day } from '../../domain/day';
import type { ReportedEnd } from '../../domain/money/job-end';
import { lockRow, subjectOfSubsidy, kindOfSubsidy } from '../kernel/rows';
import type { Transaction } from '../kernel/transaction';
import { wake } from '../kernel/wake';

/**
 * A recorded death was corrected. The person's subsidies are held back from the right day. If the person lives, the labour
 * register is asked now, and they are held back until it answers [money §3].
 *
 * @param diedOn null: the person lives
 */
export async function correctDeathIn(
  transaction: Transaction,
  personId: string,
  diedOn: Day | null,
): Promise<void> {
  const rows = await transaction.tx.subsidy.findMany({
    where: {
      personId,
      employerId: { not: null },
      open: true,
      endReported: { path: ['because'], equals: 'died' },
    },
    orderBy: { id: 'asc' },
  });
  for (const { id } of rows) {
    await lockRow(transaction.tx, kindOfSubsidy(id), id);
    const row = await transaction.tx.subsidy.findUniqueOrThrow({ where: { id } });
    const known = row.endReported as ReportedEnd | null;
    if (!known) continue;
    const endReported: ReportedEnd = diedOn === null ? { on: known.on } : { on: diedOn, because: 'died' };
    await transaction.tx.subsidy.update({ where: { id }, data: { endReported, rev: { increment: 1 } } });
    await transaction.tx.task.updateMany({
      where: { subject: subjectOfSubsidy(id), kind: 'end_of_job', closedAt: null },
      data: { nextAt: transaction.now },
    });
    wake(transaction, subjectOfSubsidy(id));
  }
  const persons = await transaction.tx.task.findMany({
    where: { personId, kind: 'heir', closedAt: null },
    select: { subject: true },
  });
  for (const { subject } of persons) wake(transaction, subject);
}
