import { STIR } from '../../test/support/bench';
import {
  accounts,
  approve,
  claimsOf,
  financeOfficer,
  type MoneyBench,
  ordered,
  reviewer,
  secondFinanceOfficer,
  startMoneyBench,
  withAnotherWorker,
} from '../../test/support/money';
import { changedLaw } from '../../test/support/policies';

/* An overpayment of one worker's month is set off against a month of another worker of the same employer [money §6]. */

const LINE = 'hire_pwd-1726-2024';
const OTHER_LINE = 'above_quota-1726-2024';
const OVERPAID = 510_000 - Math.floor((510_000 * 10) / 31);

let bench: MoneyBench;
afterEach(() => bench.close());

/** From 1 January on the policy allows set-offs on the same line only, or on every line. */
const policyHas = (setOffOnSameLine: boolean): Promise<void> =>
  changedLaw(bench.db, '2024-01-01', { setOffOnSameLine });

/** March and April of one worker are paid, and April of another worker is ready. March is corrected to ten days. */
async function corrected(
  programme: 'hire_pwd' | 'above_quota',
): Promise<{ debtor: string; payable: string }> {
  const id = await ordered(bench, '2024-03-01');
  for (const month of ['03', '04']) await approve(bench, `${id}-2024-${month}`, secondFinanceOfficer);
  await bench.pass('1d');
  const other = await withAnotherWorker(bench);
  const { pinfl } = await bench.db.person.findUniqueOrThrow({ where: { id: other.personId } });
  const snapshot = { listedStaff: 100, filledReserved: 7, on: '2024-03-29' };
  const its = await ordered(other, '2024-04-01', { programme, category: 'disability', snapshot });
  const payable = `${its}-2024-04`;
  if (programme === 'above_quota') {
    const accrued = { accrued: 2_000_000, tax: 240_000 };
    await bench.sandbox.script({
      tax: { accrues: { ...accrued, pinfl, stir: STIR, month: '2024-04', on: '2024-05-14' } },
    });
    await bench.give(`claim/${payable}`, 'declaration', accrued, bench.employer);
  }
  const { body } = await bench.give(
    `claim/${id}-2024-03`,
    'correction',
    {
      reason: 'contract_dates',
      words: 'The contract ended on the 10th.',
      contract: { since: '2024-03-01', until: '2024-03-10' },
      document: { number: '7', date: '2024-05-20', issuer: 'Nur Tikuv MChJ' },
    },
    reviewer,
  );
  await bench.pass('15d');
  const decided = await bench.give(
    `approval/${String(body['id'])}`,
    'decision',
    { approve: true, words: 'Read.' },
    financeOfficer,
  );
  expect(decided).toMatchObject({ status: 200 });
  return { debtor: `${id}-2024-03`, payable };
}

test.each([
  ['on the same line', 'hire_pwd', true, 510_000],
  ['across lines, where the policy lets it', 'above_quota', false, 680_000],
] as const)('%s', async (_where, programme, sameLine, worth) => {
  bench = await startMoneyBench('2024-05-20T09:00:00+05:00');
  await policyHas(sameLine);
  const { debtor, payable } = await corrected(programme);
  expect(await bench.db.claim.findUniqueOrThrow({ where: { id: payable } })).toMatchObject({
    amount: BigInt(worth),
    setOff: BigInt(OVERPAID),
    setOffDone: 0n,
  });
  expect(await bench.db.recovery.count()).toBe(0);
  expect(await accounts(bench, LINE)).toMatchObject({ paid: 1_020_000 - OVERPAID, recoverable: OVERPAID });

  expect(await approve(bench, payable, secondFinanceOfficer)).toMatchObject({ status: 200 });
  await bench.pass('2d');
  expect(await bench.db.payment.findUniqueOrThrow({ where: { key: `${payable}/1` } })).toMatchObject({
    state: 'settled',
    amount: BigInt(worth - OVERPAID),
  });
  const entries = await bench.db.ledgerEntry.findMany({
    where: { event: { in: ['set_off', 'set_off_recovered'] } },
    orderBy: { id: 'asc' },
  });
  const line = programme === 'hire_pwd' ? LINE : OTHER_LINE;
  expect(
    entries.map(({ lineId, claimId, account, amount }) => [lineId, claimId, account, Number(amount)]),
  ).toEqual([
    [line, payable, 'payable', -OVERPAID],
    [line, payable, 'paid', OVERPAID],
    [LINE, debtor, 'recoverable', -OVERPAID],
    [LINE, debtor, 'free', OVERPAID],
  ]);
  expect(await claimsOf(bench, payable.slice(0, 'S-000002'.length))).toContainEqual([
    '2024-04',
    'settled',
    worth,
  ]);
  const { recoverable } = await accounts(bench, LINE);
  expect(recoverable).toBeUndefined();
});

test('otherwise not across lines: a younger payable of the same line is used', async () => {
  bench = await startMoneyBench('2024-05-20T09:00:00+05:00');
  const { debtor, payable } = await corrected('above_quota');
  expect(await bench.db.setOff.findMany()).toMatchObject([
    { claimId: debtor.replace('-03', '-05'), debtorId: debtor, amount: BigInt(OVERPAID) },
  ]);
  expect(await bench.db.claim.findUniqueOrThrow({ where: { id: payable } })).toMatchObject({
    state: 'ready',
    setOff: 0n,
  });
});
