import type { ReferralWithdrawal } from '../../contracts/referral';
import { referralInPlay } from '../../domain/pathways/referral';
import type { Vacancy } from '../../prisma/generated/client';
import type { Transaction } from '../../records/kernel/transaction';
import { backToPlanning } from '../steps/planning';
import { endReferral } from '../steps/referrals';
import { tellOfficial } from '../steps/tell';
import { isJobClosed, rejectForClosedJob } from './job-closed';
import { readReferral, type WholeReferral } from './read';

export async function withdrawal(
  transaction: Transaction,
  id: string,
  body: ReferralWithdrawal,
): Promise<void> {
  const referral = await readReferral(transaction, id);
  const declined = body.reason === 'person_declined';
  await endReferral(transaction, referral, {
    state: declined ? 'person_declined' : 'withdrawn',
    event: declined ? 'person_declined' : 'referral_withdrawn',
    params: { reason: body.reason },
    grounds: body.words,
    tellEmployer: true,
  });
  await backToPlanning(transaction, referral.caseId);
}

/** Ends the referral if the employer is gone, the places are taken, or the job is withdrawn. */
export async function reconsider(transaction: Transaction, id: string): Promise<void> {
  const referral = await readReferral(transaction, id);
  if (!referralInPlay.includes(referral.state)) return;
  if (referral.employer.state !== 'active') {
    await endReferral(transaction, referral, {
      state: 'employer_gone',
      event: 'employer_gone',
      params: { state: referral.employer.state },
    });
    return backToPlanning(transaction, referral.caseId);
  }
  const { vacancy } = referral;
  if (isTaken(vacancy)) return becomeObsolete(transaction, referral);
  if (isJobClosed(vacancy)) await rejectForClosedJob(transaction, referral);
}

/** Whether a referred person has taken the last place. */
export const isTaken = ({ state, filledHow }: Vacancy): boolean =>
  state === 'filled' && filledHow === 'referral';

/** The last place is taken: the referral ends, and the case manager learns why [pathway §5, places]. */
export async function becomeObsolete(
  transaction: Transaction,
  referral: WholeReferral,
  data: object = {},
): Promise<void> {
  await endReferral(transaction, referral, {
    state: 'obsolete',
    event: 'places_taken',
    tellEmployer: true,
    data,
  });
  await tellOfficial(transaction, referral.managerId, {
    type: 'places_taken',
    params: { referral: referral.id },
  });
  return backToPlanning(transaction, referral.caseId);
}
