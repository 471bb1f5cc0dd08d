import { newsSubject, receiveNews } from '../../records/news';
import { news as pieceOfNews } from '../../registers/news';
import {
  accounts,
  approve,
  claimsOf,
  type MoneyBench,
  ordered,
  startMoneyBench,
} from '../../test/support/money';

let bench: MoneyBench;
let subsidy: string;
let key: string;
let told = 0;

beforeEach(async () => {
  bench = await startMoneyBench('2024-03-04T09:00:00+05:00', { statements: true });
  subsidy = await ordered(bench, '2024-03-01');
  await bench.pass('28d');
  await bench.pass('9h');
  key = `${subsidy}-2024-03/1`;
});
afterEach(() => bench.close());

/** Sends a piece of news. Its workflow acts on it until it waits or ends. */
async function tell(type: string, more: object): Promise<string> {
  const at = (await bench.clock.now()).toISOString();
  const news = pieceOfNews.parse({ event: `e-${++told}`, at, register: 'treasury', type, key, ...more });
  const subject = newsSubject(news);
  await bench.write(subject, (transaction) => receiveNews(transaction, news));
  await bench.activities.advance(subject);
  await bench.settle();
  return (await bench.db.news.findFirstOrThrow({ where: { event: news.event } })).state;
}

const month = async () => (await claimsOf(bench, subsidy))[0]?.[1];

test('news of a return after the settlement: the treasury is asked, and the claim opens again', async () => {
  await approve(bench, `${subsidy}-2024-03`);
  await bench.pass('1d');
  expect(await month()).toBe('settled');
  await bench.sandbox.script({ treasury: { returns: { key, code: 'account_closed' } } });
  expect(await tell('payment_returned', { on: '2024-04-02', code: 'account_closed' })).toBe('done');
  expect(await month()).toBe('payment_returned');
  expect(await accounts(bench, 'hire_pwd-1726-2024')).toMatchObject({ payable: 510_000 });
  expect(await bench.db.payment.findUniqueOrThrow({ where: { key } })).toMatchObject({
    state: 'returned',
    code: 'account_closed',
    word: 'answer',
  });
  await bench.pass('2d');
  const statement = await bench.db.statement.findUniqueOrThrow({ where: { id: '2024-04-02' } });
  expect(statement.state).toBe('matched');
});

test('news alone changes nothing: the answer says it is settled', async () => {
  await approve(bench, `${subsidy}-2024-03`);
  await bench.pass('1d');
  expect(await tell('payment_returned', { on: '2024-04-02', code: 'account_closed' })).toBe('done');
  expect(await month()).toBe('settled');
  expect(await tell('payment_settled', { on: '2024-04-02' })).toBe('done');
});

test('settled, and now the treasury knows no such key: disputed, nothing is sent under another', async () => {
  await approve(bench, `${subsidy}-2024-03`);
  await bench.pass('1d');
  expect(await month()).toBe('settled');
  await bench.sandbox.script({ treasury: { contradicts: { key, first: { state: 'none' }, times: 1 } } });
  expect(await tell('payment_returned', { on: '2024-04-02', code: 'account_closed' })).toBe('done');
  expect(await month()).toBe('disputed');
  expect(await bench.waits(`claim/${subsidy}-2024-03`)).toMatchObject([
    { kind: 'dispute', role: 'finance_officer' },
  ]);
  expect(await bench.db.payment.count()).toBe(1);
  expect(await accounts(bench, 'hire_pwd-1726-2024')).toMatchObject({ paid: 510_000 });
});

test('the treasury does not answer: the news waits, and asks again', async () => {
  await approve(bench, `${subsidy}-2024-03`);
  await bench.pass('1d');
  await bench.sandbox.script({ treasury: { down: { for: '2d' } } });
  expect(await tell('payment_returned', { on: '2024-04-02', code: 'account_closed' })).toBe('asking');
  expect(await month()).toBe('settled');
});

test('news before the answer: the same key, executed once', async () => {
  await bench.sandbox.script({ treasury: { treats: { times: 1, news_first: true, loses_answer: {} } } });
  await approve(bench, `${subsidy}-2024-03`);
  expect(await month()).toBe('sent');
  await tell('payment_settled', { on: '2024-04-01' });
  expect(await month()).toBe('settled');
  expect([bench.sandbox.world.treasury.orders.get(key)]).toMatchObject([{ executed: 1 }]);
  await bench.pass('1d');
  const statement = await bench.db.statement.findUniqueOrThrow({ where: { id: '2024-04-01' } });
  expect(statement.state).toBe('matched');
});
