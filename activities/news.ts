import { record } from '../records/kernel/events';
import { askTwiceADay } from '../records/kernel/tasks';
import type { Transaction } from '../records/kernel/transaction';
import type { News } from '../registers/news';
import { closeUnlessWaiting } from './news/closing';
import { leftToPerson } from './news/doubtful';
import { endCorrectionQuestion, endUnconfirmed, unmonitoredEndQuestion } from './news/ends';
import { applyNews } from './news/consequences';
import { paymentQuestion, wagesQuestion } from './news/money';
import { readNews } from './news/read';
import type { RowHandlers } from './row-handlers';

/** Applies a piece of news once. Its changes and its event are one transaction. */
async function receive(transaction: Transaction, id: string): Promise<void> {
  const row = await readNews(transaction, id);
  if (row.state !== 'received') return closeUnlessWaiting(transaction, id);
  transaction.correlationId = row.correlationId;
  const news = row.body as News;
  const { caseId, personId, employerId } =
    (await leftToPerson(transaction, news)) ?? (await applyNews(transaction, news));
  const about = { caseId: caseId ?? null, personId: personId ?? null, employerId: employerId ?? null };
  await record(transaction, 'news', about, { register: news.register, type: news.type });
  await closeUnlessWaiting(transaction, id);
}

/** A piece of news. It is applied when its workflow begins. The news asks its questions until they are answered. */
export const newsHandlers: RowHandlers<'news'> = {
  kind: 'news',
  commands: {},
  steps: { endUnconfirmed, askedOn: (transaction, _id, task) => askTwiceADay(transaction, task) },
  questions: {
    end_correction: endCorrectionQuestion,
    unmonitored_end: unmonitoredEndQuestion,
    wages_answer: wagesQuestion,
    payment_answer: paymentQuestion,
  },
  reconsider: receive,
};
