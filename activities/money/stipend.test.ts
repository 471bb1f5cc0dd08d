import { textOf } from '../../records/reads/notice';
import {
  accounts,
  approve,
  claimsOf,
  headOfEmployment,
  line,
  type MoneyBench,
  secondFinanceOfficer,
  startMoneyBench,
} from '../../test/support/money';
import { admitted, orderStipend, personsAccount, stipendLine, study } from '../../test/support/studies';
import { changedLaw } from '../../test/support/policies';
import { subjectOf } from '../../records/kernel/rows';
import { caseManager } from '../../test/support/bench';
import { stipendOutlook } from './stipends';

/* The stipend of a person who studies: reserved at the admission, ordered, and paid by the days and the attendance [measures §4]. */

let bench: MoneyBench;
afterEach(() => bench.close());

const BHM = 340_000;
const LINE = 'training_stipend-1726-2024';

/** On 26 February 2024 the person is admitted to a course of 4 March to 30 April. */
async function begin(onLine = 10_000_000n, from = '2024-03-04', to = '2024-04-30') {
  bench = await startMoneyBench('2024-02-26T09:00:00+05:00');
  await stipendLine(bench, 2024, onLine);
  return admitted(bench, { from, to });
}

/** The same, ordered and begun. */
async function studying(): Promise<{ training: string; id: string }> {
  const { training, stipend: id = '' } = await begin();
  expect((await orderStipend(bench, id)).status).toBe(200);
  await bench.pass('7d');
  await study(bench, training, { state: 'studying', startedOn: '2024-03-04' });
  return { training, id };
}

const stateOf = async (id: string) => (await bench.db.subsidy.findUniqueOrThrow({ where: { id } })).state;
const waits = async (subject: string) =>
  (await bench.waits(subject)).map(({ kind, role, rank }) => [kind, role, rank]);
const texts = async () => {
  const notices = await bench.db.notice.findMany({
    where: { recipient: 'person' },
    orderBy: { createdAt: 'asc' },
  });
  return Promise.all(notices.map((notice) => textOf(bench.db, notice, 'en', '1140')));
};
const entered = (...months: object[]) => ({ months: months as never });

test('the admission proposes it: every month is reserved, and the head of the department orders it', async () => {
  const { stipend: id = '', told } = await begin();
  expect(told).toBe('reserved');
  expect(await stateOf(id)).toBe('ordering');
  expect(await waits(`stipend/${id}`)).toEqual([['signing', 'employment_officer', 'head']]);
  // March: 28 of 31 days and all working days but Friday the 1st.
  const march = Math.floor((BHM * 28) / 31);
  expect(await accounts(bench, LINE)).toEqual({ free: 10_000_000 - march - BHM, committed: march + BHM });
  expect((await orderStipend(bench, id)).status).toBe(200);
  expect(await stateOf(id)).toBe('running');
  expect((await texts()).at(-1)).toContain(
    'Your stipend (ST-000001) is granted by order B-ST-000001 of 26 February',
  );
});

test('a month is paid once its attendance is entered; below the threshold nothing, after the person was heard', async () => {
  const { training, id } = await studying();
  await personsAccount(bench);
  await bench.pass('29d');
  expect(await claimsOf(bench, id)).toEqual([['2024-03', 'checking', 0]]);
  expect(await waits(`claim/${id}-2024-03`)).toEqual([['attendance', 'clock', null]]);
  await study(bench, training, entered({ month: '2024-03', attended: 15, excused: 2 }));
  expect(await claimsOf(bench, id)).toEqual([['2024-03', 'ready', Math.floor((BHM * 28) / 31)]]);
  expect((await approve(bench, `${id}-2024-03`, secondFinanceOfficer)).status).toBe(200);
  const order = bench.sandbox.world.treasury.orders.get(`${id}-2024-03/1`);
  expect(order).toMatchObject({ purpose: 'Stipend ST-000001, 2024-03', executed: 1 });
  await bench.pass('1d');
  expect((await texts()).at(-1)).toContain("We paid 307 096 so'm to you for March");
  await bench.pass('30d');
  const april = { month: '2024-04', attended: 5, excused: 0 };
  await study(bench, training, {
    endedOn: '2024-04-30',
    ...entered({ month: '2024-03', attended: 15 }, april),
  });
  expect((await claimsOf(bench, id)).at(-1)).toEqual(['2024-04', 'checking', 0]);
  await study(
    bench,
    training,
    entered({ month: '2024-03', attended: 15 }, { ...april, heard: { words: 'Ill' } }),
  );
  expect((await claimsOf(bench, id)).at(-1)).toEqual(['2024-04', 'zero', 0]);
  expect((await texts()).at(-1)).toContain('you attended fewer days of the course than the rules ask for');
  expect(await stateOf(id)).toBe('ended');
  // A later record corrects upwards.
  await study(bench, training, entered({ month: '2024-03', attended: 15 }, { ...april, attended: 20 }));
  expect((await claimsOf(bench, id)).at(-1)).toEqual(['2024-04', 'ready', BHM]);
  expect(await stateOf(id)).toBe('running');
});

test('evidence stands in for attendance, and a later record takes nothing back', async () => {
  const { training, id } = await studying();
  await personsAccount(bench);
  await bench.pass('50d');
  expect(await claimsOf(bench, id)).toEqual([['2024-03', 'checking', 0]]);
  const evidence = { number: '1', date: '2024-04-20', issuer: 'Hunar' };
  await study(bench, training, entered({ month: '2024-03', evidence }));
  const [[, state, amount]] = (await claimsOf(bench, id)) as [[string, string, number]];
  expect([state, amount]).toEqual(['ready', Math.floor((BHM * 28) / 31)]);
  await study(bench, training, entered({ month: '2024-03', evidence, attended: 1, heard: {} }));
  expect((await claimsOf(bench, id))[0]).toEqual(['2024-03', 'ready', amount]);
});

test('no money: the study begins, and its months are paid when money comes, oldest first', async () => {
  const { training, stipend: id = '', told } = await begin(100n);
  expect([told, await stateOf(id)]).toEqual(['waits', 'awaiting_funds']);
  expect((await texts()).at(-1)).toContain('waits for money in the budget');
  await bench.pass('7d');
  await study(bench, training, { state: 'studying', startedOn: '2024-03-04' });
  await bench.pass('60d');
  await study(
    bench,
    training,
    entered({ month: '2024-03', attended: 20 }, { month: '2024-04', attended: 20 }),
  );
  expect(await stateOf(id)).toBe('awaiting_funds');
  await stipendLine(bench, 2024, 10_000_000n);
  await bench.settle();
  expect(await stateOf(id)).toBe('ordering');
  await orderStipend(bench, id);
  expect((await claimsOf(bench, id)).map(([month, state]) => [month, state])).toEqual([
    ['2024-03', 'ready'],
    ['2024-04', 'ready'],
  ]);
});

test('an interruption is not paid, and its money is free', async () => {
  const { training, id } = await studying();
  await study(bench, training, {
    state: 'interrupted',
    interruptions: [{ from: '2024-03-18', to: '2024-04-30', code: 'illness' }],
  });
  const half = Math.floor((BHM * 14) / 31);
  expect(await accounts(bench, LINE)).toEqual({ free: 10_000_000 - half, committed: half });
  await bench.pass('40d');
  await study(bench, training, entered({ month: '2024-03', attended: 10 }));
  expect(await claimsOf(bench, id)).toEqual([['2024-03', 'ready', half]]);
});

test('a study that did not begin frees the money, and two courses have one stipend a day', async () => {
  const { training, stipend: first = '' } = await begin(10_000_000n, '2024-03-04', '2024-03-31');
  const second = await admitted(bench, { from: '2024-03-18', to: '2024-04-30', n: 2 });
  const part = Math.floor((BHM * 28) / 31);
  expect(await accounts(bench, LINE)).toMatchObject({ committed: part + BHM });
  await study(bench, training, {
    state: 'cancelled',
    endedAt: await bench.clock.now(),
    endedOn: '2024-02-26',
  });
  expect(await stateOf(first)).toBe('stopped');
  const own = Math.floor((BHM * 14) / 31);
  expect(await stateOf(second.stipend ?? '')).toBe('ordering');
  expect(await accounts(bench, LINE)).toMatchObject({ committed: own + BHM });
});

test('a month that is entered again below the threshold waits for the hearing, until it is approved', async () => {
  const { training, id } = await studying();
  await personsAccount(bench);
  await bench.pass('29d');
  await study(bench, training, entered({ month: '2024-03', attended: 20 }));
  const march = `claim/${id}-2024-03`;
  expect((await waits(march)).map(([kind]) => kind)).toEqual(['claim_decision']);
  await study(bench, training, entered({ month: '2024-03', attended: 5 }));
  expect((await claimsOf(bench, id)).map(([month, state]) => [month, state])).toEqual([
    ['2024-03', 'checking'],
  ]);
  expect(await waits(march)).toEqual([['attendance', 'clock', null]]);
  await study(bench, training, entered({ month: '2024-03', attended: 5, heard: { words: 'Ill' } }));
  expect(await claimsOf(bench, id)).toEqual([['2024-03', 'zero', 0]]);
});

test('a person who did not come after all is paid nothing: open months close, and a payment is to be corrected', async () => {
  const { training, id } = await studying();
  await personsAccount(bench);
  await bench.pass('29d');
  await study(bench, training, entered({ month: '2024-03', attended: 20 }));
  expect((await approve(bench, `${id}-2024-03`, secondFinanceOfficer)).status).toBe(200);
  await bench.pass('30d');
  await study(
    bench,
    training,
    entered({ month: '2024-03', attended: 20 }, { month: '2024-04', attended: 20 }),
  );
  expect((await claimsOf(bench, id)).map(([, state]) => state)).toEqual(['settled', 'ready']);
  await study(bench, training, { state: 'refused', startedOn: null, endedAt: await bench.clock.now() });
  expect(await stateOf(id)).toBe('stopped');
  expect((await claimsOf(bench, id)).map(([, state]) => state)).toEqual(['settled', 'zero']);
  expect(await bench.db.approval.findFirst({ where: { kind: 'correction' } })).toMatchObject({
    about: `claim/${id}-2024-03`,
    state: 'drafted',
    body: { after: 0 },
  });
});

test('an official who admitted or entered attendance approves no month of it', async () => {
  bench = await startMoneyBench('2024-02-26T09:00:00+05:00');
  await stipendLine(bench, 2024, 10_000_000n);
  await bench.db.official.update({ where: { id: caseManager.id }, data: { person: 'one' } });
  await bench.db.official.update({ where: { id: secondFinanceOfficer.id }, data: { person: 'one' } });
  const { training, stipend: id = '' } = await admitted(bench, { from: '2024-03-04', to: '2024-04-30' });
  await orderStipend(bench, id);
  await personsAccount(bench);
  await bench.pass('7d');
  await study(bench, training, { state: 'studying', startedOn: '2024-03-04' });
  await bench.pass('29d');
  await study(bench, training, entered({ month: '2024-03', attended: 20 }));
  expect(await approve(bench, `${id}-2024-03`, secondFinanceOfficer)).toMatchObject({
    status: 403,
    body: { code: 'took_part' },
  });
});

test('an official who offered the place admitted the person, too, and approves no month', async () => {
  bench = await startMoneyBench('2024-02-26T09:00:00+05:00');
  await stipendLine(bench, 2024, 10_000_000n);
  await bench.db.participation.create({
    data: {
      subject: 'training/T-000001',
      person: secondFinanceOfficer.id,
      act: 'admitted',
      at: await bench.clock.now(),
    },
  });
  const { stipend: id } = await admitted(bench, { from: '2024-03-04', to: '2024-04-30' });
  const parts = await bench.db.participation.findMany({
    where: { subject: `stipend/${id}`, act: 'admitted' },
    select: { person: true },
    orderBy: { id: 'asc' },
  });
  expect(parts.map(({ person }) => person)).toEqual([caseManager.id, secondFinanceOfficer.id]);
});

describe('by the policy', () => {
  test('a field may carry none', async () => {
    bench = await startMoneyBench('2024-02-26T09:00:00+05:00');
    await changedLaw(bench.db, '2024-01-01', {
      programmes: { training_stipend: { withoutStipend: ['753'] } },
    });
    expect(await admitted(bench, { from: '2024-03-04', to: '2024-04-30' })).toMatchObject({
      told: 'none',
      stipend: undefined,
    });
  });

  test('an empty amount is waited for', async () => {
    bench = await startMoneyBench('2024-02-26T09:00:00+05:00');
    await changedLaw(bench.db, '2024-01-01', { programmes: { training_stipend: { multiple: null } } });
    const { stipend: id = '', told } = await admitted(bench, { from: '2024-03-04', to: '2024-04-30' });
    expect([told, await stateOf(id)]).toEqual(['waits', 'awaiting_law']);
    expect(await waits(`stipend/${id}`)).toEqual([['law', 'administrator', null]]);
  });
});

test('what an offer says of the stipend is written nowhere', async () => {
  const { training, stipend: id = '' } = await begin(700_000n);
  await bench.db.commitment.deleteMany();
  const told = () =>
    bench.write(subjectOf('training', training), (transaction) => stipendOutlook(transaction, training));
  expect(await told()).toBe('waits');
  await line(bench, 'training_stipend', 2024, 5_000_000n);
  expect(await told()).toBe('reserved');
  expect(await bench.db.subsidy.count()).toBe(1);
  expect(id).toBe('ST-000001');
  expect(headOfEmployment.rank).toBe('head');
});
