import type { CommandName } from '../pathways';
import type { Barring } from '../money/participations';
import type { WhyNot } from '../words/words';
import { type Preconditions, tookPart, unless, type Way } from './precondition';

/** The facts of a recovery that its decision depends on, beside its state. */
export interface RecoveryFacts {
  wasExtended: boolean;
  /** Whether the debtor owes it. What a person does not owe is written off. */
  isOwed: boolean;
  isPersons: boolean;
  /** The caller's parts in the correction. */
  tookPart: readonly Barring[];
}

const byAnother: Way<RecoveryFacts>['whyNot'] = ({ tookPart: acts }) =>
  tookPart(acts, 'finance_officer_head');

const isExtension = (body: object): boolean => 'decision' in body && body.decision === 'extend';

const isWriteOff = (body: object): boolean => 'decision' in body && body.decision === 'write_off';

const onlyWrittenOff = ({ isOwed }: RecoveryFacts): WhyNot | undefined =>
  isOwed ? undefined : { code: 'only_written_off' };

/** Nobody who took part in the correction decides. The time to repay is extended once [money §6, §7]. */
export const recoveryPreconditions: Preconditions<CommandName<'recovery'>, RecoveryFacts> = {
  decision: [
    { when: isWriteOff, whyNot: byAnother },
    {
      when: (body) => !isExtension(body) && !isWriteOff(body),
      whyNot: (facts, actor) => byAnother(facts, actor) ?? onlyWrittenOff(facts),
    },
    {
      when: isExtension,
      whyNot: (facts, actor) =>
        byAnother(facts, actor) ??
        onlyWrittenOff(facts) ??
        (facts.wasExtended ? { code: 'extended_before', params: { what: 'recovery' } } : undefined),
    },
  ],
  /** A person's debt alone is set off with consent [measures §4]. */
  setOffConsent: unless(({ isPersons, isOwed }) =>
    isPersons && isOwed ? undefined : { code: 'no_persons_debt' },
  ),
};
