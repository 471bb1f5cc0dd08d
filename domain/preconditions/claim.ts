import type { Blocker } from '../money/blockers';
import type { CommandName } from '../pathways';
import { type Preconditions, unless } from './precondition';

/** The facts of a claim that its commands depend on, beside its state. */
export interface ClaimFacts {
  state: string;
  programme: string;
  isDeclared: boolean;
  isCorrected: boolean;
  /** The number of attempts to pay it. */
  attempt: number;
  /** The caller took part in the subsidy, or in an account to which nothing was paid yet [money §5, §7]. */
  tookPart: boolean;
  blockers: readonly Blocker[];
  /** The correction of its month that is proposed and not decided. */
  proposed: string | null;
}

/** A claim's commands: the right person, a month without blockers, and one open correction [money §4, §6, §7]. */
export const claimPreconditions: Preconditions<CommandName<'claim'>, ClaimFacts> = {
  declaration: unless(({ programme, isCorrected, isDeclared, state, attempt }) => {
    if (programme !== 'above_quota') return { code: 'nothing_to_declare' };
    if (isCorrected) return { code: 'corrected' };
    return isDeclared && (state === 'zero' || attempt > 0) ? { code: 'decided' } : undefined;
  }),
  approval: unless(({ tookPart, blockers }) => {
    if (tookPart) return { code: 'took_part' };
    if (blockers.length === 0) return undefined;
    const errors = blockers.map((which) => ({ field: 'blockers', detail: which }));
    return { code: 'blocked', params: { why: blockers.join(', ') }, errors };
  }),
  correction: unless(({ proposed }) =>
    proposed === null ? undefined : { code: 'proposed_already', params: { number: proposed } },
  ),
};
