import type { Received } from '../../contracts/fields';
import { type Day, dayOf, endOfDay } from '../../domain/day';
import { wrongField } from '../../records/kernel/refusal';
import type { Transaction } from '../../records/kernel/transaction';

/** An employer's word that an official may enter, with the manner and the day of its receipt. */
type Word = { received?: Received };

/** The instant of an event whose day alone is known: the end of that day, but not after the entry. */
export const byTheEndOf = (transaction: Pick<Transaction, 'givenAt'>, day: Day): Date =>
  day < dayOf(transaction.givenAt) ? endOfDay(day) : transaction.givenAt;

/**
 * Only officials enter a day of receipt. An employer's own word counts from the instant of its entry
 * [pathway §5, received in time].
 *
 * @param asked the first day on which the word can be received
 * @throws Refusal for an employer's entry with manner and date, for an official's entry without them, and for a date before
 *   the question or in the future
 */
export function checkReceived(transaction: Transaction, { received }: Word, asked: Day): void {
  const isEmployers = transaction.actor.role === 'employer';
  if (isEmployers && received)
    throw wrongField(
      'received',
      'officials_only',
      'Your answer counts from now: manner and date are entered by officials. Leave them out.',
    );
  if (received && (received.on > dayOf(transaction.givenAt) || received.on < asked))
    throw wrongField(
      'received.on',
      'impossible_day',
      'An answer is received between the day of issue and today.',
    );
  if (!isEmployers && !received)
    throw wrongField('received', 'missing', 'An answer entered by an official needs its manner and date.');
}

/** The instant of the employer's word. A word on paper or by phone counts from the end of the day of its receipt. */
export const receivedAt = (transaction: Pick<Transaction, 'givenAt'>, { received }: Word): Date =>
  received ? byTheEndOf(transaction, received.on) : transaction.givenAt;

/** The parameters of an event that say how and when a word came that an official entered. */
export const receivedInWords = ({ received }: Word): { manner?: string; received?: Day } =>
  received ? { manner: received.manner, received: received.on } : {};
