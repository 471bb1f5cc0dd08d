import {
  holds,
  isMinorGroup,
  type Term,
  type Vocabulary,
  type VocabularyName,
} from '../../domain/vocabulary';
import type { Refused } from './create-or-change';
import { wrongFields } from './validation';

/**
 * Words at our doors as codes [pathway §4]. A code, a name or a synonym is taken, and its code is kept. Each other word is an
 * error of its field, with the most similar terms.
 */
export class Coder {
  readonly errors: (Refused & { code: string })[] = [];

  constructor(private readonly vocabulary: Vocabulary) {}

  /** A job has one kind of work: a minor group. */
  work(field: string, word: string): string {
    const groups = this.usable('occupation', word).filter(isMinorGroup);
    if (groups.length === 1) return groups[0] ?? word;
    this.refuse(field, 'occupation', word, groups);
    return word;
  }

  /** A list of words. A kind of work may be a major or sub-major group. */
  list(field: string, name: VocabularyName, words: readonly string[]): string[] {
    return [...new Set(words.flatMap((word, n) => this.each(`${field}.${n}`, name, word)))];
  }

  /** A list that keeps its words, because they are TIEK's. Each must have a code in one of the vocabularies. */
  known(
    field: string,
    names: readonly [VocabularyName, ...VocabularyName[]],
    words: readonly string[],
  ): void {
    for (const [n, word] of words.entries())
      if (names.every((name) => this.vocabulary.codesOf(name, word).length === 0))
        this.refuse(`${field}.${n}`, names[0], word);
  }

  /** @throws Problem 422 with an entry for each field that is wrong */
  check(): void {
    const [only, ...others] = new Set(this.errors.map(({ code }) => code));
    if (only === undefined) return;
    throw wrongFields(
      others.length === 0 ? only : 'wrong_fields',
      this.errors.map(({ field, detail }) => ({ field, detail })),
    );
  }

  private each(field: string, name: VocabularyName, word: string): string[] {
    const codes = this.usable(name, word);
    if (codes.length > 0)
      return codes.filter((code) => !codes.some((other) => other !== code && holds(other, code)));
    this.refuse(field, name, word);
    return [word];
  }

  private usable(name: VocabularyName, word: string): string[] {
    return this.vocabulary
      .codesOf(name, word)
      .filter((code) => this.vocabulary.term(name, code)?.retired === false);
  }

  private refuse(field: string, name: VocabularyName, word: string, possible: readonly string[] = []): void {
    const terms =
      possible.length > 0
        ? possible.map((code) => this.vocabulary.term(name, code)).filter((term) => term !== undefined)
        : this.vocabulary
            .nearest(name, word, 50)
            .filter(({ code }) => name !== 'occupation' || isMinorGroup(code));
    this.errors.push({ field, code: 'unknown_word', detail: detailOf(name, terms.slice(0, 5)) });
  }
}

const whats: Record<VocabularyName, string> = {
  occupation: 'kind of work',
  condition: 'condition',
  skill: 'skill',
};

const detailOf = (name: VocabularyName, terms: readonly Term[]): string =>
  [
    `Is no ${whats[name]} that the vocabulary has.`,
    ...(terms.length > 0
      ? [`Do you mean ${terms.map(({ code, names }) => `${code} (${names.en})`).join(', ')}?`]
      : []),
    `See GET /v1/vocabularies/${name}/terms.`,
  ].join(' ');
