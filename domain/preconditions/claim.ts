import { isCheckedBy } from '../money/checks';
import type { Day } from '../day';
import type { Blocker } from '../money/blockers';
import type { Barring } from '../money/participations';
import type { CommandName } from '../pathways';
import { type Preconditions, tookPart, unless } from './precondition';

/** The facts of a claim that its commands depend on, beside its state. */
export interface ClaimFacts {
  state: string;
  programme: string;
  /** Whether a person is paid, who lives. */
  isLivingPersons: boolean;
  isDeclared: boolean;
  isCorrected: boolean;
  /** The number of attempts to pay it. */
  attempt: number;
  /** The caller's parts in the subsidy, and in an account to which nothing was paid yet [money §5, §7]. */
  tookPart: readonly Barring[];
  blockers: readonly Blocker[];
  /** The first day of payment to the confirmed account, while the account rests [money §5]. */
  accountFrom: Day | null;
  /** The correction of its month that is proposed and not decided. */
  proposed: string | null;
}

/** The words of a confirmed account that is not used yet. */
const RESTS = 'account_rests';

/** A claim's commands: the right person, a month without blockers, and one open correction [money §4, §6, §7]. */
export const claimPreconditions: Preconditions<CommandName<'claim'>, ClaimFacts> = {
  declaration: unless(({ programme, isCorrected, isDeclared, state, attempt }) => {
    if (!isCheckedBy('wages', { programme })) return { code: 'nothing_to_declare' };
    if (isCorrected) return { code: 'corrected' };
    return isDeclared && (state === 'zero' || attempt > 0) ? { code: 'decided' } : undefined;
  }),
  approval: unless(({ tookPart: acts, blockers, accountFrom: from }) => {
    const part = tookPart(acts, 'finance_officer');
    if (part || blockers.length === 0) return part;
    const errors = blockers.map((which) => ({ field: 'blockers', detail: which }));
    const why = blockers.map((which) => (from !== null && which === 'account_unconfirmed' ? RESTS : which));
    return { code: 'blocked', params: { why: why.join(', '), from }, errors };
  }),
  /** What a living person is owed never lapses [measures §4]. */
  unpayable: unless(({ isLivingPersons }) => (isLivingPersons ? { code: 'never_lapses' } : undefined)),
  correction: unless(({ proposed }) =>
    proposed === null ? undefined : { code: 'proposed_already', params: { number: proposed } },
  ),
};
