import type { Day } from '../day';
import type { Barring } from '../money/participations';
import type { CommandName } from '../pathways';
import { type ApprovalKind, deciders } from '../pathways/approval';
import { type Preconditions, tookPart, unless, type Way } from './precondition';

/** The facts of a proposal that its commands depend on, beside its state. */
export interface ApprovalFacts {
  kind: ApprovalKind;
  /** The caller's parts in the proposal, under any account. */
  tookPart: readonly Barring[];
  /** The treasury's answer whether the payee, or their guardian, holds the account. */
  holder: string | null;
  /** Whether the supervisor owes a conversation with the person. */
  awaitsConversation: boolean;
  /** The part of the law that reaches back and has no dry run on file [money §1]. */
  untried: { number: string; from: Day } | null;
}

const byAnother: Way<ApprovalFacts>['whyNot'] = ({ kind, tookPart: acts }, { role }) =>
  role === deciders[kind]
    ? tookPart(acts, deciders[kind])
    : { code: 'not_yours', params: { roles: deciders[kind] } };

const isApproval = (body: object): boolean => 'approve' in body && body.approve === true;

/** Another person decides a proposal, in the office of its kind. The employer objects only to a correction [money §6, §7]. */
export const approvalPreconditions: Preconditions<CommandName<'approval'>, ApprovalFacts> = {
  objection: unless(({ kind }) => (kind === 'correction' ? undefined : { code: 'no_correction' })),
  conversation: unless(({ awaitsConversation, tookPart: acts }) =>
    awaitsConversation ? tookPart(acts, 'supervisor') : { code: 'no_conversation' },
  ),
  decision: [
    { when: (body) => !isApproval(body), whyNot: byAnother },
    {
      when: isApproval,
      whyNot(facts, actor) {
        const others = byAnother(facts, actor);
        if (others) return others;
        if (facts.holder === 'no')
          return { code: facts.kind === 'persons_account' ? 'not_the_persons' : 'another_holder' };
        return facts.untried === null ? undefined : { code: 'dry_run_needed', params: { ...facts.untried } };
      },
    },
  ],
};
