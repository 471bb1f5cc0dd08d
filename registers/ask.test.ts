import { answeringAlways, paymentOrder as order, startSandbox } from '../test/support/sandbox';
import type { Connection } from './answer';
import { registerNames } from '../domain/registers';
import { createRegisters, type Registers } from './registers';

const pinfl = '31210632040244';
const stir = '300000018';

/** One question to each register. */
const questions: Record<keyof Registers, (registers: Registers) => Promise<{ answer: string }>> = {
  yammt: ({ yammt }) => yammt.contract({ pinfl, stir }),
  tiek: ({ tiek }) => tiek.recommendation(pinfl),
  tax: ({ tax }) => tax.wages({ pinfl, stir, month: '2023-02' }),
  treasury: ({ treasury }) => treasury.send(order),
  notifications: ({ notifications }) =>
    notifications.send({ key: 'n1', channel: 'sms', to: '+998901234567', text: 'words' }),
  self_employed: (registers) => registers.self_employed.registration(pinfl),
  entrepreneur: (registers) => registers.entrepreneur.registration(pinfl),
  farm: (registers) => registers.farm.registration(pinfl),
};

const everywhere = (connection: Connection) => ({
  yammt: connection,
  tiek: connection,
  tax: connection,
  treasury: connection,
  notifications: connection,
  self_employed: connection,
  entrepreneur: connection,
  farm: connection,
});

const at = (baseUrl: string) => createRegisters(everywhere({ baseUrl, timeoutMs: 20_000 }));

describe.each(registerNames)('%s is unknown, not no', (register) => {
  let sandbox: Awaited<ReturnType<typeof startSandbox>>;
  beforeEach(async () => void (sandbox = await startSandbox()));
  afterEach(async () => sandbox.close());

  const ask = () => questions[register](sandbox.registers);

  test('when its answer takes too long', async () => {
    await sandbox.script({ [register]: { slow: { ms: 60_000, for: '1h' } } });
    expect(await questions[register](sandbox.impatient)).toEqual({ answer: 'unknown', why: 'timeout' });
    sandbox.clock.pass('1h');
    expect(await ask()).not.toMatchObject({ answer: 'unknown' });
  });

  test('but a slow answer within the time allowed counts', async () => {
    await sandbox.script({ [register]: { slow: { ms: 20 } } });
    expect(await ask()).not.toMatchObject({ answer: 'unknown' });
  });

  test('when it breaks the connection, for as long as it is down', async () => {
    await sandbox.script({ [register]: { down: { for: '7d' } } });
    expect(await ask()).toEqual({ answer: 'unknown', why: 'unreachable' });
    sandbox.clock.pass('6d');
    expect(await ask()).toEqual({ answer: 'unknown', why: 'unreachable' });
    sandbox.clock.pass('1d');
    expect(await ask()).not.toMatchObject({ answer: 'unknown' });
  });

  test('when it is down until somebody brings it up', async () => {
    await sandbox.script({ [register]: { down: {} } });
    sandbox.clock.pass('6mo');
    expect(await ask()).toMatchObject({ why: 'unreachable' });
    await sandbox.script({ [register]: { up: {} } });
    expect(await ask()).not.toMatchObject({ answer: 'unknown' });
  });

  test('when nobody listens', async () => {
    await sandbox.close();
    expect(await ask()).toEqual({ answer: 'unknown', why: 'unreachable' });
  });

  test.each([
    [500, 'busy'],
    [502, 'busy'],
    [503, 'busy'],
    [429, 'busy'],
    [408, 'busy'],
    [401, 'refused'],
    [403, 'refused'],
    [404, 'refused'],
  ])('when it answers %i: %s', async (status, why) => {
    await sandbox.script({ [register]: { refuses: { status, for: '3h' } } });
    expect(await ask()).toMatchObject({ answer: 'unknown', why });
    sandbox.clock.pass('3h');
    expect(await ask()).not.toMatchObject({ answer: 'unknown' });
  });

  test.each([
    ['nothing', ''],
    ['a web page', '<html>It works!</html>'],
    ['half an answer', '{"pinfl":"31210632040244","st'],
    ['null', 'null'],
    ['a list', '[]'],
    ['something else', '{"status":"ok"}'],
    ['far too much', JSON.stringify({ pinfl, state: 'none', stir, filling: 'x'.repeat(1_100_000) })],
  ])('when it says %s', async (_what, body) => {
    await sandbox.script({ [register]: { garbage: { body } } });
    const answer = await ask();
    expect(answer).toMatchObject({ answer: 'unknown', why: 'invalid' });
    expect(answer).toHaveProperty('raw', body.length > 1_000_000 ? body.slice(0, 1000) : body);
  });

  test('when it sends us elsewhere', async () => {
    const elsewhere = await answeringAlways(302, '');
    expect(await questions[register](at(elsewhere.url))).toMatchObject({ answer: 'unknown', why: 'refused' });
    await elsewhere.close();
  });
});

describe('an answer that contradicts itself or is about somebody else is invalid', () => {
  const terms = { contract: 'K-1', since: '2023-03-01' };
  const about = { pinfl, stir };
  const wages = {
    ...about,
    month: '2023-02',
    state: 'accrued',
    accrued: 2_000_000,
    tax: 1,
    on: '2023-03-15',
  };
  const taken = { key: order.key, amount: 510_000, account: order.account, state: 'accepted' };
  const another = { pinfl: '41210632040245', stir: '300000026' };
  const recommendation = {
    group: 2,
    validUntil: '2024-05-31',
    suitableKinds: [],
    unsuitableKinds: [],
    conditions: [],
    words: '',
  };

  test.each<[keyof Registers, string, object]>([
    ['yammt', 'about another person', { ...about, pinfl: another.pinfl, state: 'none' }],
    ['yammt', 'about another employer', { ...about, stir: another.stir, state: 'none' }],
    ['yammt', 'in force without terms', { ...about, state: 'in_force' }],
    [
      'yammt',
      'ended without a reason',
      { ...about, state: 'ended', terms: { ...terms, until: '2023-04-01' } },
    ],
    [
      'yammt',
      'ended before it began',
      { ...about, state: 'ended', terms: { ...terms, until: '2023-02-28', endReason: 'other' } },
    ],
    [
      'yammt',
      'ended for a reason nobody knows',
      { ...about, state: 'ended', terms: { ...terms, until: '2023-04-01', endReason: 'bored' } },
    ],
    [
      'yammt',
      'since a day that does not exist',
      { ...about, state: 'in_force', terms: { ...terms, since: '2023-02-30' } },
    ],
    ['yammt', 'of a state nobody knows', { ...about, state: 'suspended', terms }],
    ['tiek', 'about another person', { pinfl: another.pinfl, recommended: false, reason: 'not_examined' }],
    ['tiek', 'no without a reason', { pinfl, recommended: false }],
    [
      'tiek',
      'a group that does not exist',
      { pinfl, recommended: true, recommendation: { ...recommendation, group: 4 } },
    ],
    [
      'tiek',
      'an end that is no day',
      { pinfl, recommended: true, recommendation: { ...recommendation, validUntil: 'lifelong' } },
    ],
    ['tax', 'about another person', { ...about, pinfl: another.pinfl, month: '2023-02', state: 'nothing' }],
    ['tax', 'about another employer', { ...about, stir: another.stir, month: '2023-02', state: 'nothing' }],
    ['tax', 'about another month', { ...about, month: '2023-03', state: 'nothing' }],
    ['tax', 'accrued, but nothing', { ...wages, accrued: 0, tax: 0 }],
    ['tax', 'more tax than wage', { ...wages, tax: 2_000_001 }],
    ['tax', 'tax below 0', { ...wages, tax: -1 }],
    ['tax', 'a part of a soʻm', { ...wages, accrued: 2_000_000.5 }],
    ['tax', 'a sum that is text', { ...wages, accrued: '2000000' }],
    ['tax', 'a sum that lost its last digits', { ...wages, accrued: 2 ** 53 }],
    ['treasury', 'about another order', { ...taken, key: 'S-000001-2023-02/2' }],
    ['treasury', 'of another amount', { ...taken, amount: 510_001 }],
    ['treasury', 'to another account', { ...taken, account: '20208000900000000026' }],
    ['treasury', 'refused without a code', { ...taken, state: 'refused' }],
    [
      'treasury',
      'settled at once, which is not asked here',
      { ...taken, state: 'settled', on: '2023-03-01' },
    ],
    ['notifications', 'about another message', { key: 'n2', status: 'accepted' }],
    ['notifications', 'delivered at no time', { key: 'n1', status: 'delivered', receipt: 'r' }],
    ['notifications', 'failed without saying how', { key: 'n1', status: 'failed' }],
    ['self_employed', 'about another person', { pinfl: another.pinfl, state: 'none' }],
    ['self_employed', 'registered without a day', { pinfl, state: 'registered', terms: { number: 'B-1' } }],
    [
      'entrepreneur',
      'registered before the person was born',
      { pinfl, state: 'registered', terms: { number: 'B-1', since: '1963-06-30' } },
    ],
    [
      'farm',
      'ended before it began',
      { pinfl, state: 'ended', terms: { number: 'B-1', since: '2023-03-01', until: '2023-02-28' } },
    ],
    ['farm', 'ended on no day', { pinfl, state: 'ended', terms: { number: 'B-1', since: '2023-03-01' } }],
  ])('%s: %s', async (register, _what, said) => {
    const liar = await answeringAlways(200, JSON.stringify(said));
    expect(await questions[register](at(liar.url))).toEqual({
      answer: 'unknown',
      why: 'invalid',
      raw: JSON.stringify(said),
    });
    await liar.close();
  });

  test('fields that were not agreed are passed over', async () => {
    const said = { ...about, state: 'in_force', terms: { ...terms, mood: 'good' }, version: 7 };
    const talker = await answeringAlways(200, JSON.stringify(said));
    expect(await questions.yammt(at(talker.url))).toEqual({
      answer: 'yes',
      ...terms,
      raw: JSON.stringify(said),
    });
    await talker.close();
  });
});

test('questions carry what is personal in their bodies, not in their addresses', async () => {
  const asked: string[] = [];
  const watched: typeof fetch = (input) => {
    asked.push(input instanceof Request ? input.url : input.toString());
    return Promise.reject(new TypeError('fetch failed'));
  };
  const connection = { baseUrl: 'http://register.example', timeoutMs: 100, fetch: watched };
  const registers = createRegisters(everywhere(connection));
  await Promise.all([
    ...Object.values(questions).map((question) => question(registers)),
    registers.yammt.employments(pinfl),
    registers.treasury.order(order.key),
    registers.treasury.holder({ account: order.account, mfo: order.mfo }),
  ]);
  expect(asked).toHaveLength(11);
  expect(asked.join(' ')).not.toMatch(/\d{7}/);
});
