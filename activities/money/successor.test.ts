import {
  approve,
  claimsOf,
  headOfEmployment,
  financeOfficer,
  type MoneyBench,
  ordered,
  reviewer,
  startMoneyBench,
} from '../../test/support/money';
import { DISTRICT, employmentOfficer, STIR } from '../../test/support/bench';
import { proposeSuccession } from '../../records/money/succession';
import { readClaim } from './claims';
import { lastPayment } from './paying/payments';
import { cameBack } from './paying/returning';

let bench: MoneyBench;
afterEach(() => bench.close());

const SUCCESSOR = '309876543';
const document = { number: '3', date: '2024-05-14', issuer: 'Ministry of Justice' };

/** Two months are paid. On 15 May the employer was reorganised, and YAMMT knows it. */
async function reorganised(): Promise<{ id: string; successor: string }> {
  bench = await startMoneyBench('2024-03-18T09:00:00+05:00');
  const id = await ordered(bench, '2024-03-01');
  for (const month of ['03', '04']) {
    await bench.pass('1mo');
    await approve(bench, `${id}-2024-${month}`);
    await bench.pass('1d');
  }
  const successor = 'E-000900';
  await bench.db.employer.create({
    data: { id: successor, stir: SUCCESSOR, name: 'Yangi Tikuv', district: DISTRICT, email: 'a@b.uz' },
  });
  await bench.sandbox.script({
    yammt: { reorganises: { stir: STIR, successorStir: SUCCESSOR, on: '2024-05-15' } },
  });
  return { id, successor };
}

const decide = (id: string, approved: boolean, by = headOfEmployment) =>
  bench.give(`approval/${id}`, 'decision', { approve: approved, words: 'Read.' }, by);

async function confirmAccount(employerId: string): Promise<void> {
  await bench.db.account.create({
    data: {
      id: 'AC-000900',
      employerId,
      number: '20208000900123456009',
      mfo: '00014',
      holderStir: SUCCESSOR,
      state: 'confirmed',
      proposedBy: 'x',
      proposedAt: await bench.clock.now(),
      confirmedAt: await bench.clock.now(),
      usableFrom: await bench.clock.now(),
    },
  });
}

test('ended, with a contract at another STIR: a question to the officer; then the successor goes on and is paid', async () => {
  const { id, successor } = await reorganised();
  await bench.pass('15d');
  expect(await bench.db.subsidy.findUniqueOrThrow({ where: { id } })).toMatchObject({
    endReported: null,
    lastDay: null,
  });
  expect(await bench.waits('approval/AP-000001')).toMatchObject([{ kind: 'successor_draft' }]);
  const correction = { reason: 'other', words: 'It goes on.', document };
  for (const body of [{}, correction])
    expect(await bench.give('approval/AP-000001', 'proposal', body, reviewer)).toMatchObject({
      status: 422,
      body: { code: 'incomplete' },
    });
  expect(
    await bench.give('approval/AP-000001', 'proposal', { date: '2024-05-15', document }, reviewer),
  ).toMatchObject({ status: 200, body: { state: 'deciding', body: { successor: SUCCESSOR } } });
  expect(await decide('AP-000001', true, reviewer)).toMatchObject({ status: 403 });
  expect(await decide('AP-000001', true, financeOfficer)).toMatchObject({ status: 403 });
  expect(await decide('AP-000001', true)).toMatchObject({ status: 200 });
  expect(await bench.db.subsidy.findUniqueOrThrow({ where: { id } })).toMatchObject({
    employerId: successor,
  });
  const claims = await bench.db.claim.findMany({ where: { subsidyId: id }, orderBy: { id: 'asc' } });
  expect(claims.map(({ employerId }) => employerId)).toEqual([bench.employerId, bench.employerId, successor]);
  const entitlements = await bench.db.entitlement.findMany();
  expect(entitlements.map(({ employerId }) => employerId)).toEqual([successor, successor, successor]);
  await bench.pass('3d');
  expect(await claimsOf(bench, id)).toContainEqual(['2024-05', 'ready', 510_000]);
  expect(await approve(bench, `${id}-2024-05`)).toMatchObject({ status: 409, body: { code: 'blocked' } });
  await confirmAccount(successor);
  expect(await approve(bench, `${id}-2024-05`)).toMatchObject({ status: 200 });
  await bench.pass('5d');
  const payment = await bench.db.payment.findUniqueOrThrow({ where: { key: `${id}-2024-05/1` } });
  expect(payment).toMatchObject({ state: 'settled', accountId: 'AC-000900' });
});

test('an officer says that it is no successor: then the job ended', async () => {
  const { id } = await reorganised();
  await bench.pass('15d');
  const none = { none: true, words: 'Another enterprise, hired by chance.' };
  expect(await bench.give('approval/AP-000001', 'proposal', none, employmentOfficer)).toMatchObject({
    body: { state: 'rejected' },
  });
  await bench.pass('5d');
  expect(await bench.db.subsidy.findUniqueOrThrow({ where: { id } })).toMatchObject({
    lastDay: '2024-05-15',
  });
  expect(await claimsOf(bench, id)).toContainEqual(['2024-05', 'ready', 246_774]);
});

test('an enterprise that draws for the same month already does not take over', async () => {
  const { id, successor } = await reorganised();
  const known = await bench.db.entitlement.findFirstOrThrow();
  await bench.db.entitlement.create({ data: { ...known, id: 900n, employerId: successor } });
  const employer = await bench.db.employer.findUniqueOrThrow({ where: { id: bench.employerId } });
  const propose = () =>
    bench.write(
      `employer/${employer.id}`,
      (transaction) =>
        proposeSuccession(transaction, employer, { successor: SUCCESSOR, date: '2024-05-15', document }),
      reviewer,
    );
  const proposal = await propose();
  await expect(propose()).rejects.toMatchObject({ code: 'proposed_already' });
  expect(await decide(proposal, true)).toMatchObject({ status: 409, body: { code: 'same_month' } });
  expect(await bench.db.subsidy.findUniqueOrThrow({ where: { id } })).toMatchObject({
    employerId: bench.employerId,
  });
});

/** Proposes the employer's successor, which took its contracts over on 15 May. @returns the proposal. */
async function proposed(): Promise<string> {
  const employer = await bench.db.employer.findUniqueOrThrow({ where: { id: bench.employerId } });
  const said = { successor: SUCCESSOR, date: '2024-05-15', document };
  return bench.write(
    `employer/${employer.id}`,
    (transaction) => proposeSuccession(transaction, employer, said),
    reviewer,
  );
}

test('a demand moves to the successor too', async () => {
  const { id, successor } = await reorganised();
  const nothing = { reason: 'nothing_worked', words: 'Never came.', nothingWorked: true, document };
  const made = await bench.give(`claim/${id}-2024-04`, 'correction', nothing, reviewer);
  await bench.pass('16d');
  await decide(String(made.body['id']), true, financeOfficer);
  await decide(await proposed(), true);
  expect(await bench.db.recovery.findFirstOrThrow()).toMatchObject({ employerId: successor, left: 510_000n });
  expect(await bench.db.task.findFirstOrThrow({ where: { kind: 'repayment' } })).toMatchObject({
    employerId: successor,
  });
});

test('a paid month that comes back is owed to the successor, to its account', async () => {
  const { id, successor } = await reorganised();
  await bench.pass('2d');
  await confirmAccount(successor);
  await decide(await proposed(), true);
  const claim = `claim/${id}-2024-04`;
  await bench.write(claim, async (transaction) => {
    const row = await readClaim(transaction, `${id}-2024-04`);
    const back = { state: 'returned', code: 'account_closed', on: transaction.today } as const;
    await cameBack(transaction, row, await lastPayment(transaction, row), back);
  });
  await bench.activities.advance(claim);
  expect(await bench.db.claim.findUniqueOrThrow({ where: { id: `${id}-2024-04` } })).toMatchObject({
    employerId: successor,
    state: 'ready',
  });
  expect(await approve(bench, `${id}-2024-04`)).toMatchObject({ status: 200 });
  expect(await bench.db.payment.findUniqueOrThrow({ where: { key: `${id}-2024-04/2` } })).toMatchObject({
    accountId: 'AC-000900',
  });
});
