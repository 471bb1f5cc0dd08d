import { type Day, dayOf } from '../../domain/day';
import type { ObligationKind } from '../../domain/obligations';
import type { Employer, Referral } from '../../prisma/generated/client';
import { type AroundReferral, takeAggregate } from '../../records/kernel/aggregates';
import type { Place } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';

/** A referral with its employer, its job, its case manager, and its messages to the employer. */
export type WholeReferral = Referral &
  Pick<AroundReferral, 'employer' | 'vacancy' | 'managerId' | 'delivery'>;

export async function readReferral(transaction: Transaction, id: string): Promise<WholeReferral> {
  const { row, around } = await takeAggregate(transaction, 'referral', id);
  const { employer, vacancy, managerId, delivery } = around;
  return { ...row, employer, vacancy, managerId, delivery };
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
