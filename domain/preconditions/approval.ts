import type { CommandName } from '../pathways';
import { type ApprovalKind, deciders } from '../pathways/approval';
import { type Preconditions, unless } from './precondition';

/** The facts of a proposal that its commands depend on, beside its state. */
export interface ApprovalFacts {
  kind: ApprovalKind;
  /** The caller proposed it, under any account. */
  tookPart: boolean;
}

/** Another person decides a proposal, in the office of its kind. The employer objects only to a correction [money §6, §7]. */
export const approvalPreconditions: Preconditions<CommandName<'approval'>, ApprovalFacts> = {
  objection: unless(({ kind }) => (kind === 'correction' ? undefined : { code: 'no_correction' })),
  decision: unless(({ kind, tookPart }, { role }) => {
    if (role !== deciders[kind]) return { code: 'not_yours', params: { roles: deciders[kind] } };
    return tookPart ? { code: 'took_part' } : undefined;
  }),
};
