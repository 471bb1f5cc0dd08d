import type { Actor } from '../../domain/roles';
import { reconciliation } from '../../domain/reports/reconciliation';
import { readReconciliation } from '../../records/reads/reconciliation';
import { approve, financeOfficer, type MoneyBench, ordered, startMoneyBench } from '../../test/support/money';
import { protection, protectionPaysForHires } from '../../test/support/two-funds';
import { demand } from './recovering';
import { readClaim } from './claims';
import { planSetOffs } from './set-offs';
import { beginStatements } from './statements';

/* Two funds: each has its own statement, and nothing crosses from one to the other [measures §4]. */

const protectionOfficer: Actor = {
  ...financeOfficer,
  id: 'finance_officer-protection',
  fund: protection,
};

let bench: MoneyBench;
let claim: string;
let key: string;
afterEach(() => bench.close());

/** The social protection fund pays a month's claim on Monday 1 April 2024, and both funds have statements. */
async function paid(changes: object = {}): Promise<void> {
  bench = await startMoneyBench('2024-03-04T09:00:00+05:00', { statements: true });
  await protectionPaysForHires(bench.db, '2024-01-01', changes);
  const { id, role, rank, area } = protectionOfficer;
  await bench.db.official.create({ data: { id, name: id, role, rank, area, fund: protection } });
  claim = `${await ordered(bench, '2024-03-01')}-2024-03`;
  key = `${claim}/1`;
  await bench.pass('28d');
  await bench.pass('9h');
}

const pay = async () => expect((await approve(bench, claim, protectionOfficer)).status).toBe(200);

async function reconciled(fund: string, day: string) {
  const facts = await readReconciliation(bench.db, { fund, day }, await bench.clock.now(), {
    n: 3,
    unit: 'workingDays',
  });
  if (!facts) throw new Error(`no statement of ${fund} on ${day}`);
  return reconciliation(facts);
}

test('a claim waits for the office of its fund, and its payment is in the statement of that fund alone', async () => {
  await paid();
  const waits = await bench.db.task.findMany({ where: { subject: `claim/${claim}`, closedAt: null } });
  expect(waits).toMatchObject([
    { kind: 'claim_decision', role: 'finance_officer', area: '1726', fund: protection },
  ]);
  await bench.write('statement/test', (transaction) => beginStatements(transaction, 'employment'));
  await pay();
  await bench.pass('3d');
  expect(
    await bench.db.statementEntry.findMany({ select: { statementId: true, reference: true, matched: true } }),
  ).toEqual([{ statementId: 'social_protection-2024-04-02', reference: key, matched: 'payment' }]);
  expect(
    await bench.db.statement.findMany({ select: { fund: true, day: true }, orderBy: { id: 'asc' } }),
  ).toEqual([
    ...['01', '02', '03', '04'].map((day) => ({ fund: 'employment', day: `2024-04-${day}` })),
    ...['01', '02', '03', '04'].map((day) => ({ fund: protection, day: `2024-04-${day}` })),
  ]);
  const amount = 510_000n;
  expect((await reconciled(protection, '2024-04-02')).identity).toMatchObject({
    treasury: amount,
    ledger: amount,
    unexplained: 0n,
  });
  expect((await reconciled('employment', '2024-04-02')).identity).toMatchObject({
    treasury: 0n,
    ledger: 0n,
    unexplained: 0n,
  });
});

test("a payment of another fund is no payment of this one; its differences are its own officers'", async () => {
  await paid();
  await bench.write('statement/test', (transaction) => beginStatements(transaction, 'employment'));
  const account = '20208000900123456001';
  await bench.sandbox.script({
    treasury: { invents: { day: '2024-04-02', kind: 'settled', key, amount: 510_000, account } },
  });
  await bench.sandbox.script({ treasury: { omits: { fund: protection, day: '2024-04-02', key } } });
  await pay();
  await bench.pass('2d');
  expect((await reconciled('employment', '2024-04-02')).lines).toMatchObject([
    { reference: key, verdict: 'not_in_ledger', difference: 'open' },
  ]);
  expect((await reconciled(protection, '2024-04-02')).lines).toMatchObject([
    { reference: key, verdict: 'not_in_statement', difference: null },
  ]);
  expect(
    await bench.db.task.findMany({
      where: { kind: 'difference', closedAt: null },
      select: { subject: true, fund: true },
    }),
  ).toEqual([{ subject: 'statement/2024-04-02', fund: 'employment' }]);
});

test('an overpayment is demanded to the account of its fund, and set off against nothing of another', async () => {
  await paid({ setOffOnSameLine: false });
  await pay();
  await bench.pass('3d');
  await bench.db.subsidy.create({
    data: {
      ...(await bench.db.subsidy.findFirstOrThrow()),
      id: 'S-900001',
      orderNumber: 'another',
      open: false,
      fund: 'employment',
      programme: 'above_quota',
    } as never,
  });
  const { id: entitlementId } = await bench.db.entitlement.create({
    data: {
      personId: bench.personId,
      employerId: bench.employerId,
      month: '2024-03',
      slot: 'above_quota',
      amount: 1n,
    },
  });
  const own = await bench.db.claim.findUniqueOrThrow({ where: { id: claim } });
  await bench.db.claim.create({
    data: {
      ...own,
      id: 'S-900001-2024-03',
      subsidyId: 'S-900001',
      lineId: 'above_quota-1726-2024',
      fund: 'employment',
      entitlementId,
      state: 'ready',
      open: false,
    } as never,
  });
  const { left, recovery } = await bench.write(`claim/${claim}`, async (transaction) => {
    const debtor = await readClaim(transaction, claim);
    const rest = await planSetOffs(transaction, debtor, 1000n);
    return { left: rest, recovery: await demand(transaction, debtor, rest) };
  });
  expect(left).toBe(1000n);
  expect(await bench.db.recovery.findUniqueOrThrow({ where: { id: recovery } })).toMatchObject({
    fund: protection,
    repayTo: { holder: 'Social Protection Fund' },
  });
});
