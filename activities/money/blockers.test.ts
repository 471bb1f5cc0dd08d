import { represent } from '../../records/reads/represent';
import { viewOf } from '../../records/kernel/view';
import { PINFL, plannedCase, STIR } from '../../test/support/bench';
import {
  accounts,
  approve,
  chiefFinance,
  claimsOf,
  financeOfficer,
  type MoneyBench,
  ordered,
  startMoneyBench,
} from '../../test/support/money';
import { hire } from '../steps/hire';

let bench: MoneyBench;
beforeEach(async () => {
  bench = await startMoneyBench('2024-03-18T09:00:00+05:00');
});
afterEach(() => bench.close());

const LINE = 'hire_pwd-1726-2024';

const blockers = async (claim: string) => {
  const { clock } = bench;
  const shown = await represent(viewOf(bench.records, financeOfficer, await clock.now()), 'claim', claim);
  return (shown as { blockers: string[] }).blockers;
};

test('an overdue or unconfirmed retention check blocks nothing: the claim’s own check decides', async () => {
  const caseId = await plannedCase(bench, bench.personId);
  const { personId, employerId } = bench;
  const job = await bench.write(`case/${caseId}`, (transaction) =>
    hire(transaction, {
      caseId,
      personId,
      employerId,
      since: '2024-03-01',
      contract: 'T-1',
      how: 'alone',
      proof: 'yammt',
      monitored: true,
    }),
  );
  const id = await ordered(bench, '2024-03-01');
  expect(await bench.db.subsidy.findUniqueOrThrow({ where: { id } })).toMatchObject({ employmentId: job });
  await bench.pass('2mo');
  const checks = await bench.db.check.findMany({ where: { employmentId: job }, orderBy: { n: 'asc' } });
  expect(checks[0]).toMatchObject({ state: 'ahead', on: '2024-04-01' });
  expect(await blockers(`${id}-2024-03`)).toEqual([]);
  await bench.db.check.update({
    where: { employmentId_n: { employmentId: job, n: 1 } },
    data: { state: 'unconfirmed' },
  });
  for (const month of ['2024-03', '2024-04']) {
    expect(await blockers(`${id}-${month}`)).toEqual([]);
    expect(await approve(bench, `${id}-${month}`)).toMatchObject({ status: 200 });
  }
});

test('liquidated without an account: the days worked wait for one, until a person gives them up with a reason', async () => {
  const id = await ordered(bench, '2024-03-01');
  const claim = `${id}-2024-03`;
  await bench.sandbox.script({
    yammt: { ends: { pinfl: PINFL, stir: STIR, on: '2024-03-20', reason: 'other' } },
  });
  await bench.db.employer.update({ where: { id: bench.employerId }, data: { state: 'liquidated' } });
  await bench.db.account.updateMany({ data: { state: 'replaced' } });
  await bench.pass('16d');
  const worked = Math.floor((510_000 * 20) / 31);
  expect(await claimsOf(bench, id)).toEqual([['2024-03', 'ready', worked]]);
  expect(await blockers(claim)).toEqual(['account_unconfirmed']);
  expect(await approve(bench, claim)).toMatchObject({ status: 409, body: { code: 'blocked' } });
  expect(await accounts(bench, LINE)).toEqual({ free: 1e9 - worked, committed: worked });
  await bench.pass('2mo');
  expect(await bench.waits(`claim/${claim}`)).toMatchObject([
    { kind: 'claim_decision', rank: chiefFinance.rank },
  ]);
  expect(await claimsOf(bench, id)).toEqual([['2024-03', 'ready', worked]]);

  // The account is the old account, which was closed meanwhile.
  await bench.db.account.updateMany({ data: { state: 'confirmed' } });
  await bench.sandbox.script({ treasury: { treats: { refuses: 'account_closed' } } });
  expect(await approve(bench, claim)).toMatchObject({ status: 200 });
  expect(await bench.waits(`claim/${claim}`)).toMatchObject([
    { kind: 'account_correction', role: 'employer' },
  ]);
  await bench.pass('30d');
  expect(await bench.waits(`claim/${claim}`)).toMatchObject([
    { kind: 'account_correction', role: 'finance_officer' },
  ]);
  const reason = { reason: 'Liquidated; no account is left.' };
  expect(await bench.give(`claim/${claim}`, 'unpayable', reason, financeOfficer)).toMatchObject({
    status: 200,
    body: { state: 'lapsed' },
  });
  expect(await bench.db.event.findFirstOrThrow({ where: { type: 'payment_unpayable' } })).toMatchObject({
    subject: `claim/${claim}`,
    actorId: financeOfficer.id,
  });
  expect(await accounts(bench, LINE)).toEqual({ free: 1e9 });
  expect(await bench.db.subsidy.findUniqueOrThrow({ where: { id } })).toMatchObject({ state: 'ended' });
});
