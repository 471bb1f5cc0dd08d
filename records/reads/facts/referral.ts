import type { ReferralFacts } from '../../../domain/preconditions/referral';
import type { View } from '../../kernel/view';
import { notExtended } from './waits';

/** The facts that the commands of referrals depend on, by referral. */
export async function referralFacts(view: View, ids: string[]): Promise<Map<string, ReferralFacts>> {
  const select = { id: true, extension: true, startChange: true };
  const rows = await view.tx.referral.findMany({ where: { id: { in: ids } }, select });
  const extended = await notExtended(view, 'referral', ids, 'decision');
  return new Map(rows.map(({ id, ...row }) => [id, { ...row, notExtended: extended.get(id) }]));
}
