import type { Day } from '../../domain/day';
import type { ReportedEnd } from '../../domain/money/job-end';
import { recordsOf } from '../joining';
import { kindOfSubsidy, lockRow, subjectOf, subjectOfSubsidy } from '../kernel/rows';
import type { Transaction } from '../kernel/transaction';
import { wake } from '../kernel/wake';

/**
 * A recorded death was corrected. The person's subsidies are held back from the right day. If the person lives, the labour
 * register is asked now, and they are held back until it answers [money §3]. The person's own payables follow.
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
  await payeeIsAsKnown(transaction, personId, diedOn);
}

/** Nobody else is paid the money of a person who lives. Every payable waits again for an account of the person [measures §4]. */
async function payeeIsAsKnown(transaction: Transaction, personId: string, diedOn: Day | null): Promise<void> {
  const records = { in: await recordsOf(transaction.tx, personId) };
  if (diedOn === null)
    await transaction.tx.account.updateMany({
      where: { personId: records, state: 'confirmed', heldBy: 'heir' },
      data: { state: 'replaced' },
    });
  const payables = await transaction.tx.claim.findMany({
    where: { personId: records, open: true },
    select: { id: true },
    orderBy: { id: 'asc' },
  });
  for (const { id } of payables) wake(transaction, subjectOf('claim', id));
}
