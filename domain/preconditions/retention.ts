import type { CommandName } from '../pathways';
import { gives, lacks, type Preconditions, unless } from './precondition';

/** The facts of an employment that its commands depend on, beside its state. */
export interface RetentionFacts {
  state: string;
  hasEnded: boolean;
  /** The reported end is the employer's own word alone. */
  isEmployersWord: boolean;
  /** A check waits for a document, or one was given for it in time. */
  checkWaits: boolean;
  /** The day of a check has come. */
  checkHasCome: boolean;
  hasDied: boolean;
  /** The person's newer employment with the same employer. */
  again: string | null;
}

/** The commands on an employment that need a check or an end [pathway §7]. */
export const retentionPreconditions: Preconditions<CommandName<'retention'>, RetentionFacts> = {
  evidence: unless(({ state, checkWaits }) =>
    checkWaits || state === 'ending' ? undefined : { code: 'nothing_waits' },
  ),
  conversation: unless(({ checkHasCome }) => (checkHasCome ? undefined : { code: 'no_check_yet' })),
  separation: [
    {
      when: lacks('takenBack'),
      whyNot({ state, hasEnded }, { role }) {
        if (hasEnded) return { code: 'ended_already' };
        return role === 'employer' && state === 'ending' ? { code: 'end_reported' } : undefined;
      },
    },
    {
      when: gives('takenBack'),
      whyNot({ state, hasEnded, isEmployersWord, hasDied, again }, { role }) {
        if (role === 'employer' && hasEnded) return { code: 'confirmed_end' };
        if (role === 'employer' && state === 'ending' && !isEmployersWord) return { code: 'not_your_word' };
        if (state === 'ending') return undefined;
        if (!hasEnded) return { code: 'no_end' };
        if (hasDied) return { code: 'person_died' };
        return again === null ? undefined : { code: 'employed_again', params: { number: again } };
      },
    },
  ],
};
