import type { Transaction } from './kernel/transaction';

/** A piece of news as a register pushed it: `event` is the register's own name for it, `at` when it happened there. */
export interface Pushed {
  event: string;
  register: string;
  type: string;
  /** An instant with its offset. */
  at: string;
}

/** The workflow id under which a piece of news is walked. */
export const newsSubject = ({ register, event }: Pushed): string => `news/${register}/${event}`;

/**
 * Records a piece of news once, open, for its workflow to act on.
 *
 * @returns `known` when it was pushed before: nothing is written and nothing more is to be done
 */
export async function receiveNews(transaction: Transaction, news: Pushed): Promise<'new' | 'known'> {
  const { event, register, type, at } = news;
  const { count } = await transaction.tx.news.createMany({
    data: {
      id: `${register}/${event}`,
      register,
      event,
      type,
      body: { ...news },
      at: new Date(at),
      state: 'received',
      since: transaction.now,
      correlationId: transaction.correlationId,
    },
    skipDuplicates: true,
  });
  return count === 1 ? 'new' : 'known';
}
