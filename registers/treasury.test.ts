import { z } from 'zod';
import { answeringAlways, paymentOrder as order, startSandbox } from '../test/support/sandbox';
import { createTreasury } from './treasury';

const { key, account, mfo, holderStir: stir } = order;

/** A Wednesday. */
const today = '2023-03-01';
const tomorrow = '2023-03-02';

let sandbox: Awaited<ReturnType<typeof startSandbox>>;
beforeEach(async () => void (sandbox = await startSandbox()));
afterEach(async () => sandbox.close());

const treasury = () => sandbox.registers.treasury;
const send = (changed: Partial<typeof order> = {}) => treasury().send({ ...order, ...changed });
const state = (of = key) => treasury().order(of);
const statement = (day = tomorrow) => treasury().statement('employment', day);

const seen = z.array(
  z.object({ key: z.string(), seen: z.number(), executed: z.number(), state: z.string() }),
);
const orders = async (to = '') =>
  seen.parse(await (await fetch(`${sandbox.url}/orders${to && `?account=${to}`}`)).json());

describe('a payment order', () => {
  test('is accepted, and settled in the next working morning', async () => {
    expect(await send()).toMatchObject({ answer: 'accepted' });
    const about = { answer: 'yes', key, amount: 510_000n, account };
    expect(await state()).toMatchObject({ ...about, state: 'accepted' });
    sandbox.clock.pass('23h');
    expect(await state()).toMatchObject({ ...about, state: 'accepted' });
    sandbox.clock.pass('1h');
    const said = await state();
    expect(said).toEqual({ ...about, state: 'settled', on: tomorrow, raw: said.raw });
  });

  test('waits over weekends and holidays', async () => {
    sandbox.clock.set(new Date('2023-03-07T15:00:00+05:00'));
    await send();
    sandbox.clock.pass('7d');
    expect(await state()).toMatchObject({ state: 'settled', on: '2023-03-09' });
  });

  test('is executed once, however often it comes', async () => {
    for (let time = 0; time < 3; time++) expect(await send()).toMatchObject({ answer: 'accepted' });
    sandbox.clock.pass('1d');
    expect(await send()).toMatchObject({ answer: 'accepted' });
    expect(await orders()).toMatchObject([{ key, seen: 4, executed: 1, state: 'settled' }]);
    expect(await orders('20208000900000000026')).toEqual([]);
  });

  test('is executed once when it comes many times at once', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => send()));
    expect(new Set(answers.map(({ answer }) => answer))).toEqual(new Set(['accepted']));
    expect(await orders(account)).toMatchObject([{ seen: 10, executed: 1 }]);
  });

  test('does not take the key of another', async () => {
    await send();
    expect(await send({ amount: 510_001n })).toMatchObject({ answer: 'unknown', why: 'refused' });
    expect(await send({ account: '20208000900000000026' })).toMatchObject({ answer: 'unknown' });
    expect(await state()).toMatchObject({ amount: 510_000n, account });
  });

  test('is unknown to the treasury before it came', async () =>
    expect(await state()).toMatchObject({ answer: 'no' }));

  test('is not sent when JSON cannot carry its amount', async () => {
    await expect(send({ amount: 2n ** 53n })).rejects.toThrow(RangeError);
    expect(await orders()).toEqual([]);
  });

  test('is refused with a code, for good', async () => {
    await sandbox.script({ treasury: { treats: { account, times: 1, refuses: 'account_closed' } } });
    expect(await send()).toMatchObject({ answer: 'refused', code: 'account_closed' });
    expect(await send()).toMatchObject({ answer: 'refused', code: 'account_closed' });
    expect(await state()).toMatchObject({ answer: 'yes', state: 'refused', code: 'account_closed' });
    expect(await orders()).toMatchObject([{ seen: 2, executed: 0 }]);
    expect(await send({ key: 'S-000001-2023-02/2' })).toMatchObject({ answer: 'accepted' });
  });

  test('is settled after hours, or not before somebody says so', async () => {
    await sandbox.script({ treasury: { treats: { settles: 'never' } } });
    await sandbox.script({ treasury: { treats: { key, settles: '3h' } } });
    await send();
    await send({ key: 'another/1' });
    sandbox.clock.pass('3h');
    expect(await state()).toMatchObject({ state: 'settled', on: today });
    sandbox.clock.pass('6mo');
    expect(await state('another/1')).toMatchObject({ state: 'accepted' });
    await sandbox.script({ treasury: { settles: { key: 'another/1', on: '2023-08-01' } } });
    expect(await state('another/1')).toMatchObject({ state: 'settled', on: '2023-08-01' });
  });

  test('is returned after it was settled', async () => {
    await sandbox.script({ treasury: { treats: { returns: { after: '2d', code: 'wrong_account' } } } });
    await send();
    sandbox.clock.pass('1d');
    expect(await state()).toMatchObject({ state: 'settled', on: tomorrow });
    sandbox.clock.pass('2d');
    expect(await state()).toMatchObject({ state: 'returned', on: '2023-03-04', code: 'wrong_account' });
    expect(await send()).toMatchObject({ answer: 'accepted' });
    expect(await orders()).toMatchObject([{ seen: 2, executed: 1 }]);
  });

  test('is returned by a script, once', async () => {
    const returns = { key, code: 'account_closed' };
    await expect(sandbox.script({ treasury: { returns } })).rejects.toThrow('no such order');
    await send();
    await sandbox.script({ treasury: { returns } });
    expect(await state()).toMatchObject({ state: 'returned', on: today, code: 'account_closed' });
    await expect(sandbox.script({ treasury: { returns } })).rejects.toThrow('no such order');
    await expect(sandbox.script({ treasury: { settles: { key } } })).rejects.toThrow('no such order');
  });

  test('is accepted though the answer comes too late: sent again, nothing moves twice', async () => {
    await sandbox.script({ treasury: { treats: { times: 1, loses_answer: { ms: 60_000 } } } });
    expect(await sandbox.impatient.treasury.send(order)).toEqual({ answer: 'unknown', why: 'timeout' });
    expect(await send()).toMatchObject({ answer: 'accepted' });
    expect(await orders()).toMatchObject([{ seen: 2, executed: 1 }]);
  });

  test('is accepted though the answer never comes', async () => {
    await sandbox.script({ treasury: { treats: { times: 1, loses_answer: {} } } });
    expect(await send()).toEqual({ answer: 'unknown', why: 'unreachable' });
    expect(await state()).toMatchObject({ state: 'accepted' });
    expect(await orders()).toMatchObject([{ seen: 1, executed: 1 }]);
  });

  test('is not there when the treasury was down, or has forgotten it', async () => {
    await sandbox.script({ treasury: { down: { for: '3h' } } });
    expect(await send()).toEqual({ answer: 'unknown', why: 'unreachable' });
    sandbox.clock.pass('3h');
    expect(await state()).toMatchObject({ answer: 'no' });
    await send();
    await sandbox.script({ treasury: { forgets: { key } } });
    expect(await state()).toMatchObject({ answer: 'no' });
  });

  test.each([
    [{ state: 'none' as const }, { answer: 'no' }],
    [{ state: 'settled' as const }, { answer: 'yes', state: 'settled', on: today }],
    [
      { state: 'settled' as const, on: '2023-02-27' },
      { state: 'settled', on: '2023-02-27' },
    ],
    [
      { state: 'returned' as const, code: 'x-1' },
      { state: 'returned', on: today, code: 'x-1' },
    ],
    [{ state: 'refused' as const }, { state: 'refused', code: 'other' }],
    [{ amount: 1 }, { state: 'accepted', amount: 1n, account }],
    [{ account: '20208000900000000026' }, { state: 'accepted', account: '20208000900000000026' }],
  ])('is said to be otherwise: %o', async (first, said) => {
    await send();
    await sandbox.script({ treasury: { contradicts: { key, first } } });
    expect(await state()).toMatchObject(said);
    expect(await state()).toMatchObject({ state: 'accepted', amount: 510_000n, account });
  });

  test('is said to be there although it never came', async () => {
    await sandbox.script({ treasury: { contradicts: { key, first: { state: 'accepted' }, for: '1d' } } });
    expect(await state()).toMatchObject({ answer: 'yes', state: 'accepted' });
    sandbox.clock.pass('1d');
    expect(await state()).toMatchObject({ answer: 'no' });
  });
});

describe('the statement of a day', () => {
  const ready = async () => {
    sandbox.clock.pass('2d');
    return statement();
  };

  test('is ready when the day is over', async () => {
    expect(await statement(today)).toMatchObject({ answer: 'no' });
    sandbox.clock.set(new Date('2023-03-02T00:00:00+05:00'));
    expect(await statement(today)).toMatchObject({ answer: 'yes', entries: [] });
    expect(await statement()).toMatchObject({ answer: 'no' });
  });

  test('is ready later, or when somebody says so', async () => {
    sandbox.clock.pass('2d');
    await sandbox.script({ treasury: { not_ready: { day: today, for: '5h' } } });
    await sandbox.script({ treasury: { not_ready: { day: tomorrow } } });
    expect(await statement(today)).toMatchObject({ answer: 'no' });
    sandbox.clock.pass('5h');
    expect(await statement(today)).toMatchObject({ answer: 'yes' });
    sandbox.clock.pass('6mo');
    expect(await statement()).toMatchObject({ answer: 'no' });
    await sandbox.script({ treasury: { ready: { day: tomorrow } } });
    expect(await statement()).toMatchObject({ answer: 'yes' });
  });

  test('says what went out, what came back and what came in; balances follow day by day', async () => {
    await sandbox.script({ treasury: { funds: { amount: 10_000_000 } } });
    await sandbox.script({ treasury: { treats: { key, returns: { after: '2d', code: 'wrong_account' } } } });
    await send();
    await send({ key: 'another/1', amount: 1n });
    const recovered = { reference: 'RC-000001', amount: 279_677, account: '20208000900000000026' };
    await sandbox.script({ treasury: { receives: { ...recovered, on: '2023-03-04' } } });
    sandbox.clock.pass('5d');
    expect(await statement(today)).toMatchObject({ opening: 10_000_000n, closing: 10_000_000n });
    const out = await statement();
    expect(out).toEqual({
      answer: 'yes',
      opening: 10_000_000n,
      closing: 9_489_999n,
      entries: [
        { kind: 'settled', direction: 'out', key, amount: 510_000n, account, on: tomorrow },
        { kind: 'settled', direction: 'out', key: 'another/1', amount: 1n, account, on: tomorrow },
      ],
      raw: out.raw,
    });
    expect(await statement('2023-03-04')).toMatchObject({
      opening: 9_489_999n,
      closing: 10_279_676n,
      entries: [
        { kind: 'returned', direction: 'in', key, amount: 510_000n },
        { kind: 'incoming', direction: 'in', reference: 'RC-000001', amount: 279_677n },
      ],
    });
  });

  test('shows both ways of what came back before it was settled, and nothing of what was refused', async () => {
    await send();
    await sandbox.script({ treasury: { returns: { key, code: 'wrong_account' } } });
    await sandbox.script({ treasury: { treats: { refuses: 'account_closed' } } });
    await send({ key: 'another/1' });
    sandbox.clock.pass('1d');
    expect(await statement(today)).toMatchObject({
      entries: [
        { kind: 'settled', key },
        { kind: 'returned', key },
      ],
    });
  });

  test('states another amount', async () => {
    await send();
    await sandbox.script({ treasury: { misstates: { day: tomorrow, key, amount: 51_000 } } });
    expect(await ready()).toMatchObject({ entries: [{ key, amount: 51_000n, account }] });
    expect(await state()).toMatchObject({ amount: 510_000n });
  });

  test('leaves out, for good or until another day', async () => {
    await send();
    await send({ key: 'another/1' });
    await sandbox.script({ treasury: { omits: { day: tomorrow, key } } });
    await sandbox.script({ treasury: { omits: { day: tomorrow, key: 'another/1', until: '2023-03-06' } } });
    expect(await ready()).toMatchObject({ entries: [] });
    sandbox.clock.pass('5d');
    expect(await statement('2023-03-06')).toMatchObject({ entries: [{ key: 'another/1' }] });
  });

  test('states what never was', async () => {
    const money = { amount: 7, account };
    await sandbox.script({ treasury: { invents: { day: tomorrow, kind: 'settled', key: 'X-1', ...money } } });
    await sandbox.script({
      treasury: { invents: { day: tomorrow, kind: 'incoming', reference: 'gift', ...money } },
    });
    expect(await ready()).toMatchObject({
      entries: [
        { kind: 'settled', direction: 'out', key: 'X-1', amount: 7n },
        { kind: 'incoming', direction: 'in', reference: 'gift', amount: 7n },
      ],
    });
    expect(await state('X-1')).toMatchObject({ answer: 'no' });
  });

  test('states balances that do not follow', async () => {
    await sandbox.script({ treasury: { balances: { day: tomorrow, opening: -1 } } });
    expect(await ready()).toMatchObject({ opening: -1n, closing: 1_000_000_000_000n });
  });

  const moved = { amount: 1, account, on: today };
  test.each([
    ['of another day', { day: tomorrow, state: 'not_ready' }],
    ['with a movement of another day', [{ ...moved, on: tomorrow, kind: 'settled', direction: 'out', key }]],
    ['with money of ours that comes in', [{ ...moved, kind: 'settled', direction: 'in', key }]],
    ['with a return that goes out', [{ ...moved, kind: 'returned', direction: 'out', key }]],
    ['with incoming money without a reference', [{ ...moved, kind: 'incoming', direction: 'in', key }]],
    ['with an amount of 0', [{ ...moved, amount: 0, kind: 'settled', direction: 'out', key }]],
  ])('is not understood %s', async (_what, said) => {
    const body = Array.isArray(said)
      ? { day: today, state: 'ready', opening: 0, closing: 0, entries: said }
      : said;
    const liar = await answeringAlways(200, JSON.stringify(body));
    const asked = createTreasury({ baseUrl: liar.url, timeoutMs: 20_000 }).statement('employment', today);
    expect(await asked).toMatchObject({ answer: 'unknown', why: 'invalid' });
    await liar.close();
  });

  test('may be long', async () => {
    const entries = Array.from({ length: 20_000 }, (_, n) => ({
      ...moved,
      kind: 'settled',
      direction: 'out',
      key: `S-000001-2023-02/${n}`,
    }));
    const long = await answeringAlways(
      200,
      JSON.stringify({ day: today, state: 'ready', opening: 0, closing: 0, entries }),
    );
    const asked = await createTreasury({ baseUrl: long.url, timeoutMs: 20_000 }).statement(
      'employment',
      today,
    );
    expect(asked).toMatchObject({ answer: 'yes', opening: 0n });
    await long.close();
  });
});

describe('the holder of an account', () => {
  const holder = () => treasury().holder({ account, mfo });

  test('is nobody where there is no such account', async () => {
    await sandbox.script({ treasury: { holds: { account, mfo: '00015', stir } } });
    expect(await holder()).toMatchObject({ answer: 'no' });
  });

  test('is said, with a name where there is one', async () => {
    await sandbox.script({ treasury: { holds: { account, mfo, stir } } });
    const said = await holder();
    expect(said).toEqual({ answer: 'yes', holderStir: stir, raw: said.raw });
    await sandbox.script({ treasury: { holds: { account, mfo, stir: '300000026', name: 'Nur MChJ' } } });
    expect(await holder()).toMatchObject({ holderStir: '300000026', name: 'Nur MChJ' });
  });

  test('is unknown where the treasury cannot say', async () => {
    await sandbox.script({ treasury: { not_said: { account, mfo } } });
    expect(await holder()).toMatchObject({ answer: 'unknown', why: 'busy' });
  });
});
