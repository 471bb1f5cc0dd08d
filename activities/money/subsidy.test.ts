import type { Rules } from '../../domain/policy';
import {
  accounts,
  apply,
  approve,
  claimsOf,
  headOfEmployment,
  type MoneyBench,
  ordered,
  reviewer,
  startMoneyBench,
} from '../../test/support/money';

let bench: MoneyBench;
const begin = async (from: string) => {
  bench = await startMoneyBench(from);
};
afterEach(() => bench.close());

test('hired on the 15th: seven claims, each checked, approved and paid in the next month', async () => {
  await begin('2024-03-18T09:00:00+05:00');
  const id = await ordered(bench, '2024-03-15');
  expect(await bench.db.subsidy.findUniqueOrThrow({ where: { id } })).toMatchObject({
    state: 'running',
    periodFrom: '2024-03-15',
    periodTo: '2024-09-14',
  });
  for (const month of ['03', '04', '05', '06', '07', '08', '09']) {
    await bench.pass('1mo');
    expect(await approve(bench, `${id}-2024-${month}`)).toMatchObject({ status: 200 });
    await bench.pass('3d');
  }
  expect(await claimsOf(bench, id)).toEqual([
    ['2024-03', 'settled', 279_677],
    ['2024-04', 'settled', 510_000],
    ['2024-05', 'settled', 510_000],
    ['2024-06', 'settled', 510_000],
    ['2024-07', 'settled', 510_000],
    ['2024-08', 'settled', 510_000],
    ['2024-09', 'settled', 230_322],
  ]);
  expect(await accounts(bench, 'hire_pwd-1726-2024')).toEqual({ free: 1e9 - 3_059_999, paid: 3_059_999 });
  expect(await bench.db.subsidy.findUniqueOrThrow({ where: { id } })).toMatchObject({ state: 'ended' });
});

test('an application waits for YAMMT, then for the officer of the district', async () => {
  await begin('2024-03-18T09:00:00+05:00');
  const id = await apply(bench, '2024-03-15');
  expect(await bench.waits(`subsidy/${id}`)).toEqual([
    { kind: 'review', role: 'employment_officer', rank: null, due: '2024-03-22T23:59' },
  ]);
});

test('hired before the first rule: refused, and no objection is upheld', async () => {
  await begin('2020-01-15T09:00:00+05:00');
  const id = await apply(bench, '2019-08-20');
  expect(await bench.db.subsidy.findUniqueOrThrow({ where: { id } })).toMatchObject({
    state: 'refused',
    refusal: { code: 'no_rule', act: null, version: null },
  });
  const words = 'There should be one.';
  expect(await bench.give(`subsidy/${id}`, 'objection', { words }, bench.employer)).toMatchObject({
    status: 200,
  });
  const upheld = { upheld: true, grounds: 'Yes.' };
  expect(await bench.give(`subsidy/${id}`, 'objectionDecision', upheld, headOfEmployment)).toMatchObject({
    status: 409,
    body: { code: 'no_rule' },
  });
});

test('an application waived before any decision bars no other for the same hire', async () => {
  await begin('2024-03-18T09:00:00+05:00');
  const first = await apply(bench, '2024-03-15');
  const waiver = { from: '2024-03-19', code: 'waived', words: 'The wrong order.' };
  await bench.give(`subsidy/${first}`, 'stop', waiver, bench.employer);
  const second = await ordered(bench, '2024-03-15');
  expect(await bench.db.subsidy.findUniqueOrThrow({ where: { id: second } })).toMatchObject({
    state: 'running',
  });
});

test('the law of the day of hire holds, whatever day the application names', async () => {
  await begin('2025-05-26T09:00:00+05:00');
  const id = await apply(bench, '2025-05-20', { hiredOn: '2025-05-05' });
  expect(await bench.db.subsidy.findUniqueOrThrow({ where: { id } })).toMatchObject({
    state: 'refused',
    hiredOn: '2025-05-20',
    policyId: 'PV-2025-05',
    refusal: { code: 'no_rule' },
  });
});

test('twelve months above the quota are reserved on the lines of the years in which they are payable', async () => {
  await begin('2024-04-02T09:00:00+05:00');
  const snapshot = { listedStaff: 100, filledReserved: 7, on: '2024-03-29' };
  await ordered(bench, '2024-04-01', { programme: 'above_quota', category: 'disability', snapshot });
  expect(await accounts(bench, 'above_quota-1726-2024')).toMatchObject({ committed: 5_440_000 });
  expect(await accounts(bench, 'above_quota-1726-2025')).toMatchObject({ committed: 2_720_000 });
});

test('hired on the first working day of a month: six whole months, and the seventh month has no amount', async () => {
  await begin('2023-07-10T09:00:00+05:00');
  const id = await ordered(bench, '2023-07-03');
  for (const month of ['07', '08', '09', '10', '11', '12']) {
    await bench.pass('1mo');
    expect(await approve(bench, `${id}-2023-${month}`)).toMatchObject({ status: 200 });
  }
  await bench.pass('1mo');
  const claims = await claimsOf(bench, id);
  expect(claims).toHaveLength(7);
  expect(claims[0]).toEqual(['2023-07', 'settled', 495_000]);
  expect(claims.slice(1, 6).every(([, state]) => state === 'settled')).toBe(true);
  expect(claims[6]).toEqual(['2024-01', 'zero', 0]);
  expect(await bench.db.subsidy.findUniqueOrThrow({ where: { id } })).toMatchObject({ state: 'ended' });
  const { committed, payable } = await accounts(bench, 'hire_pwd-1726-2024');
  expect([committed, payable]).toEqual([undefined, undefined]);
});

test('returned for completion: the employer is reminded five days and one before the end, then it is abandoned', async () => {
  await begin('2024-03-18T09:00:00+05:00');
  const id = await apply(bench, '2024-03-15');
  const missing = [{ field: 'contract', detail: 'Its number.' }];
  await bench.give(`subsidy/${id}`, 'review', { outcome: 'return', missing }, reviewer);
  expect(await bench.waits(`subsidy/${id}`)).toEqual([
    { kind: 'review', role: 'employment_officer', rank: null, due: null },
    { kind: 'completion', role: 'employer', rank: null, due: '2024-04-02T23:59' },
  ]);
  await bench.pass('16d');
  const reminders = await bench.db.notice.findMany({
    where: { subject: `subsidy/${id}`, type: 'reminder', recipient: 'employer', channel: 'sms' },
    orderBy: { createdAt: 'asc' },
  });
  expect(reminders.map(({ createdAt }) => createdAt.toISOString())).toEqual([
    '2024-03-28T04:00:00.000Z',
    '2024-04-01T04:00:00.000Z',
  ]);
  expect(await bench.db.subsidy.findUniqueOrThrow({ where: { id } })).toMatchObject({ state: 'abandoned' });
});

test('a refusal is objected to within ten working days', async () => {
  await begin('2024-03-18T09:00:00+05:00');
  const id = await apply(bench, '2024-03-15');
  const refusal = { outcome: 'refuse', code: 'papers', grounds: 'The order is another’s.' };
  await bench.give(`subsidy/${id}`, 'review', refusal, reviewer);
  const object = () => bench.give(`subsidy/${id}`, 'objection', { words: 'It is ours.' }, bench.employer);
  bench.clock.set(new Date('2024-04-03T00:00:00+05:00'));
  expect(await object()).toMatchObject({ status: 409, body: { code: 'too_late' } });
  bench.clock.set(new Date('2024-04-02T23:59:00+05:00'));
  expect(await object()).toMatchObject({ status: 200, body: { state: 'objected' } });
});

describe('the terms of the order’s day, where the policy chooses them', () => {
  /** From 6 March the law pays `multiple` BHM. As before, it keeps the terms of the order's day. */
  async function proposed(multiple: number | null, onLines = 1_000_000_000n): Promise<string> {
    bench = await startMoneyBench('2024-03-04T09:00:00+05:00', { onLines });
    const { rules, ...base } = await bench.db.policyVersion.findUniqueOrThrow({
      where: { id: 'PV-2019' },
      omit: { dryRun: true },
    });
    const before = { ...(rules as Rules), termsOf: 'order' as const };
    const hire = { ...before.programmes.hire_pwd, multiple };
    const after = { ...before, programmes: { ...before.programmes, hire_pwd: hire } };
    const recordedAt = new Date('2024-01-01T00:00:00Z');
    for (const [id, validFrom, said] of [
      ['PV-000901', '2024-01-01', before],
      ['PV-000902', '2024-03-06', after],
    ] as const)
      await bench.db.policyVersion.create({
        data: { ...base, id, validFrom, recordedAt, rules: said },
      });
    const id = await apply(bench, '2024-03-01');
    await bench.give(`subsidy/${id}`, 'review', { outcome: 'propose' }, reviewer);
    bench.clock.set(new Date('2024-03-07T09:00:00+05:00'));
    return id;
  }
  const sign = (id: string) =>
    bench.give(`subsidy/${id}`, 'order', { number: 'B-1', date: '2024-03-07' }, headOfEmployment);
  const found = (id: string) => bench.db.subsidy.findUniqueOrThrow({ where: { id } });
  const LINE = 'hire_pwd-1726-2024';

  test('and their amounts are committed', async () => {
    const id = await proposed(300);
    expect(await sign(id)).toMatchObject({ status: 200, body: { state: 'running' } });
    expect(await found(id)).toMatchObject({ policyId: 'PV-000902' });
    expect(await accounts(bench, LINE)).toEqual({ free: 1e9 - 6_120_000, committed: 6_120_000 });
  });

  test('no order is signed above the money of the line', async () => {
    const id = await proposed(300, 4_000_000n);
    expect(await sign(id)).toMatchObject({ status: 409, body: { code: 'no_commitment' } });
    expect(await found(id)).toMatchObject({ state: 'ordering', policyId: 'PV-000901', order: null });
    expect(await accounts(bench, LINE)).toEqual({ free: 940_000, committed: 3_060_000 });
  });

  test('no order is signed that these terms exclude', async () => {
    const id = await proposed(null);
    expect(await sign(id)).toMatchObject({ status: 409, body: { code: 'amount_not_set' } });
  });
});
