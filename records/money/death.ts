import type { Day } from '../../domain/day';
import type { ReportedEnd } from '../../domain/money/job-end';
import { lockRow, subjectOfSubsidy, kindOfSubsidy } from '../kernel/rows';
import type { Unit } from '../kernel/transaction';
import { wake } from '../kernel/wake';

/**
 * A recorded death was corrected: what it holds of the person's subsidies is held from the right day, or, if it was none, until
 * the labour register is asked now [money §3].
 *
 * @param diedOn null: the person lives
 */
export async function correctDeathIn(unit: Unit, personId: string, diedOn: Day | null): Promise<void> {
  const rows = await unit.tx.subsidy.findMany({
    where: { personId, open: true, endReported: { path: ['because'], equals: 'died' } },
    orderBy: { id: 'asc' },
  });
  for (const { id } of rows) {
    await lockRow(unit.tx, kindOfSubsidy(id), id);
    const row = await unit.tx.subsidy.findUniqueOrThrow({ where: { id } });
    const known = row.endReported as ReportedEnd | null;
    if (!known) continue;
    const endReported: ReportedEnd = diedOn === null ? { on: known.on } : { on: diedOn, because: 'died' };
    await unit.tx.subsidy.update({ where: { id }, data: { endReported, rev: { increment: 1 } } });
    await unit.tx.task.updateMany({
      where: { subject: subjectOfSubsidy(id), kind: 'end_of_job', closedAt: null },
      data: { nextAt: unit.now },
    });
    await wake(unit, subjectOfSubsidy(id));
  }
}
