import { post } from '../../records/kernel/ledger';
import { demand } from '../../activities/money/recovering';
import { approve, type MoneyBench, ordered, startMoneyBench } from '../../test/support/money';
import { readMoney } from './money';

let bench: MoneyBench;
beforeAll(async () => {
  bench = await startMoneyBench('2024-05-02T09:00:00+05:00');
});
afterAll(() => bench.close());

test('the end of a scenario has subsidies, claims, payments, recoveries, and the lines that were used', async () => {
  const id = await ordered(bench, '2024-03-15');
  await approve(bench, `${id}-2024-03`);
  await bench.pass('2d');
  await bench.write(`claim/${id}-2024-03`, async (transaction) => {
    const claim = await transaction.tx.claim.findUniqueOrThrow({ where: { id: `${id}-2024-03` } });
    const { lineId, subsidyId, month } = claim;
    await post(transaction, 'overpaid', { lineId, subsidyId, claimId: claim.id, month, amount: 100_000n });
    await demand(transaction, claim, 100_000n);
  });
  expect(await readMoney(bench.db)).toEqual({
    subsidies: [{ id, programme: 'hire_pwd', state: 'running' }],
    claims: [
      { id: `${id}-2024-03`, month: '2024-03', state: 'settled', amount: 279_677, setOff: 0 },
      { id: `${id}-2024-04`, month: '2024-04', state: 'ready', amount: 510_000, setOff: 0 },
    ],
    payments: [{ key: `${id}-2024-03/1`, state: 'settled', amount: 279_677 }],
    recoveries: [{ id: 'RC-000001', state: 'demanded', amount: 100_000, left: 100_000 }],
    ledger: [
      {
        line: 'hire_pwd-1726-2024',
        accounts: {
          committed: 3_059_999 - 279_677,
          free: 1e9 - 3_059_999,
          paid: 179_677,
          recoverable: 100_000,
        },
      },
    ],
  });
});
