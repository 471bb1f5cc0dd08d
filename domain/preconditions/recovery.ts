import type { CommandName } from '../pathways';
import type { Preconditions, Way } from './precondition';

/** The facts of a recovery that its decision depends on, beside its state. */
export interface RecoveryFacts {
  wasExtended: boolean;
  /** The caller took part in the correction. */
  tookPart: boolean;
}

const byAnother: Way<RecoveryFacts>['whyNot'] = ({ tookPart }) =>
  tookPart ? { code: 'took_part' } : undefined;

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
