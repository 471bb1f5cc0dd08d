import type { Reason, ReasonCode } from '../matching';
import { type Catalogue, wordsIn } from './catalogue';
import type { Language } from './languages';
import { codeInWords, type Params, type Reader, say } from './values';

export type NoticeType = keyof Catalogue['notices'];
export type EventType = keyof Catalogue['events'];

/**
 * A message to somebody in words; it ends with how the service is reached.
 *
 * @param contact the service's address or telephone
 * @throws Error for a type that the catalogue does not have
 */
export function noticeInWords(reader: Reader, type: string, params: Params, contact: string): string {
  const { notices, signature } = wordsIn(reader.language);
  if (!(type in notices)) throw new Error(`the catalogue has no message ${type}`);
  return say(reader, signature, { text: say(reader, notices[type as NoticeType], params, type), contact });
}

/** An event in words: the sentence that a time line shows for it. */
export function eventInWords(reader: Reader, type: string, params: Params): string {
  const { events } = wordsIn(reader.language);
  return type in events ? say(reader, events[type as EventType], params, type) : type;
}

/** Whether the reader owes a wait, is who has it next, or neither. */
export type Side = 'own' | 'next' | 'others';

/**
 * The step that follows a wait, in words.
 *
 * @param role of the reader: a text about the reader's own office says *you*
 */
export function stepInWords(
  language: Language,
  kind: string,
  step: string,
  reader: Side = 'others',
  role?: string,
): string {
  const { stays, ...steps } = wordsIn(language).waits.then;
  if (step === 'stays') return spoken(language, stays, reader);
  const text = (steps as Readonly<Record<string, Readonly<Record<string, string>>>>)[kind]?.[step];
  return text === undefined ? step : spoken(language, text, reader, role);
}

/** The next owner of a wait, in words. Undefined for a role that receives no waits. */
export function nextOwnerInWords(
  language: Language,
  { owner, rank }: { owner: string; rank?: string },
  reader: Side = 'others',
): string {
  const { next } = wordsIn(language).waits;
  return spoken(language, next[(rank === 'head' ? `${owner}_head` : owner) as keyof typeof next], reader);
}

const spoken = (language: Language, text: string, reader: Side, role?: string): string =>
  say({ language, today: '' }, text, { reader, role });

/** A reason for or against a job or a course as a sentence that can be read to the person. */
export const reasonInWords = <C extends ReasonCode>(
  reader: Reader,
  { code, params }: Reason<C>,
  offer: 'job' | 'course' = 'job',
): string => say(reader, wordsIn(reader.language).matching[code], { ...params, offer }, code);

/** The words on a record that may be of the same person, as far as name, birth and mahalla tell. */
export const doubleInWords = (reader: Reader, person: string): string =>
  say(reader, wordsIn(reader.language).doubles.same, { person });

/** A refusal as it is recorded: its code, the reviewer's words, and what the rule asks for. */
export type Refused = Params & { code: string; words?: string };

/** A refusal in words: why, and what can be done. */
export const refusalInWords = (reader: Reader, refusal: Refused): { why: string; next: string } => ({
  why: [codeInWords(reader.language, 'refusal', refusal.code), refusal.words].filter(Boolean).join(' '),
  next: say(reader, wordsIn(reader.language).refusals.next, refusal, 'refusals'),
});

/** Why an action is not possible, though the row's state allows it. */
export interface WhyNot {
  code: keyof Catalogue['notAllowed'];
  params?: Params;
  /** The reasons one by one, for programs. */
  errors?: readonly { field: string; detail: string }[];
}

/** The version of the policy that a refusal rests on, in words. */
export const rulesInWords = (reader: Reader, version: Params): string =>
  say(reader, wordsIn(reader.language).refusals.rules, version, 'refusals');

/** Whom a row waits for, and until which day. */
export const waitInWords = (
  reader: Reader,
  wait: { role: string; rank?: string | undefined; dueOn: string | null },
): string =>
  say(
    reader,
    wordsIn(reader.language).refusals.waits,
    { roles: wait.rank === 'head' ? `${wait.role}_head` : wait.role, due: wait.dueOn },
    'refusals',
  );

/** Why an action is not possible, what can be done, and the version of the policy that says so. */
export function whyNotInWords(reader: Reader, { code, params = {} }: WhyNot): string {
  const why = say(reader, wordsIn(reader.language).notAllowed[code], params, code);
  return params['version'] === undefined ? why : `${why} ${rulesInWords(reader, params)}`;
}

/** The office that has what no official of it has. */
export const officeInWords = (language: Language): string => codeInWords(language, 'place', 'office');

/** A visit that is due: what is to be done, and what follows when nobody goes. */
export const visitInWords = (language: Language) => wordsIn(language).visits;

/** The way, the day and the result of a message to somebody, as its readers see it. */
export const messageInWords = (
  reader: Reader,
  result: { state: string; channel: string; on: string; language: string | null },
): string => say(reader, wordsIn(reader.language).messages.result, result);
