import { type Day, dayOf } from '../../domain/day';
import type { ObligationKind } from '../../domain/obligations';
import type { Employer, Referral, Vacancy } from '../../prisma/generated/client';
import { handedOn } from '../../records/kernel/files';
import type { Place } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';

export type WholeReferral = Referral & { employer: Employer; vacancy: Vacancy; managerId: string | null };

export async function readReferral(transaction: Transaction, id: string): Promise<WholeReferral> {
  const file = handedOn(transaction, 'referral', id);
  if (file) {
    const { employer, vacancy, managerId } = file.around;
    return { ...file.row, employer, vacancy, managerId };
  }
  const referral = await transaction.tx.referral.findUniqueOrThrow({
    where: { id },
    include: { case: { select: { managerId: true } } },
  });
  const employer = await transaction.tx.employer.findUniqueOrThrow({ where: { id: referral.employerId } });
  const vacancy = await transaction.tx.vacancy.findUniqueOrThrow({ where: { id: referral.vacancyId } });
  return { ...referral, employer, vacancy, managerId: referral.case.managerId };
}

/** The employment office of the employer's district has the referral's tasks. The case manager has the tasks about the person. */
export const placeOfReferral = (
  referral: Pick<Referral, 'caseId' | 'personId' | 'employerId'> & {
    employer: Employer;
    managerId: string | null;
  },
): Place => ({
  area: referral.employer.district,
  assigneeId: referral.managerId,
  employerId: referral.employerId,
  caseId: referral.caseId,
  personId: referral.personId,
});

/** The case manager's area, for the tasks about the person. */
export const placeOfPerson = (referral: WholeReferral): Place => ({
  ...placeOfReferral(referral),
  area: referral.area,
});

/** The waits that an answer of the employer ends. */
export const untilAnswered = [
  'delivery',
  'deliver_by_hand',
  'correct_contact',
  'decision',
  'extension_answer',
] as const satisfies ObligationKind[];

export const dayOfIssue = (referral: Referral): Day => dayOf(referral.issuedAt);
