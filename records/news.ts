import type { Transaction } from './kernel/transaction';

/** A piece of news that a register pushed: `event` is the register's own id, `at` the instant in the register. */
export interface Pushed {
  event: string;
  register: string;
  type: string;
  /** An instant with its offset. */
  at: string;
}

/** The workflow id of a piece of news. */
export const newsSubject = ({ register, event }: Pushed): string => `news/${register}/${event}`;

/**
 * Records a piece of news once. It is open until its workflow has acted.
 *
 * @returns `known` when it was pushed before: then nothing is written
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
