import type { Day } from './day';

/**
 * The word of an organiser or a centre about a person, and what became of it. It is a claim: the person is heard first. It lapses when
 * the works or the training end before it is decided [measures §1; pathway §5].
 */
export interface WordAboutPerson {
  code: string;
  words: string;
  /** The last day of work or study, by that word. */
  on?: Day;
  said: Day;
  stage: 'hearing' | 'deciding' | 'stands' | 'dismissed' | 'lapsed';
  heard?: { confirmed: boolean; words: string };
  decision?: { stands: boolean; grounds: string };
}

/** Whether it waits for the person's answer or for the head. */
export const isUndecided = ({ stage }: WordAboutPerson): boolean =>
  stage === 'hearing' || stage === 'deciding';
