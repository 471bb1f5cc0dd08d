import { system } from '../../domain/roles';
import type { Actor } from '../../domain/roles';
import { reconciliation } from '../../domain/reports/reconciliation';
import { chainOf } from '../../records/reads/chain';
import { post } from '../../records/kernel/ledger';
import { readReconciliation } from '../../records/reads/reconciliation';
import { wake } from '../../records/kernel/wake';
import type { Action } from '../../registers/sandbox/script';
import {
  accounts,
  approve,
  financeOfficer,
  type MoneyBench,
  ordered,
  secondFinanceOfficer,
  startMoneyBench,
} from '../../test/support/money';
import { readClaim } from './claims';
import { heed } from './paying/heeding';
import { demand } from './recovering';

const republic: Actor = { id: 'finance_officer-fund', role: 'finance_officer', rank: 'officer', area: '' };
const LINE = 'hire_pwd-1726-2024';
const ACCOUNT = '20208000900123456001';

let bench: MoneyBench;
let key: string;
let claim: string;
afterEach(() => bench.close());

/**
 * Hired on the 1st. The month's claim is approved in the evening of Monday 1 April 2024. The treasury settles it at nine on
 * the 2nd.
 */
async function paid(
  { treats, amount = 510_000 }: { treats?: object; amount?: number } = {},
  ...before: Action[]
): Promise<void> {
  bench = await startMoneyBench('2024-03-04T09:00:00+05:00', { statements: true });
  const { id, role, rank, area } = republic;
  await bench.db.official.create({ data: { id, name: id, role, rank, area } });
  const subsidy = await ordered(bench, '2024-03-01');
  await bench.pass('28d');
  await bench.pass('9h');
  claim = `${subsidy}-2024-03`;
  key = `${claim}/1`;
  if (treats) await bench.sandbox.script({ treasury: { treats } });
  for (const action of before) await bench.sandbox.script(action);
  expect((await approve(bench, claim)).status).toBe(200);
  expect(Number((await bench.db.payment.findUniqueOrThrow({ where: { key } })).amount)).toBe(amount);
}

/** Another account is confirmed now and rests until the end of a day. A new attempt needs a decision. */
async function accountCorrected(restsUntil: string, then = 'ready'): Promise<void> {
  const { id, ...before } = await bench.db.account.findFirstOrThrow();
  await bench.db.account.update({ where: { id }, data: { state: 'replaced' } });
  const corrected = { number: '20208000500999888777', confirmedAt: await bench.clock.now() };
  const usableFrom = new Date(`${restsUntil}T23:59:59+05:00`);
  await bench.db.account.create({ data: { ...before, ...corrected, id: 'another', usableFrom } });
  await bench.write('account/test', (transaction) => Promise.resolve(wake(transaction, `claim/${claim}`)));
  await bench.settle();
  expect(await claimState()).toBe(then);
}

const statement = (id: string) => bench.db.statement.findUnique({ where: { id } });
const stateOf = async (id: string) => (await statement(id))?.state;
const claimState = async () => (await bench.db.claim.findUniqueOrThrow({ where: { id: claim } })).state;
const paymentNow = () => bench.db.payment.findUniqueOrThrow({ where: { key } });
const verdicts = async () =>
  (await bench.db.statementEntry.findMany({ orderBy: [{ statementId: 'asc' }, { n: 'asc' }] })).map(
    ({ statementId, kind, matched }) => [statementId, kind, matched],
  );
const differences = async (id: string) =>
  (
    await bench.db.task.findMany({
      where: { subject: `statement/${id}`, kind: 'difference', closedAt: null },
      orderBy: { id: 'asc' },
    })
  ).map(({ ref, role, area, due }) => [ref, role, area, due && due.toISOString().slice(0, 10)]);
const explain = (id: string, ref: string, actor: Actor = republic) =>
  bench.give(`statement/${id}`, 'explanation', { ref, words: 'the treasury has corrected it' }, actor);
const onLine = () => accounts(bench, LINE);
const reconciled = async (date: string, fund = 'employment') => {
  const now = await bench.clock.now();
  const facts = await readReconciliation(bench.db, { fund, day: date }, now, { n: 3, unit: 'workingDays' });
  if (!facts) throw new Error(`no statement of ${date}`);
  return reconciliation(facts);
};

test('the first payment begins the statements; each statement begins the next and confirms earlier answers', async () => {
  await paid();
  expect(await bench.waits('statement/2024-04-01')).toEqual([
    { kind: 'statement_answer', role: 'register', rank: null, due: '2024-04-12T23:59' },
  ]);
  await bench.pass('1d');
  expect(await stateOf('2024-04-01')).toBe('matched');
  expect(await paymentNow()).toMatchObject({ state: 'settled', word: 'answer', settledOn: '2024-04-02' });
  await bench.pass('1d');
  expect(await verdicts()).toEqual([['2024-04-02', 'settled', 'payment']]);
  expect(await paymentNow()).toMatchObject({ word: 'statement', settledOn: '2024-04-02' });
  expect(await bench.db.statement.findMany({ select: { id: true, state: true } })).toEqual([
    { id: '2024-04-01', state: 'matched' },
    { id: '2024-04-02', state: 'matched' },
    { id: '2024-04-03', state: 'asking' },
  ]);
});

test('movements of days off are in the statement of the next working day', async () => {
  await paid({ treats: { settles: '5d' } });
  await bench.pass('8d');
  // The 6th is a Saturday.
  expect(await verdicts()).toEqual([['2024-04-08', 'settled', 'payment']]);
  expect(await paymentNow()).toMatchObject({ state: 'settled', settledOn: '2024-04-06' });
  expect(await stateOf('2024-04-08')).toBe('matched');
});

test('settled by the statement before any answer', async () => {
  await paid();
  await bench.sandbox.script({
    treasury: { contradicts: { key, first: { state: 'accepted' }, for: '20d' } },
  });
  await bench.pass('2d');
  expect(await claimState()).toBe('settled');
  expect(await paymentNow()).toMatchObject({ state: 'settled', word: 'statement', settledOn: '2024-04-02' });
  expect(await bench.waits(`claim/${claim}`)).toEqual([]);
  expect(await onLine()).toMatchObject({ paid: 510_000 });
});

test('settled, then returned: the claim opens again and the money is payable', async () => {
  await paid({ treats: { returns: { after: '7d', code: 'account_closed' } } });
  await bench.pass('2d');
  expect(await claimState()).toBe('settled');
  await bench.pass('11d');
  expect(await claimState()).toBe('payment_returned');
  expect(await paymentNow()).toMatchObject({
    state: 'returned',
    word: 'statement',
    returnedOn: '2024-04-09',
  });
  expect(await onLine()).toMatchObject({ payable: 510_000 });
  expect(await onLine()).not.toHaveProperty('paid');
  expect(await bench.waits(`claim/${claim}`)).toMatchObject([
    { kind: 'account_correction', role: 'employer' },
  ]);
  expect(await verdicts()).toEqual([
    ['2024-04-02', 'settled', 'payment'],
    ['2024-04-09', 'returned', 'payment'],
  ]);
  expect(await differences('2024-04-09')).toEqual([]);
});

test('returned and paid again: the chain has both attempts, both accounts, every receipt and posting', async () => {
  await paid({ treats: { times: 1, returns: { after: '7d', code: 'account_closed' } } });
  await bench.pass('10d');
  await accountCorrected('2024-04-11');
  await bench.pass('4d');
  expect(await approve(bench, claim, secondFinanceOfficer)).toMatchObject({ status: 200 });
  await bench.pass('3d');
  const now = await bench.clock.now();
  const chain = await chainOf(bench.db, claim, system, now);
  const standing = bench.account;
  expect(chain.attempts).toMatchObject([
    { key, attempt: 1, accountId: standing, state: 'returned', word: 'statement' },
    { key: `${claim}/2`, attempt: 2, accountId: 'another', state: 'settled' },
  ]);
  expect(chain.accounts.map(({ id, state }) => [id, state])).toEqual([
    [standing, 'replaced'],
    ['another', 'confirmed'],
  ]);
  expect(chain.receipts.map(({ day, reference, kind }) => [day, reference, kind])).toEqual([
    ['2024-04-02', key, 'settled'],
    ['2024-04-09', key, 'returned'],
    ['2024-04-16', `${claim}/2`, 'settled'],
  ]);
  expect(chain.approval).toMatchObject({ by: secondFinanceOfficer.id, revision: 2, amount: 510_000 });
  const events = chain.postings.filter(({ amount }) => amount > 0n).map(({ event }) => event);
  expect(events).toEqual([
    'approved',
    'sent',
    'settled',
    'returned_after_settlement',
    'approval_fell',
    'approved',
    'sent',
    'settled',
  ]);
});

test('out and back by the same statement: the payment came back', async () => {
  await paid({ treats: { settles: '15h', returns: { after: '1h', code: 'wrong_account' } } });
  await bench.sandbox.script({
    treasury: { contradicts: { key, first: { state: 'accepted' }, for: '20d' } },
  });
  await bench.pass('3d');
  expect(await claimState()).toBe('payment_returned');
  expect(await onLine()).toMatchObject({ payable: 510_000 });
  expect(await differences('2024-04-02')).toEqual([]);
});

test('returned by an answer, then settled by the statement: a person sees it, and the person’s decision is posted', async () => {
  await paid();
  await bench.sandbox.script({
    treasury: {
      contradicts: { key, first: { state: 'returned', on: '2024-04-01', code: 'other' }, times: 1 },
    },
  });
  await bench.pass('1d');
  expect(await claimState()).toBe('payment_returned');
  await bench.pass('1d');
  expect(await claimState()).toBe('disputed');
  expect(await differences('2024-04-02')).toEqual([[key, 'finance_officer', '1726', '2024-04-10']]);
  const document = { number: '7', date: '2024-04-03', issuer: 'Treasury' };
  const said = await bench.give(
    `claim/${claim}`,
    'dispute',
    { outcome: 'settled', on: '2024-04-02', document },
    financeOfficer,
  );
  expect(said).toMatchObject({ status: 200, body: { state: 'settled' } });
  expect(await paymentNow()).toMatchObject({ state: 'settled', word: 'officer', returnedOn: null });
  expect(await onLine()).toMatchObject({ paid: 510_000 });
  expect(await onLine()).not.toHaveProperty('payable');
});

const say = (body: object, actor: Actor = financeOfficer) => {
  const document = { number: '7', date: '2024-04-03', issuer: 'Treasury' };
  const said = 'words' in body ? body : { ...body, document };
  return bench.give(`claim/${claim}`, 'dispute', said, actor);
};

test('returned by an officer’s word alone: nothing is sent anew before the treasury itself says so', async () => {
  await paid();
  const first = { state: 'returned', on: '2024-04-01', code: 'other' } as const;
  await bench.sandbox.script({ treasury: { contradicts: { key, first, times: 1 } } });
  await bench.pass('2d');
  for (const on of ['2024-03-01', '2024-04-30'])
    expect([on, await say({ outcome: 'returned', on })]).toMatchObject([
      on,
      { status: 422, body: { errors: [{ field: 'on' }] } },
    ]);
  expect(await say({ outcome: 'returned', on: '2024-04-03' })).toMatchObject({
    body: { state: 'payment_returned' },
  });
  await accountCorrected('2024-04-02');
  await explain('2024-04-02', key, financeOfficer);
  expect(await approve(bench, claim, financeOfficer)).toMatchObject({
    status: 403,
    body: { code: 'took_part' },
  });
  expect(await approve(bench, claim, secondFinanceOfficer)).toMatchObject({
    status: 409,
    body: { code: 'blocked', errors: [{ detail: 'disputed' }] },
  });
  await bench.sandbox.script({
    treasury: { invents: { day: '2024-04-04', kind: 'returned', key, amount: 510_000, account: ACCOUNT } },
  });
  await bench.pass('2d');
  expect(await paymentNow()).toMatchObject({ state: 'returned', word: 'statement' });
  expect(await approve(bench, claim, secondFinanceOfficer)).toMatchObject({ status: 200 });
  await bench.pass('2d');
  expect(await bench.db.payment.count()).toBe(2);
});

test('returned by an officer’s word, and settled by the treasury: disputed again', async () => {
  await paid();
  const first = { state: 'returned', on: '2024-04-01', code: 'other' } as const;
  await bench.sandbox.script({ treasury: { contradicts: { key, first, times: 1 } } });
  await bench.pass('2d');
  await say({ outcome: 'returned', on: '2024-04-02' });
  await accountCorrected('2024-04-02', 'disputed');
  expect(await bench.db.payment.count()).toBe(1);
});

describe('returned by an answer, sent anew, and stated late as settled under the first key', () => {
  /** The first attempt moved on 2 April, by a later statement. The account is corrected meanwhile and rests until the 5th. */
  const sentAnew = async (until: string): Promise<void> => {
    await paid();
    const told: Action['treasury'][] = [
      { contradicts: { key, first: { state: 'returned', on: '2024-04-01', code: 'other' }, times: 1 } },
      { omits: { day: '2024-04-02', key, until } },
    ];
    for (const treasury of told) await bench.sandbox.script({ treasury });
    await bench.pass('1d');
    expect(await claimState()).toBe('payment_returned');
    await accountCorrected('2024-04-05');
  };
  const keys = async () =>
    ((await (await fetch(`${bench.sandbox.url}/orders`)).json()) as { key: string; executed: number }[]).map(
      (order) => [order.key, order.executed],
    );

  test('before the second is approved: it is not sent until somebody explains the difference', async () => {
    await sentAnew('2024-04-04');
    await bench.pass('5d');
    expect(await verdicts()).toEqual([['2024-04-04', 'settled', 'contradiction']]);
    expect(await differences('2024-04-04')).toMatchObject([[key, 'finance_officer', '1726', '2024-04-12']]);
    expect(await claimState()).toBe('disputed');
    expect(await approve(bench, claim)).toMatchObject({ status: 409 });
    await explain('2024-04-04', key, financeOfficer);
    expect(await approve(bench, claim)).toMatchObject({ status: 409 });
    expect(await say({ outcome: 'settled', on: '2024-04-02' })).toMatchObject({ body: { state: 'settled' } });
    await bench.pass('3d');
    expect(await keys()).toEqual([[key, 1]]);
    expect(await onLine()).toMatchObject({ paid: 510_000 });
    expect(await onLine()).not.toHaveProperty('payable');
  });

  test.each([
    ['asked again, the treasury says settled', { outcome: 'ask_again', words: 'ask' }, 'settled', 510_000],
    ['it came back after all', { outcome: 'returned', on: '2024-04-03' }, 'ready', undefined],
  ])('while the second is approved: its approval falls; %s', async (_, body, state, sum) => {
    await sentAnew('2024-04-30');
    await bench.pass('5d');
    const { revision } = await bench.db.claim.findUniqueOrThrow({ where: { id: claim } });
    const approval = await bench.record(
      `claim/${claim}`,
      'approval',
      { revision, amount: 510_000 },
      financeOfficer,
    );
    await bench.activities.carryOut(approval);
    expect(await claimState()).toBe('approved');
    await bench.write(`claim/${claim}`, async (transaction) => {
      const payment = await transaction.tx.payment.findUniqueOrThrow({
        where: { key },
        include: { account: true },
      });
      const word = { source: 'statement', says: 'settled', on: '2024-04-02' } as const;
      await heed(transaction, await readClaim(transaction, claim), payment, word);
    });
    await bench.settle();
    expect(await claimState()).toBe('disputed');
    expect(await say(body)).toMatchObject({ status: 200 });
    await bench.pass('1d');
    expect(await claimState()).toBe(state);
    expect((await onLine())['paid']).toBe(sum);
    expect(await keys()).toEqual([[key, 1]]);
  });

  test('while a third is awaited: it is disputed too, and only a document settles its outcome', async () => {
    await sentAnew('2024-04-30');
    const { amount, accountId, createdAt } = await paymentNow();
    const second = { key: `${claim}/2`, claimId: claim, attempt: 2, amount, accountId, createdAt };
    await bench.db.payment.create({
      data: { ...second, state: 'refused', word: 'answer', returnedOn: '2024-04-03' },
    });
    await bench.db.claim.update({ where: { id: claim }, data: { attempt: 2 } });
    await bench.write(`claim/${claim}`, async (transaction) => {
      const payment = await transaction.tx.payment.findUniqueOrThrow({
        where: { key },
        include: { account: true },
      });
      const word = { source: 'statement', says: 'settled', on: '2024-04-02' } as const;
      await heed(transaction, await readClaim(transaction, claim), payment, word);
    });
    expect(await claimState()).toBe('disputed');
    expect(await say({ outcome: 'ask_again', words: 'ask' })).toMatchObject({
      status: 409,
      body: { code: 'another_followed' },
    });
    expect(await say({ outcome: 'settled', on: '2024-04-02' })).toMatchObject({ body: { state: 'settled' } });
    expect(await paymentNow()).toMatchObject({ state: 'settled', word: 'officer' });
    expect((await onLine())['paid']).toBe(510_000);
  });

  test('after the second is settled: the first is a difference, and the month is paid once in the ledger', async () => {
    await sentAnew('2024-04-15');
    await bench.pass('6d');
    expect(await approve(bench, claim)).toMatchObject({ status: 200 });
    await bench.pass('8d');
    expect(await verdicts()).toEqual([
      ['2024-04-09', 'settled', 'payment'],
      ['2024-04-15', 'settled', 'contradiction'],
    ]);
    expect(await differences('2024-04-15')).toMatchObject([[key, 'finance_officer', '1726', '2024-04-23']]);
    expect(await keys()).toEqual([
      [key, 1],
      [`${claim}/2`, 1],
    ]);
    expect(await claimState()).toBe('settled');
    expect(await onLine()).toMatchObject({ paid: 510_000 });
    const { lines, identity } = await reconciled('2024-04-15');
    expect(lines).toMatchObject([
      { reference: key, verdict: 'contradiction', statement: 510_000n, difference: 'open' },
    ]);
    expect(identity).toMatchObject({
      treasury: 1_020_000n,
      ledger: 510_000n,
      payments: -510_000n,
      unexplained: 0n,
    });
  });
});

test('another amount: disputed, and explained by the region’s office', async () => {
  await paid();
  await bench.sandbox.script({ treasury: { contradicts: { key, first: { state: 'accepted' }, for: '2d' } } });
  await bench.sandbox.script({ treasury: { misstates: { day: '2024-04-02', key, amount: 51_000 } } });
  await bench.pass('2d');
  expect(await claimState()).toBe('disputed');
  expect(await verdicts()).toEqual([['2024-04-02', 'settled', 'amount_differs']]);
  expect(await stateOf('2024-04-02')).toBe('differing');
  expect(await explain('2024-04-02', 'S-000009-2024-03/1')).toMatchObject({
    status: 422,
    body: { code: 'no_such_difference' },
  });
  const elsewhere = { ...republic, area: '1703' };
  expect(await explain('2024-04-02', key, elsewhere)).toMatchObject({ status: 403 });
  expect(await explain('2024-04-02', key, financeOfficer)).toMatchObject({
    status: 200,
    body: { state: 'matched' },
  });
  expect(await bench.events('statement/2024-04-02')).toEqual([
    'register_asked',
    'statement_read',
    'difference_explained',
  ]);
});

test('the fund explains unknown entries and money without a debt, one by one', async () => {
  const money = { day: '2024-04-02', amount: 7000, account: ACCOUNT };
  await paid(
    {},
    { treasury: { invents: { ...money, kind: 'settled', key: 'S-000077-2024-03/1' } } },
    { treasury: { receives: { reference: 'a gift', amount: 5, account: ACCOUNT, on: '2024-04-02' } } },
  );
  await bench.pass('2d');
  expect(await verdicts()).toEqual([
    ['2024-04-02', 'settled', 'payment'],
    ['2024-04-02', 'incoming', 'unmatched_incoming'],
    ['2024-04-02', 'settled', 'unknown_key'],
  ]);
  expect(await differences('2024-04-02')).toEqual([
    ['a gift', 'finance_officer', '', '2024-04-10'],
    ['S-000077-2024-03/1', 'finance_officer', '', '2024-04-10'],
  ]);
  expect(await explain('2024-04-02', 'a gift')).toMatchObject({ body: { state: 'differing' } });
  expect(await explain('2024-04-02', 'S-000077-2024-03/1')).toMatchObject({ body: { state: 'matched' } });
});

test('more movements than one step matches: all are matched, the day is read once and the next day begins', async () => {
  const gifts = Array.from({ length: 81 }, (_, n) => `gift ${String(n + 1).padStart(2, '0')}`);
  await paid(
    {},
    ...gifts.map((reference) => ({
      treasury: { receives: { reference, amount: 5, account: ACCOUNT, on: '2024-04-02' } },
    })),
  );
  await bench.pass('2d');
  expect(await verdicts()).toEqual([
    ['2024-04-02', 'settled', 'payment'],
    ...gifts.map(() => ['2024-04-02', 'incoming', 'unmatched_incoming']),
  ]);
  expect((await differences('2024-04-02')).map(([ref]) => ref)).toEqual(gifts);
  expect(await bench.events('statement/2024-04-02')).toEqual(['register_asked', 'statement_read']);
  const steps = { subject: 'statement/2024-04-02', kind: 'statement_matching' };
  expect(
    await bench.db.task.groupBy({
      by: ['closedHow'],
      where: steps,
      _count: true,
      orderBy: { closedHow: 'asc' },
    }),
  ).toEqual([
    { closedHow: 'done', _count: 1 },
    { closedHow: 'replaced', _count: 2 },
  ]);
  expect(await stateOf('2024-04-03')).toBe('asking');
});

test('the same settled twice, and missing for more than three working days', async () => {
  await paid();
  await bench.sandbox.script({
    treasury: { invents: { day: '2024-04-03', kind: 'settled', key, amount: 510_000, account: ACCOUNT } },
  });
  await bench.sandbox.script({ treasury: { omits: { day: '2024-04-02', key } } });
  await bench.pass('2d');
  expect(await differences('2024-04-02')).toEqual([]);
  await bench.pass('1d');
  expect(await verdicts()).toEqual([['2024-04-03', 'settled', 'payment']]);
  await bench.sandbox.script({
    treasury: { invents: { day: '2024-04-04', kind: 'settled', key, amount: 510_000, account: ACCOUNT } },
  });
  await bench.pass('1d');
  expect(await verdicts()).toEqual([
    ['2024-04-03', 'settled', 'payment'],
    ['2024-04-04', 'settled', 'stated_twice'],
  ]);
  expect(await onLine()).toMatchObject({ paid: 510_000 });
});

test('a payment that no statement has is a difference once, after three working days', async () => {
  await paid();
  await bench.sandbox.script({ treasury: { omits: { day: '2024-04-02', key } } });
  await bench.pass('4d');
  expect(await stateOf('2024-04-04')).toBe('matched');
  await bench.pass('4d');
  expect(await differences('2024-04-05')).toEqual([[key, 'finance_officer', '1726', '2024-04-15']]);
  expect(await stateOf('2024-04-08')).toBe('matched');
});

test('balances that do not add up', async () => {
  await paid({}, { treasury: { balances: { day: '2024-04-03', opening: 5 } } });
  await bench.pass('3d');
  expect(await stateOf('2024-04-02')).toBe('matched');
  expect(await differences('2024-04-03')).toEqual([
    ['opening', 'finance_officer', '', '2024-04-11'],
    ['balance', 'finance_officer', '', '2024-04-11'],
  ]);
  await bench.pass('12d');
  const [task] = await bench.db.task.findMany({
    where: { subject: 'statement/2024-04-03', ref: 'opening' },
  });
  expect(task).toMatchObject({ rank: 'head' });
});

test('a statement that does not come: after ten days it is asked for by a person, and the next day begins', async () => {
  await paid({}, { treasury: { not_ready: { day: '2024-04-02' } } });
  await bench.pass('5d');
  expect(await stateOf('2024-04-02')).toBe('asking');
  await bench.pass('12d');
  expect(await stateOf('2024-04-02')).toBe('differing');
  expect(await differences('2024-04-02')).toMatchObject([['statement', 'finance_officer', '', '2024-04-23']]);
  expect(await stateOf('2024-04-03')).toBe('matched');
  await bench.sandbox.script({ treasury: { ready: { day: '2024-04-02' } } });
  await bench.pass('1d');
  expect(await stateOf('2024-04-02')).toBe('matched');
  expect((await verdicts())[0]).toEqual(['2024-04-02', 'settled', 'payment']);
});

test('a statement that never comes is explained', async () => {
  await paid({}, { treasury: { not_ready: { day: '2024-04-02' } } });
  await bench.pass('16d');
  expect(await explain('2024-04-02', 'statement')).toMatchObject({ body: { state: 'matched' } });
  expect(await bench.waits('statement/2024-04-02')).toEqual([]);
});

test('accepted, then a time-out: the same key again, executed once', async () => {
  await paid({ treats: { times: 1, loses_answer: {} } });
  await bench.pass('2d');
  expect(await claimState()).toBe('settled');
  expect([bench.sandbox.world.treasury.orders.get(key)]).toMatchObject([{ executed: 1 }]);
});

test('incoming money under a recovery’s number is repaid; money that nobody owed is asked about', async () => {
  await paid();
  await bench.pass('1d');
  const row = await bench.db.claim.findUniqueOrThrow({ where: { id: claim } });
  const recovery = await bench.write(`claim/${claim}`, async (transaction) => {
    const { lineId, subsidyId, month } = row;
    await post(transaction, 'overpaid', { lineId, subsidyId, claimId: claim, month, amount: 100_000n });
    return demand(transaction, row, 100_000n);
  });
  const receives = { reference: recovery, account: ACCOUNT };
  await bench.sandbox.script({ treasury: { receives: { ...receives, amount: 60_000, on: '2024-04-03' } } });
  await bench.sandbox.script({ treasury: { receives: { ...receives, amount: 50_000, on: '2024-04-04' } } });
  await bench.pass('3d');
  expect((await verdicts()).slice(1)).toEqual([
    ['2024-04-03', 'incoming', 'recovery'],
    ['2024-04-04', 'incoming', 'amount_differs'],
  ]);
  expect(await bench.db.recovery.findUniqueOrThrow({ where: { id: recovery } })).toMatchObject({
    state: 'repaid',
    left: 0n,
  });
  expect(await differences('2024-04-04')).toMatchObject([
    [recovery, 'finance_officer', '1726', expect.anything()],
  ]);
  expect(await onLine()).toMatchObject({ paid: 410_000 });
  expect(await onLine()).not.toHaveProperty('recoverable');
  const { identity } = await reconciled('2024-04-04');
  expect(identity).toEqual({
    treasury: 400_000n,
    ledger: 410_000n,
    payments: 0n,
    incoming: 10_000n,
    surrendered: 0n,
    unexplained: 0n,
  });
});

test('the reconciliation of a day stays as it was read', async () => {
  await paid();
  await bench.sandbox.script({ treasury: { omits: { day: '2024-04-02', key, until: '2024-04-08' } } });
  await bench.pass('2d');
  const young = await reconciled('2024-04-02');
  expect(young.lines).toMatchObject([
    { reference: key, verdict: 'not_in_statement', statement: null, ledger: 510_000n, workingDays: 1 },
  ]);
  expect(young.identity).toMatchObject({
    treasury: 0n,
    ledger: 510_000n,
    payments: 510_000n,
    unexplained: 0n,
  });
  await bench.pass('5d');
  expect((await reconciled('2024-04-05')).lines).toMatchObject([
    { reference: key, verdict: 'not_in_statement_overdue', workingDays: 4, difference: 'open' },
  ]);
  await explain('2024-04-05', key, financeOfficer);
  expect((await reconciled('2024-04-05')).lines).toMatchObject([
    { verdict: 'not_in_statement_overdue', difference: 'explained', words: 'the treasury has corrected it' },
  ]);
  await bench.pass('5d');
  const late = await reconciled('2024-04-08');
  expect(late).toMatchObject({
    state: 'matched',
    balances: { out: 510_000n, in: 0n, faults: [] },
    matched: { count: 1, out: 510_000n, in: 0n },
    lines: [{ reference: key, verdict: 'matched', on: '2024-04-08', statement: 510_000n, ledger: 510_000n }],
    identity: { treasury: 510_000n, ledger: 510_000n, payments: 0n, unexplained: 0n },
  });
  expect(await reconciled('2024-04-02')).toEqual(young);
});

test('returned after the year of its line: payable on the line of the new year', async () => {
  bench = await startMoneyBench('2024-11-04T09:00:00+05:00', { statements: true });
  const subsidy = await ordered(bench, '2024-11-01');
  await bench.pass('30d');
  claim = `${subsidy}-2024-11`;
  key = `${claim}/1`;
  expect((await approve(bench, claim)).status).toBe(200);
  await bench.pass('33d');
  expect(await claimState()).toBe('settled');
  expect(await bench.db.budgetLine.findUniqueOrThrow({ where: { id: LINE } })).toMatchObject({ open: false });
  const next = 'hire_pwd-1726-2025';
  const { committed } = await accounts(bench, next);
  await bench.sandbox.script({ treasury: { returns: { key, code: 'account_closed' } } });
  await bench.pass('2d');
  expect(await claimState()).toBe('payment_returned');
  expect(await bench.db.claim.findUniqueOrThrow({ where: { id: claim } })).toMatchObject({ lineId: next });
  expect(await onLine()).toEqual({});
  expect(await accounts(bench, next)).toMatchObject({ committed, payable: 562_500 });
});
