import type { Vocabulary } from '../../domain/vocabulary';
import { Coder } from '../http/coded';

/** What a caller says of a person in words that have codes. */
interface Said {
  skills?: string[] | undefined;
  wishes?: { kinds?: string[] } | null | undefined;
  recommendation?: InWords | null | undefined;
}

interface InWords {
  suitableKinds: string[];
  unsuitableKinds: string[];
  conditions: string[];
}

/**
 * The check of a person's words [pathway §4]: skills and wishes become codes. A recommendation keeps TIEK's words, and each
 * must have a code. A condition may stand among the kinds of work that are not suitable, as *night work* does.
 *
 * @returns the person in codes, and the errors of the fields
 */
export function personInCodes<P extends Said>(
  vocabulary: Vocabulary,
  said: P,
  path = 'recommendation.',
): { person: P; coder: Coder } {
  const coder = new Coder(vocabulary);
  const { skills, wishes, recommendation } = said;
  if (recommendation) {
    coder.known(`${path}suitableKinds`, ['occupation'], recommendation.suitableKinds);
    coder.known(`${path}unsuitableKinds`, ['occupation', 'condition'], recommendation.unsuitableKinds);
    coder.known(`${path}conditions`, ['condition'], recommendation.conditions);
  }
  const person = {
    ...said,
    ...(skills && { skills: coder.list('skills', 'skill', skills) }),
    ...(wishes?.kinds && {
      wishes: { ...wishes, kinds: coder.list('wishes.kinds', 'occupation', wishes.kinds) },
    }),
  };
  return { person, coder };
}
