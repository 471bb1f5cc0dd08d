import { jobClosedOf } from '../../domain/job-closed';
import { groundInWords, type InspectionGround } from '../../domain/pathways/inspection';
import type { Day } from '../../domain/day';
import type { Json } from '../../prisma/db';
import type { Inspection } from '../../prisma/generated/client';
import { record } from '../../records/kernel/events';
import { notify } from '../../records/kernel/notices';
import { nextNumberSql } from '../../records/kernel/numbers';
import { noteMade, subjectOf } from '../../records/kernel/rows';
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

/** An inspection as it is opened. */
type Begun = Pick<
  Inspection,
  'id' | 'area' | 'ground' | 'facts' | 'caseId' | 'personId' | 'employerId' | 'referralId'
>;

async function create(
  transaction: Transaction,
  grounds: Grounds,
  state: 'hearing' | 'examining',
): Promise<{ here: Transaction; row: Begun }> {
  const { tx, now, correlationId } = transaction;
  const { referralId, employmentId, caseId, personId, employerId, ground, jobKind, findingOnly, facts } =
    grounds;
  const [row] = await tx.$queryRaw<Begun[]>`
    INSERT INTO inspections (id, referral_id, employment_id, case_id, person_id, employer_id, ground, job_kind, area, state,
      since, opened_at, facts, finding_only, correlation_id)
    SELECT ${nextNumberSql('inspection')}, ${referralId ?? null}, ${employmentId ?? null}, ${caseId}, ${personId}, id, ${ground}, ${jobKind},
      left(district, 4), ${state}, ${now}::timestamptz, ${now}::timestamptz, ${JSON.stringify(facts)}::jsonb,
      ${findingOnly ?? null}, ${correlationId}
    FROM employers WHERE id = ${employerId}
    RETURNING id, area, ground, facts, case_id AS "caseId", person_id AS "personId", employer_id AS "employerId",
      referral_id AS "referralId"`;
  if (!row) throw new Error(`there is no employer ${employerId}`);
  const here = inRow(transaction, subjectOf('inspection', row.id));
  noteMade(transaction, here.subject, state);
  return { here, row };
}

/**
 * The inspector has the inspection, and the employer is told.
 *
 * @param here under the inspection's name
 */
export async function beginExamination(here: Transaction, row: Begun): Promise<void> {
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
