import type { Prisma } from '../../prisma/generated/client';
import { record } from '../../records/kernel/events';
import { subjectOf } from '../../records/kernel/rows';
import type { Transaction } from '../../records/kernel/transaction';
import { inRow } from '../../records/kernel/wake';

/**
 * The open inspections of a case go on for the finding only, because no directive can help the person any more
 * [pathway §3, §6]. An inspection of the conditions of a job goes on unchanged.
 *
 * @param why the case has ended, or the person works for this employer now
 * @param which the inspections; all unless given
 */
export async function forFindingOnly(
  transaction: Transaction,
  { caseId, personId }: { caseId: string; personId: string },
  why: 'case_ended' | { worksFor: string },
  which: Prisma.InspectionWhereInput = {},
): Promise<void> {
  const inspections = await transaction.tx.inspection.findMany({
    where: { AND: [which], caseId, open: true, ground: { not: 'conditions' } },
  });
  for (const { id, employerId } of inspections) {
    const there = inRow(transaction, subjectOf('inspection', id));
    const findingOnly = typeof why === 'string' ? why : worksFor(why.worksFor, employerId);
    await transaction.tx.inspection.update({ where: { id }, data: { findingOnly } });
    await record(there, 'finding_only', { caseId, personId, employerId }, { why: findingOnly });
  }
}

/** Why an inspection is for the finding only once the person works: for its own employer, or elsewhere. */
export const worksFor = (employer: string, inspected: string): 'works_there' | 'works_elsewhere' =>
  employer === inspected ? 'works_there' : 'works_elsewhere';
