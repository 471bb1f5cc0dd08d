import type { About } from '../../records/kernel/events';
import type { Transaction } from '../../records/kernel/transaction';
import type { News } from '../../registers/news';
import * as contracts from './contracts';
import * as employers from './employers';
import * as money from './money';
import * as people from './people';
import type { Told } from './read';
import { receipt } from './receipts';

/**
 * Applies each kind of news, and answers the person, case and employer of the news. News may come late, twice or out of order,
 * and may contradict earlier news. So an end is provisional, and the labour register is asked for a contract. Its later answer
 * counts. For unknown people and employers only the arrival of the news is recorded.
 */
const consequences: { [T in News['type']]: (transaction: Transaction, told: Told<T>) => Promise<About> } = {
  contract_registered: contracts.registered,
  contract_ended: contracts.ended,
  end_taken_back: contracts.endTakenBack,
  employer_liquidated: employers.liquidated,
  employer_reorganised: employers.reorganised,
  recommendation_changed: people.recommendationChanged,
  person_died: people.died,
  wages_corrected: money.wagesCorrected,
  payment_settled: money.paymentSettled,
  payment_returned: money.paymentReturned,
  incoming: money.incoming,
  receipt,
};

export const applyNews = <T extends News['type']>(transaction: Transaction, news: Told<T>): Promise<About> =>
  (consequences[news.type] as (transaction: Transaction, told: Told<T>) => Promise<About>)(transaction, news);
