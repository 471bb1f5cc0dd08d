import { jobClosedOf } from '../../domain/job-closed';
import { groundInWords, type InspectionGround } from '../../domain/pathways/inspection';
import type { Day } from '../../domain/day';
import type { Json } from '../../prisma/db';
import type { Inspection } from '../../prisma/generated/client';
import { record } from '../../records/kernel/events';
import { notify } from '../../records/kernel/notices';
import { nextNumber } from '../../records/kernel/numbers';
import { subjectOf } from '../../records/kernel/rows';
import { openTask, type Place } from '../../records/kernel/tasks';
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
  /** Why settled and directed are no longer possible; null where they are possible. */
  findingOnly?: string | null;
  /** Dates, the employer's reasons, the proof of delivery, the result of a claim about the person. */
  facts: Record<string, Json | null>;
}

/**
 * Opens an inspection for the inspectorate of the employer's region [S step 7: every rejected referral; pathway §6]. Its
 * tasks never name the case, because an inspection never delays the person.
 *
 * @returns its number
 */
export async function openInspection(transaction: Transaction, grounds: Grounds): Promise<string> {
  const { here, row } = await create(transaction, grounds, 'examining');
  await beginExamination(here, row);
  return row.id;
}

/** The person is heard first. The person's answer decides whether the inspection opens [pathway §7]. */
export async function hearFirst(
  transaction: Transaction,
  grounds: Grounds,
  hearing: Place & { from: Day },
): Promise<void> {
  const { here } = await create(transaction, grounds, 'hearing');
  await openTask(here, { ...hearing, kind: 'end_hearing' });
}

async function create(
  transaction: Transaction,
  grounds: Grounds,
  state: 'hearing' | 'examining',
): Promise<{ here: Transaction; row: Inspection }> {
  const employer = await transaction.tx.employer.findUniqueOrThrow({ where: { id: grounds.employerId } });
  const id = await nextNumber(transaction.tx, 'inspection');
  const here = await inRow(transaction, subjectOf('inspection', id));
  const row = await transaction.tx.inspection.create({
    data: {
      id,
      ...grounds,
      facts: grounds.facts,
      area: employer.district.slice(0, 4),
      state,
      since: transaction.now,
      openedAt: transaction.now,
      correlationId: transaction.correlationId,
    },
  });
  return { here, row };
}

/**
 * The inspector has the inspection, and the employer is told.
 *
 * @param here under the inspection's name
 */
export async function beginExamination(
  here: Transaction,
  row: Pick<
    Inspection,
    'id' | 'area' | 'ground' | 'facts' | 'caseId' | 'personId' | 'employerId' | 'referralId'
  >,
): Promise<void> {
  const { id, area, caseId, personId, employerId, referralId } = row;
  const { how, byRole, at } = jobClosedOf(row.facts) ?? {};
  const ground = groundInWords(row);
  await openTask(here, { kind: 'resolution', area, employerId });
  const about = { caseId, personId, employerId };
  await record(here, 'inspection_opened', about, { inspection: id, ground, referral: referralId });
  await notify(here, {
    type: 'inspection_opened',
    to: { kind: 'employer', id: employerId },
    params: { inspection: id, ground, closed: how ?? null, by: byRole ?? null, on: at ?? null },
  });
}
