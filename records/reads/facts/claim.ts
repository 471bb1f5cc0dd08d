import { barringActs } from '../../../domain/money/participations';
import type { ClaimFacts } from '../../../domain/preconditions/claim';
import type { Aggregate } from '../../kernel/aggregates';
import { partsByAccount, personBehind } from '../../kernel/participations';
import { claimAggregates, type View } from '../../kernel/view';
import { firstDayOfUse } from '../../money/accounts';
import { blockersShown } from '../../money/blockers';

/** The facts that the commands of claims depend on, by claim. */
export const claimFacts = async (view: View, ids: string[]): Promise<Map<string, ClaimFacts>> =>
  factsOfClaims(view, await claimAggregates(view, ids));

/** The same of claims whose aggregates were read. */
export async function factsOfClaims(
  { tx, actor, now }: Pick<View, 'tx' | 'actor' | 'now'>,
  aggregates: readonly Aggregate<'claim'>[],
): Promise<Map<string, ClaimFacts>> {
  const person = await personBehind(tx, actor);
  const isOwn = (part: { person: string }): boolean => part.person === person;
  return new Map(
    aggregates.map((aggregate) => {
      const { row, around } = aggregate;
      const { account, correction } = around;
      const blockers = blockersShown(aggregate, now);
      const rests = blockers.includes('account_unconfirmed') && account?.usableFrom;
      const byAccount = account && !account.isTried ? partsByAccount(account) : [];
      return [
        row.id,
        {
          state: row.state,
          programme: around.subsidy.programme,
          isLivingPersons: row.personId !== null && !around.isDead,
          isDeclared: row.declaredAt !== null,
          isCorrected: around.isCorrected,
          attempt: row.attempt,
          tookPart: [
            ...barringActs(around.parts.filter(isOwn), 'claim'),
            ...byAccount.filter(isOwn).map(({ act }) => act),
          ],
          blockers,
          accountFrom: rests ? firstDayOfUse(rests) : null,
          proposed: correction && correction.state !== 'drafted' ? correction.id : null,
        },
      ];
    }),
  );
}
