import type { Day } from '../day';

/** The sources of words about a payment, weakest first. Of two sources that disagree, the later in this list outranks [money §5]. */
export const sources = ['news', 'answer', 'statement', 'officer'] as const;
export type Source = (typeof sources)[number];

/** The known state of an attempt, and its source. */
export interface Known {
  source: Source;
  says: 'accepted' | 'settled' | 'returned' | 'refused';
  /** The day on which the money moved. */
  on?: Day | undefined;
}

/** An arriving word. `unknown_key`: the treasury knows no such order. `silence`: a time-out, or an answer that makes no sense. */
export interface Word {
  source: Source;
  says: Known['says'] | 'unknown_key' | 'silence';
  on?: Day | undefined;
  /** The sum in whole so'm and the account, by the treasury's record. */
  amount?: bigint | undefined;
  account?: string | undefined;
}

/** An attempt as we sent it. */
export interface Attempt {
  amount: bigint;
  account: string;
  known?: Known | undefined;
}

/**
 * The consequence of a word. The attempt is accepted, settled, returned or refused; the treasury is asked; the same order is
 * sent again under the same key; nothing follows; or a person must look.
 */
export type Meaning =
  | { then: Known['says'] | 'ask' | 'send_again' | 'nothing' }
  | { then: 'disputed'; why: 'unknown_key' | 'amount_differs' | 'account_differs' | 'contradiction' };

/**
 * The consequence of a new word for an attempt [money §5]. News only prompts a question. After silence or an unknown key the
 * same key is sent again, while no final word is known. A return after a settlement is normal. Every other change of a final
 * word is a contradiction, and nothing is sent meanwhile.
 *
 * @param attempt the attempt with the word's key; undefined when we know no such key
 */
export const meaningOf = (word: Word, attempt: Attempt | undefined): Meaning => {
  if (word.source === 'news') return { then: attempt && isKnown(word, attempt.known) ? 'nothing' : 'ask' };
  if (!attempt) return { then: 'disputed', why: 'unknown_key' };
  const { known } = attempt;
  const final = known !== undefined && known.says !== 'accepted';
  if (word.says === 'silence') return { then: final ? 'nothing' : 'send_again' };
  if (word.says === 'unknown_key')
    return final ? { then: 'disputed', why: 'unknown_key' } : { then: 'send_again' };
  if (word.amount !== undefined && word.amount !== attempt.amount)
    return { then: 'disputed', why: 'amount_differs' };
  if (word.account !== undefined && word.account !== attempt.account)
    return { then: 'disputed', why: 'account_differs' };
  if (isKnown(word, known)) return { then: 'nothing' };
  return final ? afterFinal(known, { ...word, says: word.says }) : { then: word.says };
};

/** Whether one source outranks another. */
export const outranks = (a: Source, b: Source): boolean => sources.indexOf(a) > sources.indexOf(b);

const isKnown = (word: Word, known: Known | undefined): boolean => word.says === known?.says;

const afterFinal = (known: Known, word: Word & { says: Known['says'] }): Meaning => {
  if (word.says === 'accepted') return { then: 'nothing' };
  if (known.says === 'settled' && word.says === 'returned' && mayFollow(known, word))
    return { then: 'returned' };
  if (known.says === 'returned' && word.says === 'settled' && isLater(known.on, word.on))
    return { then: 'nothing' };
  return { then: 'disputed', why: 'contradiction' };
};

/** A return on a later day is new to every earlier source. On the same day the stronger source counts. */
const mayFollow = (known: Known, word: Word): boolean =>
  !isLater(known.on, word.on) && (isLater(word.on, known.on) || !outranks(known.source, word.source));

const isLater = (a: Day | undefined, b: Day | undefined): boolean =>
  a !== undefined && b !== undefined && a > b;
