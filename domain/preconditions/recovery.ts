import type { CommandName } from '../pathways';
import type { Barring } from '../money/participations';
import { type Preconditions, tookPart, type Way } from './precondition';

/** The facts of a recovery that its decision depends on, beside its state. */
export interface RecoveryFacts {
  wasExtended: boolean;
  /** The caller's parts in the correction. */
  tookPart: readonly Barring[];
}

const byAnother: Way<RecoveryFacts>['whyNot'] = ({ tookPart: acts }) =>
  tookPart(acts, 'finance_officer_head');

const isExtension = (body: object): boolean => 'decision' in body && body.decision === 'extend';

/** Nobody who took part in the correction decides. The time to repay is extended once [money §6, §7]. */
export const recoveryPreconditions: Preconditions<CommandName<'recovery'>, RecoveryFacts> = {
  decision: [
    { when: (body) => !isExtension(body), whyNot: byAnother },
    {
      when: isExtension,
      whyNot: (facts, actor) =>
        byAnother(facts, actor) ??
        (facts.wasExtended ? { code: 'extended_before', params: { what: 'recovery' } } : undefined),
    },
  ],
};
