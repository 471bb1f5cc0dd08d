import { caseManager } from '../../test/support/bench';
import {
  accounts,
  approve,
  financeOfficer,
  type MoneyBench,
  paper,
  secondFinanceOfficer,
  startMoneyBench,
} from '../../test/support/money';
import { admitted, orderStipend, personsAccount, stipendLine, study } from '../../test/support/studies';
import { proposePersonsAccount } from '../../records/money/persons-account';
import { makePinfl } from '../../domain/pinfl';
import { correctDeathIn } from '../../records/money/death';
import { payeeDied } from './persons-death';

/* The death of a person who is paid [measures §4]. */

let bench: MoneyBench;
afterEach(() => bench.close());

const MARCH = 'ST-000001-2024-03';
const HEIR = makePinfl('1990-02-03', 'female', '770001');
const ACCOUNT = '20208000500900000077';
const LINE = 'training_stipend-1726-2024';

/** March is to be decided on 2 April, and the person dies on the 10th, in the middle of the course. */
async function died(): Promise<string> {
  bench = await startMoneyBench('2024-02-26T09:00:00+05:00');
  await stipendLine(bench, 2024, 10_000_000n);
  const { training, stipend: id = '' } = await admitted(bench, { from: '2024-03-04', to: '2024-05-31' });
  await orderStipend(bench, id);
  await personsAccount(bench);
  await bench.pass('7d');
  await study(bench, training, { state: 'studying', startedOn: '2024-03-04' });
  await bench.pass('29d');
  await study(bench, training, { months: [{ month: '2024-03', attended: 20 }] });
  await bench.pass('8d');
  await bench.db.person.update({ where: { id: bench.personId }, data: { diedOn: '2024-04-10' } });
  await bench.write(`person/${bench.personId}`, (tx) => payeeDied(tx, bench.personId));
  await bench.settle();
  return training;
}

const waits = async (id = MARCH) =>
  (await bench.waits(`claim/${id}`)).map(({ kind, role, due }) => [kind, role, due?.slice(0, 10) ?? null]);

async function heirProposed(body: object): Promise<string> {
  await bench.sandbox.script({ treasury: { holds: { account: ACCOUNT, mfo: '00873', pinfl: HEIR } } });
  const id = await bench.write(
    `person/${bench.personId}`,
    async (tx) => {
      const person = await tx.tx.person.findUniqueOrThrow({ where: { id: bench.personId } });
      return proposePersonsAccount(tx, person, { account: ACCOUNT, mfo: '00873', ...body });
    },
    caseManager,
  );
  await bench.settle();
  return id;
}

test('the days before it are paid to the heir that a notary’s document names', async () => {
  const training = await died();
  expect(await waits()).toEqual([['heir', 'case_manager', '2027-04-12']]);
  // 1 to 9 April: nine days of thirty.
  const april = Math.floor((340_000 * 9) / 30);
  expect(await accounts(bench, LINE)).toMatchObject({ committed: 307_096 + april });
  await expect(heirProposed({ holderPinfl: HEIR })).rejects.toMatchObject({ status: 409, code: 'died' });
  await expect(heirProposed({ heir: paper })).rejects.toMatchObject({ status: 409, code: 'died' });
  const proposal = await heirProposed({ holderPinfl: HEIR, heir: paper });
  expect(
    (await bench.give(`approval/${proposal}`, 'decision', { approve: true }, financeOfficer)).status,
  ).toBe(200);
  await bench.pass('7d');
  expect((await waits()).map(([kind]) => kind)).toEqual(['claim_decision']);
  expect((await approve(bench, MARCH, secondFinanceOfficer)).status).toBe(200);
  const order = bench.sandbox.world.treasury.orders.get(`${MARCH}/1`);
  expect(order).toMatchObject({ account: ACCOUNT, holderPinfl: HEIR, executed: 1 });
  await bench.pass('15d');
  await study(bench, training, {
    endedOn: '2024-04-10',
    months: [
      { month: '2024-03', attended: 20 },
      { month: '2024-04', attended: 7 },
    ],
  });
  expect(await bench.db.claim.findUniqueOrThrow({ where: { id: 'ST-000001-2024-04' } })).toMatchObject({
    state: 'ready',
    amount: BigInt(april),
  });
  expect(
    await bench.db.notice.count({
      where: { recipient: 'person', createdAt: { gt: new Date('2024-04-11') } },
    }),
  ).toBe(0);
});

test('without a document for three years the payment is closed, and its money is free', async () => {
  await died();
  await bench.pass('1100d');
  expect(await bench.db.claim.findUniqueOrThrow({ where: { id: MARCH } })).toMatchObject({ state: 'lapsed' });
  expect(await bench.events(`claim/${MARCH}`)).toContain('payment_unpayable');
});

test('an approved payment is pulled back, and a returned one waits for the document', async () => {
  bench = await startMoneyBench('2024-02-26T09:00:00+05:00');
  await stipendLine(bench, 2024, 10_000_000n);
  const { training, stipend: id = '' } = await admitted(bench, { from: '2024-03-04', to: '2024-05-31' });
  await orderStipend(bench, id);
  await personsAccount(bench);
  await bench.pass('7d');
  await study(bench, training, { state: 'studying', startedOn: '2024-03-04' });
  await bench.pass('29d');
  await study(bench, training, { months: [{ month: '2024-03', attended: 20 }] });
  expect((await approve(bench, MARCH)).status).toBe(200);
  await bench.sandbox.script({ treasury: { returns: { key: `${MARCH}/1`, code: 'account_closed' } } });
  await bench.db.person.update({ where: { id: bench.personId }, data: { diedOn: '2024-04-02' } });
  await bench.write(`person/${bench.personId}`, (tx) => payeeDied(tx, bench.personId));
  await bench.pass('1d');
  expect(await bench.db.claim.findUniqueOrThrow({ where: { id: MARCH } })).toMatchObject({
    state: 'payment_returned',
  });
  expect((await waits()).map(([kind]) => kind)).toEqual(['heir']);
  await corrected('2024-04-03');
  expect(await waits()).toEqual([['heir', 'case_manager', '2027-04-05']]);
  await corrected(null);
  expect((await waits()).map(([kind]) => kind)).toEqual(['persons_payment_returned']);
});

/** The supervisor corrects the day of death. Null: the person lives. */
async function corrected(on: string | null): Promise<void> {
  const { db, personId } = bench;
  await db.person.update({ where: { id: personId }, data: { diedOn: on } });
  await bench.write(`person/${personId}`, (tx) => correctDeathIn(tx, personId, on));
  await bench.settle();
}

test('a person who lives after all is not paid to the heir, but waits for an account of their own', async () => {
  await died();
  const proposal = await heirProposed({ holderPinfl: HEIR, heir: paper });
  await bench.give(`approval/${proposal}`, 'decision', { approve: true }, financeOfficer);
  await bench.pass('7d');
  expect((await waits()).map(([kind]) => kind)).toEqual(['claim_decision']);
  await corrected(null);
  expect((await waits()).map(([kind]) => kind)).toEqual(['persons_account']);
  expect(
    await bench.db.account.findMany({ where: { state: 'confirmed', personId: bench.personId } }),
  ).toEqual([]);
});

test('the wait for the notary’s document counts from a corrected day, and ends when the person lives', async () => {
  await died();
  await corrected('2024-04-08');
  expect(await waits()).toEqual([['heir', 'case_manager', '2027-04-08']]);
  await corrected(null);
  expect((await waits()).map(([kind]) => kind)).toEqual(['persons_account']);
});
