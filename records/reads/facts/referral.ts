import type { ReferralFacts } from '../../../domain/preconditions/referral';
import { type File, readFiles } from '../../kernel/files';
import { whyNotExtended } from '../../kernel/tasks';
import type { View } from '../../kernel/view';

/** The facts that the commands of referrals depend on, by referral. */
export const referralFacts = async (view: View, ids: string[]): Promise<Map<string, ReferralFacts>> =>
  factsOfReferrals(view, await readFiles(view.tx, 'referral', ids));

/** The same of referrals whose files were read. */
export const factsOfReferrals = (
  { givenAt }: Pick<View, 'givenAt'>,
  files: readonly File<'referral'>[],
): Promise<Map<string, ReferralFacts>> =>
  Promise.resolve(
    new Map(
      files.map(({ row: { id, extension, startChange }, around: { decision } }) => [
        id,
        {
          extension,
          startChange,
          notExtended: whyNotExtended(decision?.open ? decision : undefined, givenAt),
        },
      ]),
    ),
  );
