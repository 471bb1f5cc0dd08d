import { barringActs } from '../../../domain/money/participations';
import type { ClaimFacts } from '../../../domain/preconditions/claim';
import type { File } from '../../kernel/files';
import { partsByAccount, personBehind } from '../../kernel/participations';
import { claimFiles, type View } from '../../kernel/view';
import { firstDayOfUse } from '../../money/accounts';
import { blockersShown } from '../../money/blockers';

/** The facts that the commands of claims depend on, by claim. */
export const claimFacts = async (view: View, ids: string[]): Promise<Map<string, ClaimFacts>> =>
  factsOfClaims(view, await claimFiles(view, ids));

/** The same of claims whose files were read. */
export async function factsOfClaims(
  { tx, actor, now }: Pick<View, 'tx' | 'actor' | 'now'>,
  files: readonly File<'claim'>[],
): Promise<Map<string, ClaimFacts>> {
  const person = await personBehind(tx, actor);
  const isOwn = (part: { person: string }): boolean => part.person === person;
  return new Map(
    files.map((file) => {
      const { row, around } = file;
      const { account, correction } = around;
      const blockers = blockersShown(file, now);
      const rests = blockers.includes('account_unconfirmed') && account?.usableFrom;
      const byAccount = account && !account.isTried ? partsByAccount(account) : [];
      return [
        row.id,
        {
          state: row.state,
          programme: around.subsidy.programme,
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
