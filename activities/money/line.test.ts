import type { Actor } from '../../domain/roles';
import { proposeLine } from '../../records/money/line-change';
import { STIR } from '../../test/support/bench';
import {
  accounts,
  apply,
  approve,
  claimsOf,
  financeOfficer,
  line as lineOf,
  type MoneyBench,
  ordered,
  reviewer,
  secondFinanceOfficer,
  startMoneyBench,
} from '../../test/support/money';
import { calculate, readClaim } from './claims';
import { repaid } from './recovery';

let bench: MoneyBench;
const begin = async (from: string, more: { onLines?: bigint } = {}) => {
  bench = await startMoneyBench(from, more);
};
afterEach(() => bench.close());

const L22 = 'hire_pwd-1726-2022';
const L23 = 'hire_pwd-1726-2023';
const L24 = 'hire_pwd-1726-2024';
const L25 = 'hire_pwd-1726-2025';

async function proposed(id: string, amount: number, actor: Actor = financeOfficer): Promise<string> {
  const approval = await bench.write(
    'api/test',
    (transaction) => proposeLine(transaction, id, amount, 'Order 1'),
    actor,
  );
  await bench.settle();
  return approval;
}
const decide = (id: string, actor: Actor = secondFinanceOfficer, body: object = { approve: true }) =>
  bench.give(`approval/${id}`, 'decision', body, actor);
/** Sets a line by two persons. */
const set = async (id: string, amount: number) => decide(await proposed(id, amount));
const amountOf = async (id: string) =>
  Number((await bench.db.budgetLine.findUniqueOrThrow({ where: { id } })).amount);
const stateOf = async (id: string) => (await bench.db.subsidy.findUniqueOrThrow({ where: { id } })).state;

describe('a budget line by two persons', () => {
  test('is opened, raised and lowered with its act', async () => {
    await begin('2024-03-18T09:00:00+05:00');
    const L27 = 'hire_pwd-1726-2027';
    const id = await proposed(L27, 5_000_000);
    expect(await bench.db.budgetLine.findUnique({ where: { id: L27 } })).toBeNull();
    expect(await decide(id, financeOfficer)).toMatchObject({ status: 403, body: { code: 'took_part' } });
    expect(await decide(id)).toMatchObject({ status: 200, body: { state: 'approved' } });
    expect(await amountOf(L27)).toBe(5_000_000);
    expect(await accounts(bench, L27)).toEqual({ free: 5_000_000 });
    expect(await set(L27, 7_000_000)).toMatchObject({ status: 200 });
    expect(await set(L27, 1_000_000)).toMatchObject({ status: 200 });
    expect(await accounts(bench, L27)).toEqual({ free: 1_000_000 });
    const entries = await bench.db.ledgerEntry.findMany({ where: { lineId: L27 } });
    expect(new Set(entries.map(({ act }) => act))).toEqual(new Set(['Order 1']));
    expect(await decide(id)).toMatchObject({ status: 409, body: { code: 'not_in_this_state' } });
  });

  test('rejected: nothing changes, and it may be proposed again', async () => {
    await begin('2024-03-18T09:00:00+05:00');
    const id = await proposed(L24, 5);
    await expect(proposed(L24, 6)).rejects.toMatchObject({ status: 409, code: 'proposed_already' });
    expect(await decide(id, secondFinanceOfficer, { approve: false, words: 'too little' })).toMatchObject({
      status: 200,
      body: { state: 'rejected' },
    });
    expect(await amountOf(L24)).toBe(1_000_000_000);
    await expect(proposed(L24, 6)).resolves.toMatch(/^AP-/);
  });

  test('is never below its bound money, at the proposal and at the approval', async () => {
    await begin('2024-03-18T09:00:00+05:00');
    const early = await proposed(L24, 0);
    await ordered(bench, '2024-03-15');
    const bound = 3_059_999;
    expect(await decide(early)).toMatchObject({ status: 409, body: { code: 'below_bound' } });
    await decide(early, secondFinanceOfficer, { approve: false, words: 'bound' });
    await expect(proposed(L24, bound - 1)).rejects.toMatchObject({ status: 409, code: 'below_bound' });
    expect(await set(L24, bound)).toMatchObject({ status: 200 });
    expect(await accounts(bench, L24)).toEqual({ committed: bound });
  });

  test('is approved as seen; a line of a past year takes nothing', async () => {
    await begin('2024-03-18T09:00:00+05:00');
    const id = await proposed(L24, 2_000_000_000);
    await lineOf(bench, 'hire_pwd', 2024, 1_500_000_000n);
    expect(await decide(id)).toMatchObject({ status: 409, body: { code: 'changed' } });
    await expect(proposed('hire_pwd-1726-2023', 5)).rejects.toMatchObject({ code: 'year_over' });
    await expect(proposed(L24, 1_500_000_000)).rejects.toMatchObject({ status: 422, code: 'no_change' });
  });
});

/** Another employer's application of the same worker, so that several wait on one line. */
async function another(n: number, hiredOn: string): Promise<string> {
  const stir = String(301_234_600 + n);
  const employer = await bench.db.employer.create({
    data: { id: `E-9000${n}`, stir, name: `Employer ${n}`, district: '1726262' },
  });
  const before = bench.employerId;
  await bench.sandbox.script({ yammt: { hires: { pinfl: '31210632040244', stir, on: hiredOn } } });
  bench.employerId = employer.id;
  bench.employer = { ...bench.employer, id: `hr-${stir}`, employerId: employer.id };
  const id = await apply(bench, hiredOn);
  bench.employerId = before;
  bench.employer = { ...bench.employer, id: `hr-${STIR}`, employerId: before };
  await bench.give(`subsidy/${id}`, 'review', { outcome: 'propose' }, reviewer);
  return id;
}

describe('the queue for money', () => {
  test('oldest decision first; a smaller one does not overtake; each goes on by itself when money is added', async () => {
    await begin('2024-03-18T09:00:00+05:00', { onLines: 1_000_000n });
    const large = await another(1, '2024-03-01');
    await bench.pass('1d');
    // Applied for later and hired long ago: only two months are left to be paid.
    const small = await another(2, '2024-03-12');
    expect([await stateOf(large), await stateOf(small)]).toEqual(['awaiting_funds', 'awaiting_funds']);
    const of = async (id: string) =>
      (await bench.db.commitment.findMany({ where: { subsidyId: id } })).reduce(
        (sum, c) => sum + c.needed,
        0n,
      );
    const [first, second] = [await of(large), await of(small)];
    expect(first).toBeGreaterThanOrEqual(second);
    // There is enough for the smaller subsidy. It waits, because the older subsidy waits.
    await set(L24, Number(first) - 1);
    expect([await stateOf(large), await stateOf(small)]).toEqual(['awaiting_funds', 'awaiting_funds']);
    await set(L24, Number(first) + 1);
    expect([await stateOf(large), await stateOf(small)]).toEqual(['ordering', 'awaiting_funds']);
    await set(L24, Number(first + second));
    expect([await stateOf(large), await stateOf(small)]).toEqual(['ordering', 'ordering']);
    expect(await accounts(bench, L24)).toEqual({ committed: Number(first + second) });
  });

  test('released money goes to a waiting subsidy', async () => {
    await begin('2024-03-18T09:00:00+05:00', { onLines: 3_060_000n });
    const first = await another(1, '2024-03-01');
    const second = await another(2, '2024-03-01');
    expect([await stateOf(first), await stateOf(second)]).toEqual(['ordering', 'awaiting_funds']);
    await bench.give(
      `subsidy/${first}`,
      'stop',
      { from: '2024-03-18', code: 'conditions_not_met', words: 'was a mistake' },
      reviewer,
    );
    expect([await stateOf(first), await stateOf(second)]).toEqual(['stopped', 'ordering']);
  });

  test('looked at monthly, with the employer told', async () => {
    await begin('2024-03-18T09:00:00+05:00', { onLines: 0n });
    const id = await apply(bench, '2024-03-15');
    await bench.give(`subsidy/${id}`, 'review', { outcome: 'propose' }, reviewer);
    await bench.pass('2mo');
    const told = await bench.db.notice.findMany({ where: { type: 'awaiting_funds', channel: 'sms' } });
    expect(told.length).toBeGreaterThanOrEqual(2);
    expect(await bench.waits(`subsidy/${id}`)).toMatchObject([{ kind: 'funds', role: 'finance_officer' }]);
  });
});

describe("the year's end", () => {
  test('unpaid money moves to the new line with its claims, the rest lapses, and everything goes on', async () => {
    await begin('2022-09-02T09:00:00+05:00');
    const id = await ordered(bench, '2022-09-02');
    await bench.pass('35d');
    await approve(bench, `${id}-2022-09`);
    await bench.pass('5d');
    const before = await accounts(bench, L22);
    const unpaid = before['committed'] ?? 0;
    expect(before).toMatchObject({ paid: expect.any(Number) });
    await bench.pass('3mo');
    expect(await bench.db.budgetLine.findUniqueOrThrow({ where: { id: L22 } })).toMatchObject({
      state: 'closed',
    });
    expect(await accounts(bench, L22)).toEqual({ paid: before['paid'] });
    expect(await amountOf(L23)).toBe(1_000_000_000 + unpaid);
    const claims = await bench.db.claim.findMany({ where: { subsidyId: id }, orderBy: { id: 'asc' } });
    expect(claims.map(({ month, lineId }) => [month, lineId])).toEqual([
      ['2022-09', L22],
      ['2022-10', L23],
      ['2022-11', L23],
      ['2022-12', L23],
    ]);
    expect(await bench.db.commitment.count({ where: { lineId: L22 } })).toBe(0);
    const event = await bench.db.event.findFirstOrThrow({
      where: { type: 'year_ended', subject: `line/${L22}` },
    });
    expect(event.params).toEqual({
      line: L23,
      moved: unpaid,
      lapsed: 1_000_000_000 - unpaid - (before['paid'] ?? 0),
    });
    for (const month of ['2022-10', '2022-11', '2022-12'])
      expect(await approve(bench, `${id}-${month}`)).toMatchObject({ status: 200 });
    await bench.pass('5d');
    expect((await claimsOf(bench, id)).map(([, state]) => state)).toEqual([
      'settled',
      'settled',
      'settled',
      'settled',
    ]);
  });

  test('approved and returned money moves; money at the treasury stays where it is paid', async () => {
    await begin('2024-09-02T09:00:00+05:00');
    const id = await ordered(bench, '2024-09-02');
    await bench.sandbox.script({ treasury: { treats: { settles: 'never' } } });
    await bench.pass('65d');
    await approve(bench, `${id}-2024-09`);
    await bench.sandbox.script({ treasury: { treats: { refuses: 'account_closed' } } });
    await approve(bench, `${id}-2024-10`);
    await bench.pass('1d');
    expect((await claimsOf(bench, id)).map(([, state]) => state)).toEqual(['sent', 'payment_returned']);
    await bench.pass('2mo');
    const [sent, returned] = await bench.db.claim.findMany({
      where: { subsidyId: id },
      orderBy: { id: 'asc' },
    });
    expect(returned).toMatchObject({ state: 'payment_returned', lineId: L25 });
    expect(sent).toMatchObject({ state: 'sent', lineId: L24 });
    expect(await accounts(bench, L24)).toEqual({
      [sent?.state === 'sent' ? 'sent' : 'paid']: Number(sent?.amount),
    });
    expect(await accounts(bench, L25)).toMatchObject({ payable: Number(returned?.amount) });

    const key = `${String(sent?.id)}/1`;
    const before = await amountOf(L25);
    await bench.sandbox.script({ treasury: { returns: { key, code: 'account_closed' } } });
    await bench.pass('2d');
    expect(await bench.db.claim.findUniqueOrThrow({ where: { id: sent?.id ?? '' } })).toMatchObject({
      state: 'payment_returned',
      lineId: L25,
    });
    expect(await accounts(bench, L24)).toEqual({});
    expect(await amountOf(L25)).toBe(before + Number(sent?.amount));
  });

  test('a waiting subsidy gets money on the new line, which is opened if there is none', async () => {
    await begin('2024-11-04T09:00:00+05:00', { onLines: 0n });
    const waiting = await apply(bench, '2024-07-01');
    await bench.give(`subsidy/${waiting}`, 'review', { outcome: 'propose' }, reviewer);
    const adaptations = 'workplace_adaptation-1726-2026';
    expect(await stateOf(waiting)).toBe('awaiting_funds');
    await bench.pass('2mo');
    expect(await stateOf(waiting)).toBe('awaiting_funds');
    expect(await bench.db.commitment.findMany({ where: { lineId: L24 } })).toEqual([]);
    await set(L25, 50_000_000);
    expect(await stateOf(waiting)).toBe('ordering');
    await bench.pass('12mo');
    expect(await bench.db.budgetLine.findUnique({ where: { id: adaptations } })).toMatchObject({
      state: 'running',
    });
  });

  test('a recalculated claim of a past year is paid from the open line', async () => {
    await begin('2024-09-02T09:00:00+05:00');
    const id = await ordered(bench, '2024-09-02');
    await bench.pass('5mo');
    const claim = `${id}-2024-10`;
    await bench.db.claim.update({ where: { id: claim }, data: { lineId: L24 } });
    await bench.write(`claim/${claim}`, async (transaction) =>
      calculate(transaction, await readClaim(transaction, claim)),
    );
    expect(await bench.db.claim.findUniqueOrThrow({ where: { id: claim } })).toMatchObject({
      state: 'ready',
      lineId: L25,
    });
    expect(await approve(bench, claim)).toMatchObject({ status: 200 });
  });

  test('in steps: a locked subsidy has its turn a moment later', async () => {
    await begin('2024-09-02T09:00:00+05:00');
    const id = await ordered(bench, '2024-09-02');
    bench.clock.set(new Date('2025-01-01T00:00:01+05:00'));
    await bench.write('test', async ({ tx }) => {
      await tx.$queryRaw`SELECT id FROM subsidies WHERE id = ${id} FOR UPDATE`;
      await bench.activities.advance(`line/${L24}`);
      expect(await bench.db.budgetLine.findUniqueOrThrow({ where: { id: L24 } })).toMatchObject({
        open: true,
      });
    });
    bench.clock.set(new Date('2025-01-01T00:00:03+05:00'));
    await bench.activities.advance(`line/${L24}`);
    await bench.activities.advance(`line/${L24}`);
    expect(await bench.db.budgetLine.findUniqueOrThrow({ where: { id: L24 } })).toMatchObject({
      open: false,
    });
    expect(await accounts(bench, L24)).toEqual({});
  });
});

test('a set-off is made on one line: its plan is demanded at the year’s end, and nothing stays free there', async () => {
  await begin('2024-11-04T09:00:00+05:00');
  const id = await ordered(bench, '2024-10-01');
  await bench.pass('2d');
  await approve(bench, `${id}-2024-10`);
  bench.clock.set(new Date('2024-12-10T09:00:00+05:00'));
  await bench.settle();
  const nothing = {
    reason: 'nothing_worked',
    words: 'Nobody came.',
    nothingWorked: true,
    document: { number: '7', date: '2024-12-09', issuer: 'Nur Tikuv' },
  };
  const { body } = await bench.give(`claim/${id}-2024-10`, 'correction', nothing, reviewer);
  bench.clock.set(new Date('2024-12-26T09:00:00+05:00'));
  await bench.settle();
  await bench.give(`approval/${String(body['id'])}`, 'decision', { approve: true }, secondFinanceOfficer);
  const worth = 562_500;
  expect(await bench.db.setOff.findMany()).toMatchObject([
    { claimId: `${id}-2024-11`, amount: BigInt(worth) },
  ]);
  bench.clock.set(new Date('2025-01-03T09:00:00+05:00'));
  await bench.settle();
  expect(await bench.db.setOff.count()).toBe(0);
  expect(await bench.db.recovery.findMany()).toMatchObject([{ left: BigInt(worth), lineId: L24 }]);
  await approve(bench, `${id}-2024-11`);
  await bench.pass('5d');
  expect(await accounts(bench, L24)).toEqual({ recoverable: worth });
  expect(await accounts(bench, L25)).toMatchObject({ paid: worth });
  const [recovery] = await bench.db.recovery.findMany();
  await bench.write('statement/test', (transaction) =>
    repaid(transaction, recovery?.id ?? '', BigInt(worth), '2024-12-30'),
  );
  expect(await accounts(bench, L24)).toEqual({ surrendered: worth });
});
