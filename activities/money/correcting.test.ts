import { system } from '../../domain/roles';
import {
  accounts,
  approve,
  chiefFinance,
  claimsOf,
  financeOfficer,
  type MoneyBench,
  ordered,
  reviewer,
  secondFinanceOfficer,
  startMoneyBench,
} from '../../test/support/money';

import { chainOf } from '../../records/reads/chain';
import { readClaim, setAmount } from './claims';
import { bind, pullBack } from './paying/binding';
import { lastPayment } from './paying/payments';
import { cameBack } from './paying/returning';
import { repaid } from './recovery';

let bench: MoneyBench;
afterEach(() => bench.close());

const LINE = 'hire_pwd-1726-2024';
const document = { number: '7', date: '2024-05-20', issuer: 'Nur Tikuv MChJ' };
const untilTheTenth = {
  reason: 'contract_dates',
  words: 'The contract ended on the 10th.',
  contract: { since: '2024-03-01', until: '2024-04-10' },
  document,
};

/** Hired on 1 March: March and April are paid, May is ready for a decision. */
async function twoMonthsPaid(): Promise<string> {
  bench = await startMoneyBench('2024-03-18T09:00:00+05:00');
  const id = await ordered(bench, '2024-03-01');
  for (const month of ['03', '04']) {
    await bench.pass('1mo');
    await approve(bench, `${id}-2024-${month}`);
    await bench.pass('3d');
  }
  await bench.pass('1mo');
  expect(await claimsOf(bench, id)).toEqual([
    ['2024-03', 'settled', 510_000],
    ['2024-04', 'settled', 510_000],
    ['2024-05', 'ready', 510_000],
  ]);
  return id;
}

const propose = (claim: string, body: object = untilTheTenth, by = reviewer) =>
  bench.give(`claim/${claim}`, 'correction', body, by);
const decide = (approval: unknown, by = financeOfficer, approved = true) =>
  bench.give(`approval/${String(approval)}`, 'decision', { approve: approved, words: 'Read.' }, by);

/** Approves and pays the month that is ready. */
async function payReady(subsidyId: string): Promise<void> {
  for (const { id } of await bench.db.claim.findMany({ where: { subsidyId, state: 'ready' } }))
    expect(await approve(bench, id, secondFinanceOfficer)).toMatchObject({ status: 200 });
  await bench.pass('3d');
}

const repay = (id: string, amount: bigint, day = '2024-07-10') =>
  bench.write('statement/2024-07-10', (transaction) => repaid(transaction, id, amount, day));

const recoveries = () =>
  bench.db.recovery.findMany({
    orderBy: { id: 'asc' },
    select: { id: true, claimId: true, state: true, amount: true, left: true },
  });
const claim = (id: string) => bench.db.claim.findUniqueOrThrow({ where: { id } });

describe('downwards', () => {
  test('the employer has ten working days; then a second person approves, and it is set off against the month that waits', async () => {
    const id = await twoMonthsPaid();
    const proposed = await propose(`${id}-2024-04`);
    expect(proposed).toMatchObject({
      status: 201,
      body: { state: 'preparing', body: { before: 510_000, after: 170_000 } },
    });
    const approval = String(proposed.body['id']);
    expect(await bench.waits(`approval/${approval}`)).toEqual([
      { kind: 'correction_objection', role: 'employer', rank: null, due: '2024-07-08T23:59' },
    ]);
    expect(await bench.db.notice.findFirstOrThrow({ where: { type: 'correction_announced' } })).toMatchObject(
      { params: { amount: 340_000, due: '2024-07-08' }, recipientId: bench.employerId },
    );
    await bench.pass('15d');
    expect(await bench.waits(`approval/${approval}`)).toMatchObject([
      { kind: 'decide_correction', role: 'finance_officer' },
    ]);
    expect(await decide(approval)).toMatchObject({ status: 200 });
    expect(await claim(`${id}-2024-05`)).toMatchObject({ setOff: 340_000n, setOffDone: 0n });
    expect(await recoveries()).toEqual([]);
    expect(await accounts(bench, LINE)).toMatchObject({ paid: 680_000, recoverable: 340_000 });
    await approve(bench, `${id}-2024-05`);
    await bench.pass('2d');
    expect(await claim(`${id}-2024-05`)).toMatchObject({ state: 'settled', setOffDone: 340_000n });
    expect(await bench.db.payment.findUniqueOrThrow({ where: { key: `${id}-2024-05/1` } })).toMatchObject({
      amount: 170_000n,
    });
    const { paid, recoverable } = await accounts(bench, LINE);
    expect([paid, recoverable]).toEqual([1_190_000, undefined]);
  });

  test('a rest that cannot be set off is demanded within 30 days, and repaid under its number', async () => {
    const id = await twoMonthsPaid();
    await payReady(id);
    const { body: made } = await propose(`${id}-2024-04`);
    await bench.pass('15d');
    await payReady(id);
    await bench.pass('11h');
    await decide(made['id']);
    const [recovery] = await recoveries();
    expect(recovery).toMatchObject({ claimId: `${id}-2024-04`, state: 'demanded', amount: 340_000n });
    const number = String(recovery?.id);
    expect(await bench.waits(`recovery/${number}`)).toMatchObject([
      { kind: 'repayment', role: 'employer', due: '2024-08-14T23:59' },
    ]);
    expect(await repay(number, 100_000n)).toBe(0n);
    expect(await recoveries()).toMatchObject([{ state: 'partly_repaid', left: 240_000n }]);
    expect(await repay(number, 250_000n)).toBe(10_000n);
    expect(await recoveries()).toMatchObject([{ state: 'repaid', left: 0n }]);
    const { recoverable, paid } = await accounts(bench, LINE);
    expect([recoverable, paid]).toEqual([undefined, 4 * 510_000 - 340_000]);
  });

  test('a payment that comes back after part of it was demanded is shown to a person', async () => {
    const id = await twoMonthsPaid();
    const { body: made } = await propose(`${id}-2024-04`);
    await bench.pass('15d');
    await decide(made['id']);
    const subject = `claim/${id}-2024-04`;
    await bench.write(subject, async (transaction) => {
      const month = await readClaim(transaction, `${id}-2024-04`);
      const payment = await lastPayment(transaction, month);
      await cameBack(transaction, month, payment, { state: 'returned', code: 'account_closed' });
    });
    expect(await bench.waits(subject)).toMatchObject([{ kind: 'dispute', role: 'finance_officer' }]);
    const say = (outcome: string) =>
      bench.give(subject, 'dispute', { outcome, on: '2024-07-08', document }, financeOfficer);
    expect(await say('returned')).toMatchObject({ status: 409, body: { code: 'corrected_meanwhile' } });
    expect(await say('settled')).toMatchObject({ status: 200, body: { state: 'settled' } });
  });

  test('a planned set-off against a month that then falls away is demanded', async () => {
    const id = await twoMonthsPaid();
    const { body: made } = await propose(`${id}-2024-04`);
    await bench.pass('7d');
    await bench.give(
      `approval/${String(made['id'])}`,
      'objection',
      { words: 'She worked until the 20th.' },
      bench.employer,
    );
    await decide(made['id']);
    expect(await claim(`${id}-2024-05`)).toMatchObject({ setOff: 340_000n });
    const stop = { from: '2024-05-06', code: 'conditions_not_met', words: 'No wages were paid.' };
    expect(await bench.give(`subsidy/${id}`, 'stop', stop, reviewer)).toMatchObject({ status: 200 });
    expect(await claim(`${id}-2024-05`)).toMatchObject({ amount: 82_258n, setOff: 82_258n });
    expect(await recoveries()).toMatchObject([{ state: 'demanded', left: 257_742n }]);
    await approve(bench, `${id}-2024-05`);
    await bench.settle();
    expect(await claim(`${id}-2024-05`)).toMatchObject({ state: 'settled', attempt: 0 });
    const { recoverable, paid } = await accounts(bench, LINE);
    expect([recoverable, paid]).toEqual([257_742, 680_000 + 82_258]);
  });

  test('an approval of the same month falls first, and an unpaid amount is only lowered', async () => {
    const id = await twoMonthsPaid();
    const may = `${id}-2024-05`;
    const contract = { since: '2024-03-01', until: '2024-05-10' };
    expect(await propose(may, { ...untilTheTenth, contract })).toMatchObject({ status: 409 });
    const { revision, amount } = await claim(may);
    const command = await bench.record(
      `claim/${may}`,
      'approval',
      { revision, amount: Number(amount) },
      financeOfficer,
    );
    await bench.activities.carryOut(command);
    const proposal = await bench.record(
      `claim/${may}`,
      'correction',
      { ...untilTheTenth, contract },
      reviewer,
    );
    const before = new Date((await bench.clock.now()).getTime() - 1000);
    await bench.db.command.update({ where: { id: proposal }, data: { at: before } });
    await bench.activities.carryOut(proposal);
    const { body } = await bench.answerOf(proposal);
    const ap = String(body['id']);
    for (const [name, said, by] of [
      ['objection', { words: 'No.' }, bench.employer],
      ['decision', { approve: true }, secondFinanceOfficer],
    ] as const)
      await bench.activities.carryOut(await bench.record(`approval/${ap}`, name, said, by));
    expect(await claim(may)).toMatchObject({ state: 'ready', amount: 164_516n, setOff: 0n });
    expect(await accounts(bench, LINE)).toMatchObject({ paid: 1_020_000 });
    expect((await accounts(bench, LINE))['recoverable']).toBeUndefined();
  });

  test('to nothing, and back again: the demand is withdrawn, and the set-off amount is paid anew', async () => {
    const id = await twoMonthsPaid();
    const april = `${id}-2024-04`;
    const march = `${id}-2024-03`;
    const nothing = { ...untilTheTenth, contract: undefined, reason: 'nothing_worked', nothingWorked: true };
    const bodyOf = (it: object): object => JSON.parse(JSON.stringify(it)) as object;
    await payReady(id);
    const first = await propose(april, bodyOf(nothing));
    await bench.pass('15d');
    await payReady(id);
    await decide(first.body['id']);
    expect(await recoveries()).toMatchObject([{ claimId: april, left: 510_000n }]);
    await repay('RC-000001', 110_000n);
    const back = { ...untilTheTenth, reason: 'worked_after_all', contract: { since: '2024-03-01' } };
    expect((await propose(april, back)).body).toMatchObject({ state: 'deciding' });
    await decide('AP-000002');
    expect(await recoveries()).toMatchObject([{ state: 'repaid', left: 0n }]);
    expect(await claim(`${april}-1`)).toMatchObject({
      state: 'ready',
      amount: 110_000n,
      revision: 1,
      n: 1,
    });
    expect(await bench.db.entitlement.findFirstOrThrow({ where: { month: '2024-04' } })).toMatchObject({
      amount: 510_000n,
      overpaid: 110_000n,
    });
    await approve(bench, `${april}-1`);
    await bench.pass('3d');
    expect(await claim(`${april}-1`)).toMatchObject({ state: 'settled' });
    const now = await bench.clock.now();
    const chain = await chainOf(bench.db, `${april}-1`, system, now);
    expect(chain.answers.map(({ question }) => question)).toContain('days_answer');
    const by = (type: string, subject: string) =>
      chain.steps.filter((step) => step.type === type && step.subject === subject).map((step) => step.by.id);
    expect(by('proposal', 'approval/AP-000002')).toEqual([reviewer.id]);
    expect(by('proposal_approved', 'approval/AP-000002')).toEqual([financeOfficer.id]);
    const { recoverable, paid, committed } = await accounts(bench, LINE);
    expect([recoverable, paid, committed]).toEqual([undefined, 4 * 510_000, 2 * 510_000]);
    expect(await claim(march)).toMatchObject({ state: 'settled' });
  });
});

describe('refused', () => {
  test('by the same person, twice, without a difference, incomplete, or by another role', async () => {
    const id = await twoMonthsPaid();
    const april = `${id}-2024-04`;
    expect(await propose(april, {})).toMatchObject({ status: 422, body: { code: 'incomplete' } });
    expect(await propose(april, { ...untilTheTenth, contract: { since: '2024-03-01' } })).toMatchObject({
      status: 409,
      body: { code: 'no_difference' },
    });
    expect(await propose(`${id}-2024-05`)).toMatchObject({
      status: 409,
      body: { code: 'not_in_this_state' },
    });
    expect(await propose(april, untilTheTenth, bench.employer)).toMatchObject({ status: 403 });
    const { body: made } = await propose(april, untilTheTenth, financeOfficer);
    expect(await propose(april)).toMatchObject({ status: 409, body: { code: 'proposed_already' } });
    expect(await decide(made['id'], secondFinanceOfficer)).toMatchObject({ status: 409 });
    await bench.pass('15d');
    expect(await decide(made['id'])).toMatchObject({ status: 403, body: { code: 'took_part' } });
    expect(await decide(made['id'], reviewer)).toMatchObject({ status: 403 });
    expect(await decide(made['id'], secondFinanceOfficer, false)).toMatchObject({
      body: { state: 'rejected' },
    });
    expect(await bench.db.notice.count({ where: { type: 'correction_dropped' } })).toBe(2);
    expect(await decide(made['id'], secondFinanceOfficer)).toMatchObject({ status: 409 });
    expect(await accounts(bench, LINE)).toMatchObject({ paid: 1_020_000 });
  });

  test('by the database: more than a month’s amount', async () => {
    const id = await twoMonthsPaid();
    const more = bench.db.claim.update({ where: { id: `${id}-2024-04` }, data: { amount: 510_001n } });
    await expect(more).rejects.toThrow('a month is paid once');
  });
});

describe('a recovery', () => {
  /** April was paid in full, and only its first ten days were worked. No payable is there for a set-off. */
  async function demanded(): Promise<string> {
    const id = await twoMonthsPaid();
    await payReady(id);
    const { body: made } = await propose(`${id}-2024-04`);
    await bench.pass('15d');
    await payReady(id);
    await bench.pass('11h');
    await decide(made['id']);
    const [recovery] = await recoveries();
    return String(recovery?.id);
  }
  const say = (id: string, body: object, by = chiefFinance) =>
    bench.give(`recovery/${id}`, 'decision', body, by);

  test('names the way to repay and the grounds: claim, month, reason, account, number', async () => {
    const id = await demanded();
    const { params } = await bench.db.notice.findFirstOrThrow({ where: { type: 'recovery_demanded' } });
    expect(params).toEqual({
      recovery: id,
      claim: 'S-000001-2024-04',
      month: '2024-04',
      amount: 340_000,
      reason: untilTheTenth.words,
      due: '2024-08-14',
      holder: 'State Employment Fund',
      number: expect.stringMatching(/^\d{20}$/),
      mfo: '00014',
      part: null,
      parts: null,
    });
  });

  test('is set off against amounts that become payable after the demand, and the rest is paid', async () => {
    const id = await demanded();
    await bench.pass('1mo');
    const july = 'S-000001-2024-07';
    expect(await claim(july)).toMatchObject({ state: 'ready', setOff: 0n });
    expect(await approve(bench, july, secondFinanceOfficer)).toMatchObject({ status: 200 });
    expect(await claim(july)).toMatchObject({ state: 'sent', setOff: 340_000n });
    expect(await recoveries()).toMatchObject([{ id, state: 'repaid', left: 0n }]);
    expect(await bench.waits(`recovery/${id}`)).toEqual([]);
    expect(await bench.db.notice.findFirstOrThrow({ where: { type: 'recovery_set_off' } })).toMatchObject({
      recipientId: bench.employerId,
      params: { claim: july, setOff: 340_000, amount: 0 },
    });
    await bench.pass('3d');
    expect(await bench.db.payment.findUniqueOrThrow({ where: { key: `${july}/1` } })).toMatchObject({
      state: 'settled',
      amount: 170_000n,
    });
    const { paid, recoverable } = await accounts(bench, LINE);
    expect([paid, recoverable]).toEqual([5 * 510_000 - 340_000, undefined]);
  });

  test('is demanded again where its set-off came to nothing with the payable', async () => {
    const id = await demanded();
    await bench.pass('1mo');
    const july = 'S-000001-2024-07';
    const at = (await bench.clock.now()).toISOString();
    await bench.write(`claim/${july}`, async (transaction) => {
      await bind(transaction, await readClaim(transaction, july), {
        by: secondFinanceOfficer.id,
        person: secondFinanceOfficer.id,
        revision: 1,
        amount: 510_000,
        at,
      });
      await pullBack(transaction, await readClaim(transaction, july), 'facts_changed');
      await setAmount(transaction, await readClaim(transaction, july), 0n, { calculation: {} });
    });
    expect(await recoveries()).toMatchObject([
      { id, state: 'repaid', amount: 340_000n },
      { claimId: 'S-000001-2024-04', state: 'demanded', left: 340_000n },
    ]);
    expect((await accounts(bench, LINE))['recoverable']).toBe(340_000);
  });

  test('is set off before a younger one, in part where the payable is less, and never after it is written off', async () => {
    const older = await demanded();
    const { body: made } = await propose('S-000001-2024-05');
    await bench.pass('15d');
    await decide(made['id']);
    await bench.pass('15d');
    await approve(bench, 'S-000001-2024-07', secondFinanceOfficer);
    expect(await recoveries()).toMatchObject([
      { id: older, state: 'repaid', left: 0n },
      { state: 'partly_repaid', amount: 510_000n, left: 340_000n },
    ]);
    const order = { number: '5', date: '2024-08-02' };
    expect(await say('RC-000002', { decision: 'write_off', order, grounds: 'Liquidated.' })).toMatchObject({
      status: 200,
    });
    await bench.pass('1mo');
    await approve(bench, 'S-000001-2024-08', secondFinanceOfficer);
    expect(await claim('S-000001-2024-08')).toMatchObject({ state: 'sent', setOff: 0n });
  });

  test('goes to the chief after its time, is extended once, and is written off by order', async () => {
    const id = await demanded();
    const reminders = () => bench.db.notice.count({ where: { type: 'reminder', subject: `recovery/${id}` } });
    await bench.pass('32d');
    expect(await reminders()).toBe(4);
    expect(await bench.waits(`recovery/${id}`)).toMatchObject([{ role: 'finance_officer', rank: 'head' }]);
    expect(await say(id, { decision: 'extend', days: 20, reason: 'Asked.' }, financeOfficer)).toMatchObject({
      status: 403,
    });
    expect(await say(id, { decision: 'extend', days: 20, reason: 'Asked.' })).toMatchObject({ status: 200 });
    expect(await bench.waits(`recovery/${id}`)).toMatchObject([
      { role: 'employer', due: '2024-09-05T23:59' },
    ]);
    expect(await say(id, { decision: 'extend', days: 1, reason: 'Again.' })).toMatchObject({
      status: 409,
      body: { code: 'extended_before' },
    });
    const order = { number: '5', date: '2024-08-09' };
    expect(await say(id, { decision: 'write_off', order, grounds: 'Liquidated.' })).toMatchObject({
      status: 200,
      body: { state: 'written_off', left: 0, waitingFor: null },
    });
    const { recoverable, written_off } = await accounts(bench, LINE);
    expect([recoverable, written_off]).toEqual([undefined, 340_000]);
    expect(await repay(id, 1n)).toBe(1n);
  });

  test('is still repaid after it was handed to a court; after its year it is surrendered', async () => {
    const id = await demanded();
    expect(await say(id, { decision: 'hand_over', number: '2-1', court: 'Economic' })).toMatchObject({
      body: { state: 'handed_over' },
    });
    await repay(id, 40_000n);
    expect(await recoveries()).toMatchObject([{ state: 'handed_over', left: 300_000n }]);
    await repay(id, 300_000n, '2025-02-03');
    expect(await recoveries()).toMatchObject([{ state: 'repaid', left: 0n }]);
    expect((await accounts(bench, LINE))['surrendered']).toBe(300_000);
  });

  test('is not decided by a person who took part in the correction', async () => {
    const id = await twoMonthsPaid();
    await payReady(id);
    const { body: made } = await propose(`${id}-2024-04`, untilTheTenth, chiefFinance);
    await bench.pass('15d');
    await payReady(id);
    await decide(made['id']);
    expect(await say('RC-000001', { decision: 'hand_over', number: '1', court: 'X' })).toMatchObject({
      status: 403,
      body: { code: 'took_part' },
    });
  });
});

test('a month whose first payment comes back is due up to its amount, less its further payable', async () => {
  bench = await startMoneyBench('2024-03-18T09:00:00+05:00');
  const id = await ordered(bench, '2024-03-15');
  await bench.pass('15d');
  const month = `${id}-2024-03`;
  await approve(bench, month);
  await bench.pass('2d');
  const now = await bench.clock.now();
  await bench.db.datedAmount.create({
    data: {
      id: 'bhm-2024-03-01',
      name: 'bhm',
      validFrom: '2024-03-01',
      recordedAt: now,
      amount: 400_000n,
      act: 'PF-1',
      state: 'active',
    },
  });
  const raised = { reason: 'policy_changed', words: 'The BHM rose.', document };
  await decide((await propose(month, raised)).body['id'], secondFinanceOfficer);
  await approve(bench, `${month}-1`, chiefFinance);
  await bench.pass('2d');
  expect(await claimsOf(bench, id)).toEqual([
    ['2024-03', 'settled', 279_677],
    ['2024-03', 'settled', 49_355],
  ]);
  await bench.write(`claim/${month}`, async (transaction) => {
    const row = await readClaim(transaction, month);
    await cameBack(transaction, row, await lastPayment(transaction, row), {
      state: 'returned',
      code: 'account_closed',
    });
  });
  await anotherAccount();
  await bench.activities.advance(`claim/${month}`);
  await bench.give(`claim/${month}`, 'return', { code: 'other', words: 'why?' }, financeOfficer);
  await bench.give(`claim/${month}`, 'resolution', { resolution: 'answered', words: 'so' }, reviewer);
  expect((await claimsOf(bench, id))[0]).toEqual(['2024-03', 'ready', 279_677]);
  expect(await approve(bench, month, chiefFinance)).toMatchObject({ status: 200 });
  await bench.pass('5d');
  expect((await claimsOf(bench, id))[0]).toEqual(['2024-03', 'settled', 279_677]);
});

/** Another account of the employer's is confirmed in place of the one before. */
async function anotherAccount(): Promise<void> {
  const { id, ...last } = await bench.db.account.findFirstOrThrow();
  await bench.db.account.update({ where: { id }, data: { state: 'replaced' } });
  await bench.db.account.create({ data: { ...last, id: 'AC-000900', number: '20208000900123456009' } });
}
