import { type Day, dayOf } from '../day';
import { type Catalogue, messageOf, wordsIn } from './catalogue';
import type { Language } from './languages';

/** Who reads a text: in which language, on which day, and how ids and codes of places are called. */
export interface Reader {
  language: Language;
  /** Days of its year are said without the year. */
  today: Day;
  /** The name of a person, an employer, an official or a place; undefined where none is known. */
  nameOf?: (id: string) => string | undefined;
}

export type Params = Readonly<Record<string, unknown>>;

/** A list of codes with its words; the states are by the kind of row. */
export type Vocabulary = Exclude<keyof Catalogue['codes'], 'state'>;

/** Puts rendered values into a message. */
export const fill = (language: Language, text: string, values: Readonly<Record<string, string | number>>) =>
  messageOf(language, text).format(values);

/** A day as people say it: `4 December`, with the year where it is not the reader's. */
export function dayInWords({ language, today }: Reader, value: string): string {
  const day = value.length === 10 ? value : dayOf(new Date(value));
  const { calendar } = wordsIn(language);
  const [year = '', month = '', date = ''] = day.split('-');
  const values = { day: String(Number(date)), month: nameOfMonth(language, month), year };
  return fill(language, today.startsWith(year) ? calendar.day : calendar.dayOfYear, values);
}

/** A month with its year: `November 2026`. */
export function monthInWords({ language }: Pick<Reader, 'language'>, value: string): string {
  const [year = '', month = ''] = value.split('-');
  return fill(language, wordsIn(language).calendar.monthOfYear, {
    year,
    month: nameOfMonth(language, month),
  });
}

const nameOfMonth = (language: Language, month: string): string =>
  (wordsIn(language).calendar.months as Readonly<Record<string, string>>)[month] ?? month;

/** A whole number with spaces between the thousands: `469 333`. */
export const grouped = (n: number | bigint | string): string => String(n).replaceAll(/\B(?=(\d{3})+$)/g, ' ');

/** Whole so'm: `469 333 so'm`, in every language. */
export const sumInWords = (amount: number | bigint | string): string => `${grouped(amount)} so'm`;

/** A code of a vocabulary in words. One that has none, as of a register's own list, is shown without its underscores. */
export const codeInWords = (language: Language, vocabulary: Vocabulary, code: string): string =>
  (wordsIn(language).codes[vocabulary] as Readonly<Record<string, string>>)[code] ??
  code.replaceAll('_', ' ');

/** A state of a kind of row in words. */
export const stateInWords = (language: Language, kind: keyof Catalogue['codes']['state'], state: string) =>
  (wordsIn(language).codes.state[kind] as Readonly<Record<string, string>>)[state] ?? state;

/** How the values of a parameter are shown; the other parameters of the message are beside it. */
export type Show = (value: string, reader: Reader, params: Params) => string;

export const asIs: Show = (value) => value;
export const named: Show = (value, { nameOf }) => nameOf?.(value) ?? value;
export const day: Show = (value, reader) => dayInWords(reader, value);
export const month: Show = (value, reader) => monthInWords(reader, value);
export const sum: Show = (value) => sumInWords(value);
export const count: Show = (value) => grouped(value);
export const code =
  (vocabulary: Vocabulary): Show =>
  (value, { language }) =>
    codeInWords(language, vocabulary, value);
/** Several codes, separated by commas. */
export const codes =
  (vocabulary: Vocabulary): Show =>
  (value, { language }) =>
    value
      .split(', ')
      .map((each) => codeInWords(language, vocabulary, each))
      .join(', ');
/** A code in words, or what somebody wrote; it ends with a full stop. */
export const sentence =
  (vocabulary?: Vocabulary): Show =>
  (value, { language }) => {
    const said = vocabulary ? codeInWords(language, vocabulary, value).trim() : value.trim();
    return /[.!?]$/.test(said) ? said : `${said}.`;
  };
/** An office: a role, as of its head where the rank says so. */
export const office: Show = (value, { language }, { rank }) =>
  codeInWords(
    language,
    'role',
    value.replace('-head', '_head') + (rank === 'head' && !value.endsWith('-head') ? '_head' : ''),
  );
export const place: Show = (value, { language, nameOf }) =>
  nameOf?.(value) ?? codeInWords(language, 'place', value);
export const yesNo: Show = (value, { language }) => codeInWords(language, 'yes_no', value);
export const terms =
  (vocabulary: 'occupation' | 'condition' | 'skill'): Show =>
  (value, { nameOf }) =>
    value
      .split(', ')
      .map((each) => nameOf?.(`${vocabulary}/${each}`) ?? each)
      .join(', ');

/** Parameters that say something by being empty. */
export const whereEmpty: Readonly<Record<string, string>> = { area: 'republic' };

/** A value as text; an object is none. */
export const written = (value: unknown): string | undefined => {
  if (typeof value === 'string') return value === '' ? undefined : value;
  return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint'
    ? String(value)
    : undefined;
};
