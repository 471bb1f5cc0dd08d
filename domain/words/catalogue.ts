import { IntlMessageFormat } from 'intl-messageformat';
import en from './en.json';
import type { Language } from './languages';
import uzLatn from './uz-Latn.json';

/** The texts of a language; the English catalogue says which there are. */
export type Catalogue = typeof en;

const catalogues: Readonly<Record<Language, Catalogue>> = { en, 'uz-Latn': uzLatn };

export const wordsIn = (language: Language): Catalogue => catalogues[language];

/** How a message uses an argument: it is shown, it chooses among texts (`select`), or it is counted (`plural`). */
export type Use = 'shown' | 'choice' | 'count';

/** A compiled ICU message, with its arguments and how it uses each. */
export interface Message {
  readonly uses: ReadonlyMap<string, ReadonlySet<Use>>;
  format(values: Readonly<Record<string, string | number>>): string;
}

const compiled = new Map<string, Message>();

/** An ICU message, compiled once. */
export function messageOf(language: Language, text: string): Message {
  const key = `${language} ${text}`;
  const known = compiled.get(key);
  if (known) return known;
  const formatter = new IntlMessageFormat(text, language, undefined, { ignoreTag: true });
  const message = {
    uses: usesIn(formatter.getAst()),
    format: (values: Readonly<Record<string, string | number>>) => String(formatter.format({ ...values })),
  };
  compiled.set(key, message);
  return message;
}

type Ast = ReturnType<IntlMessageFormat['getAst']>;

/** The numbers that the parser gives to the parts of a message that name an argument. */
const useOf: Readonly<Record<number, Use>> = { 1: 'shown', 5: 'choice', 6: 'count' };

function usesIn(ast: Ast, uses = new Map<string, Set<Use>>()): Map<string, Set<Use>> {
  for (const part of ast) {
    const use = useOf[part.type];
    if (use && 'value' in part && typeof part.value === 'string')
      uses.set(part.value, (uses.get(part.value) ?? new Set()).add(use));
    if ('options' in part) for (const option of Object.values(part.options)) usesIn(option.value, uses);
  }
  return uses;
}
