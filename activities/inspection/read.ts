import type { Employer, Employment, Inspection, Referral } from '../../prisma/generated/client';
import type { Place } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';

export type WholeInspection = Inspection & {
  employer: Employer;
  referral: Referral | null;
  employment: Employment | null;
  /** The person's case manager; null without a case manager. */
  managerId: string | null;
};

export async function readInspection(transaction: Transaction, id: string): Promise<WholeInspection> {
  const row = await transaction.tx.inspection.findUniqueOrThrow({
    where: { id },
    include: { referral: true, employment: true },
  });
  const employer = await transaction.tx.employer.findUniqueOrThrow({ where: { id: row.employerId } });
  const held = row.caseId
    ? await transaction.tx.case.findUnique({ where: { id: row.caseId }, select: { managerId: true } })
    : null;
  return { ...row, employer, managerId: held?.managerId ?? null };
}

export const placeOf = (row: WholeInspection): Place => ({ area: row.area, employerId: row.employerId });

/** The case manager is asked about the person. Without a manager the supervisor of that area is asked. */
export const placeOfManager = (row: WholeInspection): Place => ({
  ...placeOf(row),
  area: row.referral?.area ?? row.employment?.area ?? row.area,
  assigneeId: row.managerId,
  personId: row.personId,
});

export const about = (row: WholeInspection) => ({
  caseId: row.caseId,
  personId: row.personId,
  employerId: row.employerId,
});
