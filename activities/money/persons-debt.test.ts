import { dayOf } from '../../domain/day';
import type { Actor } from '../../domain/roles';
import { textOf } from '../../records/reads/notice';
import { caseManager } from '../../test/support/bench';
import {
  accounts,
  approve,
  chiefFinance,
  type MoneyBench,
  paper,
  reviewer,
  secondFinanceOfficer,
  startMoneyBench,
} from '../../test/support/money';
import { admitted, orderStipend, personsAccount, stipendLine, study } from '../../test/support/studies';
import { proposeCorrection } from './correcting';
import { endDebtsOf } from './persons-debt';
import { repaid } from './recovery';

/* What a person was paid too much [measures §4]. */

let bench: MoneyBench;
afterEach(() => bench.close());

const MARCH = 'ST-000001-2024-03';
const PAID = 307_096;
const LINE = 'training_stipend-1726-2024';

/** March is paid, and April is ready, on 2 May. */
async function paid(): Promise<string> {
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
  await bench.pass('2d');
  await bench.db.notice.deleteMany();
  return training;
}

const nothing = (more: object) => ({
  reason: 'facts_changed',
  words: 'She was at work elsewhere all March.',
  nothingWorked: true,
  document: paper,
  ...more,
});
const correct = async (more: object, by: Actor = reviewer): Promise<string> => {
  const id = await bench.write(
    `claim/${MARCH}`,
    (tx) => proposeCorrection(tx, MARCH, nothing(more) as never),
    by,
  );
  await bench.settle();
  return id;
};
const decide = (id: string, by: Actor = secondFinanceOfficer) =>
  bench.give(`approval/${id}`, 'decision', { approve: true }, by);
const debt = () => bench.db.recovery.findFirstOrThrow();
const open = async () =>
  (await bench.waits('recovery/RC-000001')).map(({ kind, rank, due }) => [kind, rank, due?.slice(0, 10)]);
const texts = async () => {
  const notices = await bench.db.notice.findMany({
    where: { recipient: 'person' },
    orderBy: { createdAt: 'asc' },
  });
  return Promise.all(notices.map((notice) => textOf(bench.db, notice, 'en', '1140')));
};
const repay = async (amount: bigint) => {
  const on = dayOf(await bench.clock.now());
  await bench.write('statement/test', (tx) => repaid(tx, 'RC-000001', amount, on));
  await bench.settle();
};

test('an overpayment without a false word is written off by the chief, and counted against the office that caused it', async () => {
  await paid();
  await expect(correct({})).rejects.toMatchObject({ status: 422, errors: [{ field: 'causedBy' }] });
  const id = await correct({ causedBy: 'training_centre' });
  expect(await bench.waits(`approval/${id}`)).toMatchObject([{ kind: 'decide_correction' }]);
  expect((await decide(id)).status).toBe(200);
  expect(await debt()).toMatchObject({
    state: 'demanded',
    causedBy: 'training_centre',
    instalmentsFrom: null,
  });
  expect(await open()).toEqual([['write_off', 'head', expect.any(String)]]);
  expect(await texts()).toEqual([expect.stringContaining('You need not pay anything back.')]);
  const extend = { decision: 'extend', days: 30, reason: 'Later' };
  expect(await bench.give('recovery/RC-000001', 'decision', extend, chiefFinance)).toMatchObject({
    status: 409,
    body: { code: 'only_written_off' },
  });
  const order = { number: '7', date: '2024-04-04' };
  const off = { decision: 'write_off', order, grounds: 'The centre entered it wrongly.' };
  expect((await bench.give('recovery/RC-000001', 'decision', off, chiefFinance)).status).toBe(200);
  expect(await debt()).toMatchObject({ state: 'written_off', left: 0n });
  expect(await accounts(bench, LINE)).toMatchObject({ written_off: PAID });
  const { personId } = bench;
  const { id: caseId } = await bench.db.case.findFirstOrThrow();
  const events = await bench.db.event.findMany({ where: { subject: 'recovery/RC-000001' } });
  expect(events.map(({ type }) => type)).toEqual(['recovery_demanded', 'recovery_written_off']);
  for (const event of events) expect(event).toMatchObject({ personId, caseId });
});

test('a chief who approved the correction does not write it off: the next level has it at once', async () => {
  await paid();
  const above = { id: 'fund-head', name: 'Fund head', role: 'finance_officer', email: 'head@example.uz' };
  await bench.db.official.create({ data: { ...above, area: '', rank: 'head' } });
  expect((await decide(await correct({ causedBy: 'training_centre' }), chiefFinance)).status).toBe(200);
  const wait = await bench.db.task.findFirstOrThrow({ where: { kind: 'write_off', closedAt: null } });
  expect(wait).toMatchObject({ rank: 'head', area: '' });
});

describe('a false word', () => {
  async function demanded(): Promise<void> {
    await paid();
    const id = await correct({ reason: 'false_word' });
    expect(await bench.waits(`approval/${id}`)).toMatchObject([
      { kind: 'persons_objection', role: 'case_manager', due: '2024-05-02T23:59' },
    ]);
    expect((await texts())[0]).toContain('If you do not agree, tell your case manager by 2 May');
    expect(
      (await bench.give(`approval/${id}`, 'objection', { words: 'I was ill.' }, caseManager)).status,
    ).toBe(200);
    await bench.db.notice.deleteMany();
    expect((await decide(id)).status).toBe(200);
  }

  test('is repaid in twelve monthly parts, each reminded of; after two missed the chief decides', async () => {
    await demanded();
    const { instalmentsFrom } = await debt();
    expect(instalmentsFrom).toBe('2024-04-04');
    expect((await texts()).join()).toContain("in 12 monthly parts of about 25 592 so'm, the first by 4 May");
    expect((await open()).map(([kind]) => kind)).toEqual(['instalment', 'instalment_reminder']);
    await bench.db.notice.deleteMany();
    await bench.pass('24d');
    expect(await texts()).toEqual([
      expect.stringContaining("By 4 May please repay 25 592 so'm of your debt"),
    ]);
    await repay(25_592n);
    await bench.pass('30d');
    expect((await texts()).at(-1)).toContain("By 4 June please repay 25 592 so'm");
    expect((await open()).map(([kind]) => kind)).toEqual(['instalment']);
    await bench.pass('40d');
    expect((await open()).map(([kind]) => String(kind)).toSorted((a, b) => (a < b ? -1 : 1))).toEqual([
      'instalment',
      'instalment_reminder',
      'instalments_missed',
    ]);
    expect((await texts()).some((text) => text.includes('You have not repaid 2 parts of your debt'))).toBe(
      true,
    );
    await repay(BigInt(PAID) - 25_592n);
    expect(await debt()).toMatchObject({ state: 'repaid', left: 0n });
    expect(await open()).toEqual([]);
  });

  test('is set off only with consent, and at most a tenth of a payment', async () => {
    await demanded();
    const training = (await bench.db.training.findFirstOrThrow()).id;
    await bench.pass('28d');
    const months = [
      { month: '2024-03', attended: 20 },
      { month: '2024-04', attended: 20 },
    ];
    await study(bench, training, { months });
    const consent = { consents: true, signedOn: '2024-05-02' };
    expect((await bench.give('recovery/RC-000001', 'setOffConsent', consent, caseManager)).status).toBe(200);
    const answer = await approve(bench, 'ST-000001-2024-04');
    expect(answer).toMatchObject({ status: 200, body: { amount: 340_000, setOff: 34_000 } });
    await bench.pass('2d');
    expect(await debt()).toMatchObject({ state: 'partly_repaid', left: BigInt(PAID - 34_000) });
    const order = bench.sandbox.world.treasury.orders.get('ST-000001-2024-04/1');
    expect(order).toMatchObject({ amount: 306_000 });
  });

  test('is a debt of its own beside a sum that the person does not owe', async () => {
    const training = await paid();
    await study(bench, training, { startedOn: '2024-03-18' });
    const draft = await bench.db.approval.findFirstOrThrow({ where: { kind: 'correction' } });
    await bench.write(
      `claim/${MARCH}`,
      (tx) => proposeCorrection(tx, MARCH, { causedBy: 'training_centre' }),
      reviewer,
    );
    expect((await decide(draft.id)).status).toBe(200);
    const id = await correct({ reason: 'false_word' });
    await bench.give(`approval/${id}`, 'objection', { words: 'I was ill.' }, caseManager);
    expect((await decide(id)).status).toBe(200);
    const half = BigInt(PAID / 2);
    expect(await bench.db.recovery.findMany({ orderBy: { id: 'asc' } })).toMatchObject([
      { id: 'RC-000001', left: half, instalmentsFrom: null, causedBy: 'training_centre' },
      { id: 'RC-000002', left: half, instalmentsFrom: '2024-04-04', causedBy: null },
    ]);
    expect((await open()).map(([kind]) => kind)).toEqual(['write_off']);
    expect((await bench.waits('recovery/RC-000002')).map(({ kind }) => kind)).toEqual([
      'instalment',
      'instalment_reminder',
    ]);
  });

  /** Brings the debt to a state, with the part of it that is still left. */
  const at: Readonly<Record<string, () => Promise<number>>> = {
    demanded: () => Promise.resolve(PAID),
    partly_repaid: async () => {
      await repay(25_592n);
      return PAID - 25_592;
    },
    handed_over: async () => {
      const court = { decision: 'hand_over', court: 'Yunusobod', number: '12' };
      const { status } = await bench.give('recovery/RC-000001', 'decision', court, chiefFinance);
      expect(status).toBe(200);
      return PAID;
    },
  };

  test.each(Object.keys(at))('ends with the death of the person when it is %s', async (state) => {
    await demanded();
    const left = await at[state]?.();
    expect(await debt()).toMatchObject({ state });
    const { personId, db } = bench;
    await db.person.update({ where: { id: personId }, data: { diedOn: '2024-04-04' } });
    await bench.write(`person/${personId}`, (tx) => endDebtsOf(tx, personId));
    expect(await debt()).toMatchObject({ state: 'written_off', left: 0n, outcome: { decision: 'death' } });
    expect(await accounts(bench, LINE)).toMatchObject({ written_off: left });
    expect(await open()).toEqual([]);
  });
});
