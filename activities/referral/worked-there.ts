import type { ReferralFinding } from '../../contracts/referral';
import { dayOf } from '../../domain/day';
import { record } from '../../records/kernel/events';
import { move } from '../../records/kernel/rows';
import { closeTasks, openTask } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { type Confirmed, versionFor } from '../steps/contract';
import { backToPlanning } from '../steps/planning';
import { aboutReferral, endReferral } from '../steps/referrals';
import { tellOfficial } from '../steps/tell';
import { readReferral, type WholeReferral } from './read';

/**
 * The contract is older than the referral: no hire, no check and no inspection follow. The referral frees the person and the
 * place at once. The employment officer closes the referral with a finding [pathway §5, contract]. That wait does not belong
 * to the case, because it may last longer than the case.
 */
export async function workedThere(
  transaction: Transaction,
  referral: WholeReferral,
  { since, contract }: Pick<Confirmed, 'since'> & Partial<Confirmed>,
): Promise<void> {
  await closeTasks(transaction, {}, 'worked_there_already');
  const { district: area } = referral.employer;
  await openTask(transaction, { area, employerId: referral.employerId, kind: 'worked_there_finding' });
  const finding = { since, ...(contract !== undefined && { contract }) };
  await move(transaction, 'referral', referral, 'worked_there_already', { finding });
  await record(transaction, 'worked_there_already', aboutReferral(referral), {
    referral: referral.id,
    ...finding,
    ...(await versionFor(transaction, dayOf(referral.issuedAt))),
  });
  await tellOfficial(transaction, referral.managerId, {
    type: 'worked_there',
    params: { referral: referral.id },
  });
  await backToPlanning(transaction, referral.caseId);
}

export async function finding(
  transaction: Transaction,
  id: string,
  { words }: ReferralFinding,
): Promise<void> {
  const referral = await readReferral(transaction, id);
  await endReferral(transaction, referral, {
    state: 'no_hire',
    event: 'referral_finding',
    grounds: words,
    data: { finding: { ...(referral.finding as object), words, by: transaction.actor.id } },
  });
}
