import {
  approve,
  type MoneyBench,
  ordered,
  secondFinanceOfficer,
  startMoneyBench,
  withAnotherWorker,
} from '../../test/support/money';
import { blockersById } from '../../records/money/blockers';
import { textOf } from '../../records/reads/notice';
import { dayOf } from '../../domain/day';
import { changedLaw } from '../../test/support/policies';
import { viewOf } from '../../records/kernel/view';
import { testSettings } from '../../test/support/settings';
import { demand } from './recovering';
import { readClaim, setAmount } from './claims';
import { planSetOffs } from './set-offs';
import { wake } from '../../records/kernel/wake';
import { visible } from '../../api/http/visible';
import { mendKept } from '../../records/kept';
import type { Actor } from '../../domain/roles';

/* One claim, one payment and one approval for every payee: here a person is paid by the machinery of the employers [measures §4]. */

const ACCOUNT = '20208000500900000001';

let bench: MoneyBench;
let claim: string;
let pinfl: string;
afterEach(() => bench.close());

/** The person's month is calculated again, and goes on to its decision. */
const calculatedAgain = async () => {
  await bench.write(`claim/${claim}`, async (transaction) => {
    const row = await readClaim(transaction, claim);
    await setAmount(transaction, row, row.amount ?? 0n, { calculation: row.calculation as object });
  });
  await bench.settle();
};

const textsOf = async (recipient: string) => {
  const notices = await bench.db.notice.findMany({ where: { recipient }, orderBy: { createdAt: 'asc' } });
  return Promise.all(notices.map((notice) => textOf(bench.db, notice, 'en', '1140')));
};

const open = async () =>
  (await bench.waits(`claim/${claim}`)).map(({ kind, role, due }) => [
    kind,
    role,
    due && dayOf(new Date(due)),
  ]);

/** Two claims of a month are ready on 1 April 2024. The person is the payee of one, and the employer of the other. */
async function ready(): Promise<void> {
  bench = await startMoneyBench('2024-03-04T09:00:00+05:00');
  const subsidy = await ordered(bench, '2024-03-01');
  await ordered(await withAnotherWorker(bench), '2024-03-01');
  claim = `${subsidy}-2024-03`;
  await bench.pass('28d');
  await bench.pass('9h');
  const { db, personId } = bench;
  ({ pinfl } = await db.person.findUniqueOrThrow({ where: { id: personId } }));
  const own = await db.claim.findUniqueOrThrow({ where: { id: claim } });
  await db.entitlement.update({ where: { id: own.entitlementId }, data: { employerId: null } });
  await db.subsidy.update({ where: { id: subsidy }, data: { employerId: null } });
  await db.claim.update({ where: { id: claim }, data: { employerId: null, personId } });
}

async function withAccount(): Promise<void> {
  const now = await bench.clock.now();
  await bench.db.account.create({
    data: {
      id: 'AC-900001',
      personId: bench.personId,
      number: ACCOUNT,
      mfo: '00873',
      holderPinfl: pinfl,
      state: 'confirmed',
      proposedBy: 'case_manager-1',
      proposedAt: now,
      confirmedBy: 'finance_officer-9',
      confirmedAt: now,
      usableFrom: now,
    },
  });
}

const blockers = async () => {
  const view = viewOf(
    { db: bench.db, settings: testSettings },
    secondFinanceOfficer,
    await bench.clock.now(),
  );
  return (await blockersById(view, [claim])).get(claim);
};

test('the payee of a row follows from its employer or person', async () => {
  await ready();
  const { db, personId } = bench;
  const payee = `person/${personId}`;
  expect(await db.claim.findUniqueOrThrow({ where: { id: claim } })).toMatchObject({ payee });
  expect(await db.subsidy.findMany({ where: { payee } })).toHaveLength(1);
  expect(await db.entitlement.findMany({ where: { payee } })).toHaveLength(1);
  const same = { personId, month: '2024-03', slot: 'wage', amount: 1n };
  await expect(db.entitlement.create({ data: same })).rejects.toThrow(/unique/i);
  await db.entitlement.create({ data: { ...same, employerId: bench.employerId } });
});

test("a person is paid to the person's account, and not to that of an employer; the person is told", async () => {
  await ready();
  expect(await blockers()).toEqual(['account_unconfirmed']);
  expect(await approve(bench, claim, secondFinanceOfficer)).toMatchObject({ status: 409 });
  await withAccount();
  expect(await blockers()).toEqual([]);
  expect((await approve(bench, claim, secondFinanceOfficer)).status).toBe(200);
  const order = bench.sandbox.world.treasury.orders.get(`${claim}/1`);
  expect(order).toMatchObject({ account: ACCOUNT, holderPinfl: pinfl, executed: 1 });
  expect(order).not.toHaveProperty('holderStir');
  await bench.db.notice.deleteMany();
  await bench.pass('1d');
  expect(await bench.db.claim.findUniqueOrThrow({ where: { id: claim } })).toMatchObject({
    state: 'settled',
  });
  expect(await bench.db.notice.findMany({ where: { recipient: 'employer' } })).toEqual([]);
  const events = JSON.stringify(await bench.db.event.findMany({ select: { params: true, grounds: true } }));
  expect(events).not.toContain(pinfl);
});

test("who proposed or confirmed a person's account does not approve the first payment to it", async () => {
  await ready();
  await withAccount();
  await bench.db.account.update({
    where: { id: 'AC-900001' },
    data: { confirmedBy: secondFinanceOfficer.id },
  });
  expect(await approve(bench, claim, secondFinanceOfficer)).toMatchObject({
    status: 403,
    body: { code: 'took_part' },
  });
});

test("a person's debt is set off against nothing of an employer", async () => {
  await ready();
  await withAccount();
  expect((await approve(bench, claim, secondFinanceOfficer)).status).toBe(200);
  await bench.pass('1d');
  const { db, personId } = bench;
  expect(await db.claim.findFirst({ where: { state: 'ready' } })).toMatchObject({
    payee: `employer/${bench.employerId}`,
  });
  const left = await bench.write(`claim/${claim}`, async (transaction) => {
    const debtor = await readClaim(transaction, claim);
    const rest = await planSetOffs(transaction, debtor, 1000n);
    await demand(transaction, debtor, rest);
    return rest;
  });
  expect(left).toBe(1000n);
  expect(await db.recovery.findFirstOrThrow()).toMatchObject({
    payee: `person/${personId}`,
    employerId: null,
  });
});

describe('a person without an account', () => {
  test('waits for one: the case manager asks, monthly, and the month does not lapse', async () => {
    await ready();
    await bench.db.notice.deleteMany();
    await calculatedAgain();
    expect(await open()).toEqual([['persons_account', 'case_manager', '2024-05-02']]);
    expect((await textsOf('person'))[0]).toContain('we know no account of yours');
    await withAccount();
    await bench.write('person/test', (transaction) => {
      wake(transaction, `claim/${claim}`);
      return Promise.resolve();
    });
    await bench.settle();
    expect((await open()).map(([kind]) => kind)).toEqual(['claim_decision']);
    expect((await approve(bench, claim, secondFinanceOfficer)).status).toBe(200);
  });

  test('is paid at the cash desk of the bank that the policy names, and told where', async () => {
    await ready();
    await changedLaw(bench.db, '2024-04-01', {
      cashDesk: { holder: 'Xalq banki, Asaka', number: '29896000000000000001', mfo: '00873' },
    });
    await calculatedAgain();
    expect((await open()).map(([kind]) => kind)).toEqual(['claim_decision']);
    expect((await approve(bench, claim, secondFinanceOfficer)).status).toBe(200);
    const order = bench.sandbox.world.treasury.orders.get(`${claim}/1`);
    expect(order).toMatchObject({ account: '29896000000000000001', holderPinfl: pinfl });
    await bench.db.notice.deleteMany();
    await bench.pass('1d');
    const [text] = await textsOf('person');
    expect(text).toContain('is ready for you in cash');
    expect(text).toContain('Xalq banki, Asaka');
  });
});

test("a person's returned payment is the case manager's, and does not lapse", async () => {
  await ready();
  await withAccount();
  expect((await approve(bench, claim, secondFinanceOfficer)).status).toBe(200);
  await bench.sandbox.script({ treasury: { returns: { key: `${claim}/1`, code: 'account_closed' } } });
  await bench.db.notice.deleteMany();
  await bench.pass('1d');
  expect(await open()).toEqual([['persons_payment_returned', 'case_manager', '2024-04-17']]);
  expect((await textsOf('person'))[0]).toContain('Your case manager asks you for the right account');
  expect(
    await bench.give(
      `claim/${claim}`,
      'unpayable',
      { unpayable: true, reason: 'None' },
      secondFinanceOfficer,
    ),
  ).toMatchObject({
    status: 409,
    body: { code: 'never_lapses' },
  });
});

test("the people of the person's case see what the person is paid; they lie in its area wherever the money is", async () => {
  await ready();
  const { db, personId } = bench;
  const find = async (role: Actor['role'], area: string) =>
    db.claim.count({ where: visible.claim({ id: 'O-1', role, rank: 'officer', area }) });
  const { mahalla } = await db.person.findUniqueOrThrow({ where: { id: personId } });
  expect([await find('case_manager', mahalla), await find('supervisor', mahalla.slice(0, 7))]).toEqual([
    1, 1,
  ]);
  expect([
    await find('training_officer', mahalla.slice(0, 7)),
    await find('case_manager', '1703202001'),
  ]).toEqual([0, 0]);
  await db.person.update({ where: { id: personId }, data: { mahalla: '1703202001' } });
  await db.case.updateMany({ where: { personId }, data: { open: false } });
  expect([await find('case_manager', mahalla), await find('case_manager', '1703202001')]).toEqual([0, 1]);
  await db.$executeRaw`UPDATE claims SET person_area = NULL WHERE id = ${claim}`;
  expect(await mendKept(db, ['areasOfPayables'])).toEqual([`area of the person of ${claim}`]);
  expect(await find('case_manager', '1703202001')).toBe(1);
});
