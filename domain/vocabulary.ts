import { folded } from './folding';

/** The vocabularies: kinds of work (minor groups of ISCO-08), conditions at work, skills [pathway §4]. */
export const vocabularyNames = ['occupation', 'condition', 'skill'] as const;
export type VocabularyName = (typeof vocabularyNames)[number];

/** The languages of a term's name. A name in another one is optional. */
export const termLanguages = ['en', 'uz-Latn', 'uz-Cyrl', 'ru'] as const;
export type TermNames = { en: string; 'uz-Latn': string; 'uz-Cyrl'?: string; ru?: string };

export interface Term {
  vocabulary: VocabularyName;
  code: string;
  names: TermNames;
  /** Other words for it, in any script. */
  synonyms: readonly string[];
  retired: boolean;
}

/** A code of one digit is a major group of kinds of work, of two a sub-major group, of three a minor group. */
export const isMinorGroup = (code: string): boolean => code.length === 3;

/** Whether a group of kinds of work holds another: `93` holds `933`, and each group holds itself. */
export const holds = (group: string, work: string): boolean => work.startsWith(group);

export interface Vocabulary {
  /** The codes of a code, a name or a synonym, in either script; none for a word that is not known. */
  codesOf(vocabulary: VocabularyName, word: string): readonly string[];
  /** The codes of the terms with a folded word anywhere in a name or synonym. */
  codesWith(vocabulary: VocabularyName, word: string): string[];
  term(vocabulary: VocabularyName, code: string): Term | undefined;
  /** The name of a code in a language; a word that is no code is its own name. */
  nameOf(vocabulary: VocabularyName, code: string, language?: string): string;
  /** The terms with the most similar words, the most similar first. Retired terms are not among them. */
  nearest(vocabulary: VocabularyName, word: string, most?: number): Term[];
}

/** The search form of a word. `_` is a space, as in `call_centre`. */
export const keyOfWord = (word: string): string => folded(word.replaceAll('_', ' '));

export const wordsOf = ({ code, names, synonyms }: Term): string[] => [
  code,
  ...Object.values(names),
  ...synonyms,
];

/** The vocabularies that terms make. */
export function vocabularyOf(terms: readonly Term[]): Vocabulary {
  const byCode = new Map(terms.map((term) => [`${term.vocabulary}/${term.code}`, term]));
  const byKey = new Map<string, Set<string>>();
  for (const term of terms)
    for (const word of wordsOf(term)) {
      const key = `${term.vocabulary}/${keyOfWord(word)}`;
      byKey.set(key, (byKey.get(key) ?? new Set()).add(term.code));
    }
  const term = (vocabulary: VocabularyName, code: string) => byCode.get(`${vocabulary}/${code}`);
  return {
    term,
    codesOf: (vocabulary, word) =>
      term(vocabulary, word) ? [word] : [...(byKey.get(`${vocabulary}/${keyOfWord(word)}`) ?? [])],
    codesWith: (vocabulary, word) =>
      terms
        .filter((each) => each.vocabulary === vocabulary)
        .filter((each) => wordsOf(each).some((known) => keyOfWord(known).includes(word)))
        .map(({ code }) => code),
    nameOf(vocabulary, code, language = 'en') {
      const names = term(vocabulary, code)?.names;
      return names?.[language as keyof TermNames] ?? names?.['uz-Latn'] ?? code;
    },
    nearest: (vocabulary, word, most = 5) =>
      terms
        .filter((each) => each.vocabulary === vocabulary && !each.retired)
        .map((each) => ({
          each,
          likeness: Math.max(...wordsOf(each).map((known) => likeness(word, known))),
        }))
        .filter((found) => found.likeness >= LIKE)
        .toSorted((a, b) => b.likeness - a.likeness)
        .slice(0, most)
        .map(({ each }) => each),
  };
}

/** Words are similar from this share of common pairs of letters on. It finds misspelled words, and few others. */
const LIKE = 0.3;

/** How similar two words are, 0 to 1: the share of the pairs of letters that they have in common (Dice's coefficient). */
function likeness(a: string, b: string): number {
  const [here, there] = [pairsIn(a), pairsIn(b)];
  const common = [...here].filter((pair) => there.has(pair)).length;
  return here.size + there.size === 0 ? 0 : (2 * common) / (here.size + there.size);
}

const pairsIn = (word: string): Set<string> => {
  const key = ` ${keyOfWord(word)} `;
  return new Set(Array.from({ length: key.length - 1 }, (_, n) => key.slice(n, n + 2)));
};

/** The name of a kind of work, a condition or a skill. Their codes differ from those of districts. */
export function termName(vocabulary: Vocabulary, code: string, language: string): string | undefined {
  const named = vocabularyNames.find((name) => vocabulary.term(name, code) !== undefined);
  return named && vocabulary.nameOf(named, code, language);
}
