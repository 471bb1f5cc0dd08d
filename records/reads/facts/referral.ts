import type { ReferralFacts } from '../../../domain/preconditions/referral';
import { type Aggregate, readAggregates } from '../../kernel/aggregates';
import { whyNotExtended } from '../../kernel/tasks';
import type { View } from '../../kernel/view';

/** The facts that the commands of referrals depend on, by referral. */
export const referralFacts = async (view: View, ids: string[]): Promise<Map<string, ReferralFacts>> =>
  factsOfReferrals(view, await readAggregates(view.tx, 'referral', ids));

/** The same of referrals whose aggregates were read. */
export const factsOfReferrals = (
  { givenAt }: Pick<View, 'givenAt'>,
  aggregates: readonly Aggregate<'referral'>[],
): Promise<Map<string, ReferralFacts>> =>
  Promise.resolve(
    new Map(
      aggregates.map(({ row: { id, extension, startChange }, around: { decision } }) => [
        id,
        {
          extension,
          startChange,
          notExtended: whyNotExtended(decision?.open ? decision : undefined, givenAt),
        },
      ]),
    ),
  );
