import type { InspectionGround } from '../../domain/pathways/inspection';
import type { Json } from '../../prisma/db';
import { record } from '../../records/kernel/events';
import { notify } from '../../records/kernel/notices';
import { nextNumber } from '../../records/kernel/numbers';
import { subjectOf } from '../../records/kernel/rows';
import { openTask } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { inRow } from '../../records/kernel/wake';

export interface Grounds {
  referralId?: string;
  employmentId?: string;
  caseId: string | null;
  personId: string;
  employerId: string;
  ground: InspectionGround;
  /** The job's kind on the day of the referral: vacant or reserved. */
  jobKind: string;
  /** Why settled and directed are possible no more; null where they are. */
  findingOnly?: string | null;
  /** Dates, the employer's reasons, the proof of delivery, what became of a claim about the person. */
  facts: Record<string, Json | null>;
}

/**
 * Opens an inspection for the inspectorate of the employer's region [S step 7: every rejected referral; pathway §6]. Its
 * tasks never carry the case: an inspection never holds the person.
 *
 * @returns its number
 */
export async function openInspection(transaction: Transaction, grounds: Grounds): Promise<string> {
  const employer = await transaction.tx.employer.findUniqueOrThrow({ where: { id: grounds.employerId } });
  const id = await nextNumber(transaction.tx, 'inspection');
  const here = await inRow(transaction, subjectOf('inspection', id));
  const area = employer.district.slice(0, 4);
  await transaction.tx.inspection.create({
    data: {
      id,
      ...grounds,
      facts: grounds.facts,
      area,
      state: 'examining',
      since: transaction.now,
      openedAt: transaction.now,
      correlationId: transaction.correlationId,
    },
  });
  await openTask(here, { kind: 'resolution', area, employerId: employer.id });
  await record(here, 'inspection_opened', grounds, {
    inspection: id,
    ground: grounds.ground,
    referral: grounds.referralId ?? null,
  });
  await notify(here, {
    type: 'inspection_opened',
    to: { kind: 'employer', id: employer.id },
    params: { inspection: id, ground: grounds.ground },
  });
  return id;
}
