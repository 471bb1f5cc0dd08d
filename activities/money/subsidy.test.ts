import {
  accounts,
  apply,
  approve,
  claimsOf,
  type MoneyBench,
  ordered,
  startMoneyBench,
} from '../../test/support/money';

let bench: MoneyBench;
const begin = async (from: string) => {
  bench = await startMoneyBench(from);
};
afterEach(() => bench.close());

test('hired on the 15th: seven claims, each checked, approved and paid in the month after', async () => {
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

test('the law of the day on which the person was hired holds, whatever day the application names', async () => {
  await begin('2025-05-26T09:00:00+05:00');
  const id = await apply(bench, '2025-05-20', { hiredOn: '2025-05-05' });
  expect(await bench.db.subsidy.findUniqueOrThrow({ where: { id } })).toMatchObject({
    state: 'refused',
    hiredOn: '2025-05-20',
    policyId: 'PV-2025-05',
    refusal: { code: 'no_rule' },
  });
});
