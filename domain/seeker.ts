import type { InWords } from './eligibility';
import type { Seeker, Vacancy, WorkRecommendation } from './matching';
import { holds, keyOfWord, type Vocabulary, type VocabularyName } from './vocabulary';

/** A person's record: the assessment's findings and the home. */
export interface RecordedSeeker {
  mahalla: string;
  skills: readonly string[];
  wishes: unknown;
}

/**
 * A person's data for matching, in codes. The recommendation's words are read again by the vocabularies each time, so a new
 * synonym counts at once [pathway §4].
 *
 * @param recommendation as `saidOfWork` gives it
 */
export const seekerOf = (
  { mahalla, skills, wishes }: RecordedSeeker,
  recommendation: InWords | null,
  vocabulary: Vocabulary,
): Seeker => {
  const { kinds, ...others } = (wishes as Seeker['wishes'] | null) ?? {};
  return {
    recommendation: recommendation && recommendationInCodes(recommendation, vocabulary),
    district: mahalla.slice(0, 7),
    skills: inCodes(vocabulary, 'skill', skills),
    wishes: { ...others, ...(kinds && { kinds: inCodes(vocabulary, 'occupation', kinds) }) },
  };
};

/** A job as it is recorded. */
export type RecordedJob = Omit<Vacancy, 'kind' | 'freePlaces' | 'wage'> & {
  kind: string;
  places: number;
  taken: number;
  wage: bigint | number;
};

/** A job for matching, in codes. */
export const jobOf = (job: RecordedJob, vocabulary: Vocabulary): Vacancy => ({
  id: job.id,
  kind: job.kind as Vacancy['kind'],
  title: job.title,
  freePlaces: job.places - job.taken,
  hoursPerWeek: job.hoursPerWeek,
  wage: Number(job.wage),
  district: job.district,
  ...workOf(job.work, vocabulary),
  conditions: inCodes(vocabulary, 'condition', job.conditions),
  skills: inCodes(vocabulary, 'skill', job.skills),
});

/** Many jobs. Each word is looked up once. */
export function jobsOf(jobs: readonly RecordedJob[], vocabulary: Vocabulary): Vacancy[] {
  const known = new Map<string, readonly string[]>();
  const codesOf: Vocabulary['codesOf'] = (name, word) => {
    const key = `${name} ${word}`;
    const codes = known.get(key) ?? vocabulary.codesOf(name, word);
    known.set(key, codes);
    return codes;
  };
  const quick = { ...vocabulary, codesOf };
  return jobs.map((job) => jobOf(job, quick));
}

/** The code of a kind of work, the most exact of several. A word that no code stands for stays. */
function workOf(word: string, vocabulary: Vocabulary): Pick<Vacancy, 'work' | 'workUnknown'> {
  const codes = vocabulary.codesOf('occupation', word);
  const [code, ...more] = codes.filter(
    (each) => !codes.some((other) => other !== each && holds(each, other)),
  );
  return code !== undefined && more.length === 0
    ? { work: code, workUnknown: false }
    : { work: word, workUnknown: true };
}

/** The words of a recommendation that no vocabulary has. */
export function unknownWords(recommendation: InWords | null, vocabulary: Vocabulary): string[] {
  const { unknown } = recommendationInCodes(recommendation ?? {}, vocabulary);
  return [...new Set([...(unknown?.suitable ?? []), ...(unknown?.others ?? [])])];
}

/** The fields on which two recommendations differ: words of one code are the same, in any order. */
export function differences(one: InWords, other: InWords, vocabulary: Vocabulary): (keyof InWords)[] {
  const [a, b] = [one, other].map((said) => comparable(said, vocabulary));
  return compared.filter((field) => a?.[field] !== b?.[field]);
}

const compared = ['suitableKinds', 'unsuitableKinds', 'conditions', 'maxHoursPerWeek'] as const;

function comparable(said: InWords, vocabulary: Vocabulary): Record<(typeof compared)[number], string> {
  const { suitableKinds, unsuitableKinds, conditions, maxHoursPerWeek, unknown } = recommendationInCodes(
    said,
    vocabulary,
  );
  const sorted = (codes: readonly string[], words: readonly string[] = []): string =>
    [...codes, ...words.map(keyOfWord)].toSorted().join();
  return {
    suitableKinds: sorted(suitableKinds, unknown?.suitable),
    unsuitableKinds: sorted(unsuitableKinds),
    conditions: sorted(conditions, unknown?.others),
    maxHoursPerWeek: String(maxHoursPerWeek),
  };
}

/** The vocabularies in which a word of a recommendation may be explained. Work that is ruled out may be a condition, too. */
export function kindsOfWord(recommendation: InWords | null, word: string): VocabularyName[] {
  const { suitableKinds, unsuitableKinds, conditions } = recommendation ?? {};
  const isIn = (words: readonly string[] = []) => words.includes(word);
  const isWork = isIn(suitableKinds) || isIn(unsuitableKinds);
  const isCondition = isIn(conditions) || isIn(unsuitableKinds);
  return [...(isWork ? (['occupation'] as const) : []), ...(isCondition ? (['condition'] as const) : [])];
}

/**
 * A recommendation in codes. TIEK writes some conditions among the kinds of work (*night work* is ruled out): such a word
 * is a condition that the person needs.
 */
function recommendationInCodes(
  { suitableKinds = [], unsuitableKinds = [], conditions = [], maxHoursPerWeek }: InWords,
  vocabulary: Vocabulary,
): WorkRecommendation {
  const codesOf = (name: VocabularyName) => (word: string) => vocabulary.codesOf(name, word);
  const isKind = (word: string) => codesOf('occupation')(word).length > 0;
  const isCondition = (word: string) => codesOf('condition')(word).length > 0;
  const conditionWords = [...conditions, ...unsuitableKinds.filter((word) => !isKind(word))];
  const ruledOut = unsuitableKinds.filter(isKind);
  return {
    suitableKinds: inCodes(vocabulary, 'occupation', suitableKinds.filter(isKind)),
    unsuitableKinds: inCodes(vocabulary, 'occupation', ruledOut),
    conditions: inCodes(vocabulary, 'condition', conditionWords.filter(isCondition)),
    ...(maxHoursPerWeek !== undefined && { maxHoursPerWeek }),
    said: Object.fromEntries(
      ruledOut.flatMap((word) => codesOf('occupation')(word).map((code) => [code, word])),
    ),
    unknown: {
      suitable: suitableKinds.filter((word) => !isKind(word)),
      others: conditionWords.filter((word) => !isCondition(word)),
    },
  };
}

/** Codes of words; a word that is none stays. */
const inCodes = (vocabulary: Vocabulary, name: VocabularyName, words: readonly string[]): string[] =>
  words.length === 0
    ? []
    : [
        ...new Set(
          words.flatMap((word) => {
            const codes = vocabulary.codesOf(name, word);
            return codes.length > 0 ? codes : [word];
          }),
        ),
      ];
