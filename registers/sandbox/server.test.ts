import { listenForNews, paymentOrder as order, startSandbox } from '../../test/support/sandbox';
import { news } from '../news';
import { verify } from '../signature';

const pinfl = '31210632040244';
const stir = '300000018';
const parties = { pinfl, stir };
const secret = 'shared';

let listener: Awaited<ReturnType<typeof listenForNews>>;
let sandbox: Awaited<ReturnType<typeof startSandbox>>;
beforeEach(async () => {
  listener = await listenForNews();
  sandbox = await startSandbox({ webhook: { url: listener.url, secret } });
});
afterEach(async () => {
  await sandbox.close();
  await listener.close();
});

const told = () => listener.received.map(({ body }) => news.parse(JSON.parse(body)));

const isSigned = async ({ signature, body }: { signature: string | undefined; body: string }) =>
  verify({ secret, header: signature, body, now: await sandbox.clock.now() });

const post = async (path: string, body: unknown) => {
  const response = await fetch(`${sandbox.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const said: unknown = await response.json();
  return { status: response.status, body: said };
};

describe('news that is pushed', () => {
  test('is pushed only if the script says so', async () => {
    await sandbox.script({ yammt: { hires: parties } });
    expect(listener.received).toEqual([]);
  });

  test('is signed and sent to its register’s address', async () => {
    await sandbox.script({ yammt: { hires: { ...parties, push: true } } });
    expect(listener.received).toMatchObject([{ path: '/v1/registers/yammt/events' }]);
    expect(await Promise.all(listener.received.map(isSigned))).toEqual([true]);
  });

  test('reports every kind of fact', async () => {
    await sandbox.script({ yammt: { hires: { ...parties, push: true } } });
    await sandbox.script({ yammt: { ends: { ...parties, reason: 'resigned', push: true } } });
    await sandbox.script({ yammt: { takes_back: { ...parties, push: true } } });
    await sandbox.script({ yammt: { reorganises: { stir, successorStir: '300000026', push: true } } });
    await sandbox.script({ yammt: { liquidates: { stir: '300000026', push: true } } });
    await sandbox.script({ tiek: { knows: { pinfl, group: 2, validUntil: '2024-01-01', push: true } } });
    await sandbox.script({ tiek: { says_no: { pinfl, reason: 'work_not_recommended', push: true } } });
    await sandbox.script({ tiek: { dies: { pinfl, push: true } } });
    const on = '2023-03-01';
    expect(told()).toMatchObject([
      { type: 'contract_registered', ...parties, contract: 'K-000001', since: on },
      { type: 'contract_ended', ...parties, contract: 'K-000001', on, reason: 'resigned' },
      { type: 'end_taken_back', ...parties, contract: 'K-000001', since: on },
      { type: 'employer_reorganised', stir, successorStir: '300000026', on },
      { type: 'employer_liquidated', stir: '300000026', on },
      { type: 'recommendation_changed', pinfl },
      { type: 'recommendation_changed', pinfl },
      { type: 'person_died', pinfl, on },
    ]);
    expect(new Set(told().map(({ event }) => event)).size).toBe(8);
  });

  test('brings receipts for the messages that wait', async () => {
    await sandbox.script({ notifications: { accepts_only: {} } });
    const to = '+998901234567';
    for (const key of ['n1', 'n2'])
      await sandbox.registers.notifications.send({ key, channel: 'sms', to, text: 'words' });
    await sandbox.script({
      notifications: { receipt: { key: 'n1', status: 'failed', why: 'switched off' } },
    });
    await sandbox.script({ notifications: { receipt: { to, status: 'delivered' } } });
    expect(told()).toMatchObject([
      { type: 'receipt', key: 'n1', status: 'failed', why: 'switched off' },
      { type: 'receipt', key: 'n2', status: 'delivered' },
    ]);
  });

  test('reports wages and money', async () => {
    const month = '2023-02';
    await sandbox.script({ tax: { accrues: { ...parties, month, accrued: 2, tax: 1, push: true } } });
    await sandbox.script({ tax: { nothing: { ...parties, month, push: true } } });
    for (const key of [order.key, 'another/1']) await sandbox.registers.treasury.send({ ...order, key });
    await sandbox.script({ treasury: { settles: { push: true } } });
    await sandbox.script({ treasury: { returns: { key: order.key, code: 'account_closed', push: true } } });
    const { account } = order;
    await sandbox.script({
      treasury: { receives: { reference: 'RC-000001', amount: 5, account, push: true } },
    });
    const on = '2023-03-01';
    expect(told()).toMatchObject([
      { register: 'tax', type: 'wages_corrected', ...parties, month },
      { register: 'tax', type: 'wages_corrected', ...parties, month },
      { register: 'treasury', type: 'payment_settled', key: order.key, on },
      { register: 'treasury', type: 'payment_settled', key: 'another/1', on },
      { register: 'treasury', type: 'payment_returned', key: order.key, on, code: 'account_closed' },
      { register: 'treasury', type: 'incoming', reference: 'RC-000001', on },
    ]);
    expect(listener.received[2]?.path).toBe('/v1/registers/treasury/events');
    expect(await Promise.all(listener.received.map(isSigned))).not.toContain(false);
  });

  test('may come before the answer to its order', async () => {
    await sandbox.script({ treasury: { treats: { news_first: true, loses_answer: {} } } });
    expect(await sandbox.registers.treasury.send(order)).toMatchObject({ why: 'unreachable' });
    expect(told()).toMatchObject([{ type: 'payment_settled', key: order.key, on: '2023-03-01' }]);
    await sandbox.script({ hold: {} });
    await sandbox.registers.treasury.send({ ...order, key: 'another/1' });
    await sandbox.script({ treasury: { returns: { key: 'another/1', code: 'wrong_account', push: true } } });
    expect(told()).toHaveLength(1);
    await sandbox.script({ release: { order: 'reversed' } });
    expect(told().slice(1)).toMatchObject([{ type: 'payment_returned' }, { type: 'payment_settled' }]);
  });

  test('may come twice with the same event', async () => {
    await sandbox.script({ yammt: { hires: { ...parties, push: { times: 2 } } } });
    const [first, second] = told();
    expect(second).toEqual(first);
  });

  test.each(['wrong', 'stale', 'missing'] as const)('comes with a %s signature', async (signature) => {
    await sandbox.script({ tiek: { dies: { pinfl, push: { signature } } } });
    expect(await Promise.all(listener.received.map(isSigned))).toEqual([false]);
  });

  test('may come out of order', async () => {
    await sandbox.script({ hold: {} });
    await sandbox.script({ yammt: { hires: { ...parties, push: true } } });
    sandbox.clock.pass('1d');
    await sandbox.script({ yammt: { ends: { ...parties, push: true } } });
    expect(listener.received).toEqual([]);
    await sandbox.script({ release: { order: 'reversed' } });
    expect(told()).toMatchObject([
      { type: 'contract_ended', at: '2023-03-02T04:00:00.000Z' },
      { type: 'contract_registered', at: '2023-03-01T04:00:00.000Z' },
    ]);
    await sandbox.script({ yammt: { takes_back: { ...parties, push: true } } });
    expect(told()).toHaveLength(3);
  });

  test('comes in the words of the script, true or not', async () => {
    await sandbox.script({
      push: {
        register: 'yammt',
        type: 'contract_ended',
        ...parties,
        on: '2023-01-01',
        reason: 'other',
        times: 2,
      },
    });
    expect(told()).toMatchObject([
      { on: '2023-01-01', at: '2023-03-01T04:00:00.000Z' },
      { on: '2023-01-01' },
    ]);
    await sandbox.script({ push: { register: 'tiek', event: 'e-1', at: 'yesterday', type: 'rumour' } });
    expect(JSON.parse(listener.received[2]?.body ?? '')).toEqual({
      register: 'tiek',
      event: 'e-1',
      at: 'yesterday',
      type: 'rumour',
    });
  });

  test('is tried once, or until it is accepted', async () => {
    listener.statuses.push(503, 503, 503);
    const once = await sandbox.script({ tiek: { dies: { pinfl, push: true } } });
    expect(once.pushed).toMatchObject([{ register: 'tiek', statuses: [503] }]);
    const reliably = await sandbox.script({ tiek: { dies: { pinfl, push: { reliable: true } } } });
    expect(reliably.pushed).toMatchObject([{ statuses: [503, 503, 200] }]);
  });

  test('is lost if no server answers', async () => {
    await listener.close();
    const { pushed } = await sandbox.script({ tiek: { dies: { pinfl, push: true } } });
    expect(pushed).toMatchObject([{ statuses: [0] }]);
  });
});

describe('over HTTP', () => {
  test('the same actions are posted', async () => {
    expect(await post('/script', { yammt: { hires: parties } })).toEqual({
      status: 200,
      body: { pushed: [] },
    });
    expect(await sandbox.registers.yammt.contract(parties)).toMatchObject({ answer: 'yes' });
  });

  test.each([
    ['no action', {}],
    ['two at once', { hold: {}, release: {} }],
    ['an unknown one', { yammt: { sleeps: {} } }],
    ['an unknown field', { yammt: { hires: { ...parties, wage: 1 } } }],
    ['a day that does not exist', { yammt: { hires: { ...parties, on: '2023-02-29' } } }],
    ['a part of a soʻm', { treasury: { funds: { amount: 0.5 } } }],
    ['half an account', { treasury: { holds: { account: '2020', mfo: '00014', stir } } }],
    ['no duration', { yammt: { down: { for: 'long' } } }],
    ['no JSON', '{'],
  ])('%s is not understood', async (_what, body) =>
    expect(await post('/script', body)).toMatchObject({ status: 400 }),
  );

  test.each([
    ['end', { yammt: { ends: parties } }],
    ['take back the end of', { yammt: { takes_back: parties } }],
  ])('what cannot be done is said: to %s a contract that is not there', async (_what, body) =>
    expect(await post('/script', body)).toMatchObject({ status: 409 }),
  );

  test.each([
    ['settle', { treasury: { settles: { key: 'S-000001-2023-02/1' } } }],
    ['forget', { treasury: { forgets: { key: 'S-000001-2023-02/1' } } }],
  ])('nor is there an order to %s', async (_what, body) =>
    expect(await post('/script', body)).toMatchObject({ status: 409 }),
  );

  test('an order must come under its own key', async () => {
    const put = await fetch(`${sandbox.url}/treasury/orders/another%2F1`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...order, amount: 510_000 }),
    });
    expect(put.status).toBe(400);
    const orders: unknown = await (await fetch(`${sandbox.url}/orders`)).json();
    expect(orders).toEqual([]);
  });

  test('the whole world can be read', async () => {
    await sandbox.script({ yammt: { hires: parties } });
    const state: unknown = await (await fetch(`${sandbox.url}/state`)).json();
    expect(state).toMatchObject({ contracts: { [pinfl]: [{ stir, since: '2023-03-01' }] }, examined: {} });
    expect((await fetch(`${sandbox.url}/healthz`)).status).toBe(200);
  });
});

test('many facts are loaded at once, and known facts stay', async () => {
  const load = {
    people: [{ pinfl, group: 2 as const, validUntil: '2024-01-01' }],
    contracts: [
      { ...parties, since: '2022-01-10', until: '2022-12-31', reason: 'resigned' as const },
      { pinfl, stir: '300000026', since: '2023-01-10', contract: 'K-9' },
    ],
    wages: [{ ...parties, from: '2022-01', accrued: 2_000_000, tax: 240_000 }],
    accounts: [{ account: order.account, mfo: order.mfo, stir }],
  };
  await sandbox.script({ load });
  await sandbox.script({ tiek: { says_no: { pinfl, reason: 'work_not_recommended' } } });
  await sandbox.script({
    treasury: { holds: { account: order.account, mfo: order.mfo, stir: '300000026' } },
  });
  await sandbox.script({ load });
  const { tax, treasury } = sandbox.registers;
  expect(await tax.wages({ ...parties, month: '2023-01' })).toMatchObject({ accrued: 2_000_000n });
  expect(await treasury.holder(order)).toMatchObject({ holderStir: '300000026' });
  expect(await sandbox.registers.tiek.recommendation(pinfl)).toMatchObject({ answer: 'no' });
  expect(await sandbox.registers.yammt.contract(parties)).toMatchObject({ endReason: 'resigned' });
  expect(await sandbox.registers.yammt.employments(pinfl)).toMatchObject({
    employments: [{ contract: 'K-9' }],
  });
  expect(sandbox.world.contracts.get(pinfl)).toHaveLength(2);
});
