import { PINFL, STIR } from '../../test/support/bench';
import {
  apply,
  applyToAdapt,
  approve,
  claimsOf,
  financeOfficer,
  type MoneyBench,
  ordered,
  reviewer,
  startMoneyBench,
} from '../../test/support/money';

/*
 * A defect stopped an employer's command that was given in time. Its absence let a step pass. Then the command is tried
 * again.
 */

let bench: MoneyBench;
afterEach(() => bench.close());

/** A command of the employer's that a defect stopped. @returns its id */
async function stopped(subject: string, name: string, body: object): Promise<string> {
  const id = await bench.record(subject, name, body, bench.employer);
  const answer = { code: 'defect', detail: '' };
  await bench.db.command.update({
    where: { id },
    data: { state: 'failed', status: 500, answer, doneAt: await bench.clock.now() },
  });
  return id;
}

describe('a completion whose absence abandoned the application', () => {
  const missing = [{ field: 'contract', detail: 'Its number.' }];
  let id: string;
  let command: string;
  beforeEach(async () => {
    bench = await startMoneyBench('2024-03-18T09:00:00+05:00');
    id = await apply(bench, '2024-03-15');
    await bench.give(`subsidy/${id}`, 'review', { outcome: 'return', missing }, reviewer);
    command = await stopped(`subsidy/${id}`, 'completion', { contract: 'T-2' });
    await bench.pass('16d');
  });

  test('is completed after all, and its review begins', async () => {
    expect((await bench.db.subsidy.findUniqueOrThrow({ where: { id } })).state).toBe('abandoned');
    expect(await bench.retry(command)).toMatchObject({ status: 200, body: { state: 'review' } });
    expect(await bench.waits(`subsidy/${id}`)).toMatchObject([
      { kind: 'review', role: 'employment_officer' },
    ]);
  });

  test('is refused once the same subsidy is applied for anew', async () => {
    const other = await apply(bench, '2024-03-15');
    expect(await bench.retry(command)).toMatchObject({
      status: 409,
      body: { code: 'applied_again', detail: expect.stringContaining(other) },
    });
  });

  test('is too late when it is given now', async () => {
    const late = await bench.give(`subsidy/${id}`, 'completion', { contract: 'T-2' }, bench.employer);
    expect(late).toMatchObject({ status: 409, body: { code: 'not_in_this_state', state: 'abandoned' } });
  });
});

test('an abandoned adaptation that is completed after all has its workplaces again', async () => {
  bench = await startMoneyBench('2024-03-18T09:00:00+05:00');
  const id = await applyToAdapt(bench, '2024-03-15', { 'W-1': 1_000_000 });
  const missing = [{ field: 'contract', detail: 'Its number.' }];
  await bench.give(`adaptation/${id}`, 'review', { outcome: 'return', missing }, reviewer);
  const command = await stopped(`adaptation/${id}`, 'completion', { entrepreneur: true });
  await bench.pass('16d');
  expect(await bench.db.adaptedWorkplace.count()).toBe(0);
  expect(await bench.retry(command)).toMatchObject({ status: 200, body: { state: 'review' } });
  expect(await bench.db.adaptedWorkplace.count()).toBe(1);
});

describe('a declaration whose absence let the month lapse', () => {
  const snapshot = { listedStaff: 100, filledReserved: 7, on: '2023-12-28' };
  let id: string;
  let command: string;
  beforeEach(async () => {
    bench = await startMoneyBench('2024-03-04T09:00:00+05:00');
    id = await ordered(bench, '2024-03-01', { programme: 'above_quota', category: 'disability', snapshot });
    await bench.pass('50d');
    command = await stopped(`claim/${id}-2024-03`, 'declaration', { accrued: 2_000_000, tax: 240_000 });
    const month = { pinfl: PINFL, stir: STIR, month: '2024-03', accrued: 2_000_000, tax: 240_000 };
    await bench.sandbox.script({ tax: { accrues: { ...month, on: '2024-04-14' } } });
    await bench.pass('95d');
  });

  test('is declared after all, and paid like any other', async () => {
    expect((await claimsOf(bench, id))[0]).toEqual(['2024-03', 'lapsed', 0]);
    expect((await bench.retry(command)).status).toBe(200);
    await bench.pass('1d');
    expect((await claimsOf(bench, id))[0]).toEqual(['2024-03', 'ready', 680_000]);
    expect((await approve(bench, `${id}-2024-03`, financeOfficer)).status).toBe(200);
  });

  test('is refused once the subsidy has ended: a correction adds the month', async () => {
    await bench.db.subsidy.update({ where: { id }, data: { state: 'ended', open: false } });
    expect(await bench.retry(command)).toMatchObject({ status: 409, body: { code: 'acted_on' } });
  });

  test('is too late when it is given now', async () => {
    const said = { accrued: 2_000_000, tax: 240_000 };
    const late = await bench.give(`claim/${id}-2024-03`, 'declaration', said, bench.employer);
    expect(late).toMatchObject({ status: 409, body: { code: 'not_in_this_state', state: 'lapsed' } });
  });
});

describe('an objection to a correction after the time to object ended without one', () => {
  let approval: string;
  let command: string;
  beforeEach(async () => {
    bench = await startMoneyBench('2024-03-18T09:00:00+05:00');
    const id = await ordered(bench, '2024-03-01');
    await bench.pass('1mo');
    await approve(bench, `${id}-2024-03`);
    await bench.pass('3d');
    const body = {
      reason: 'contract_dates',
      words: 'The contract ended on the 10th.',
      contract: { since: '2024-03-01', until: '2024-03-10' },
      document: { number: '7', date: '2024-04-10', issuer: 'Nur Tikuv MChJ' },
    };
    approval = String((await bench.give(`claim/${id}-2024-03`, 'correction', body, reviewer)).body['id']);
    command = await stopped(`approval/${approval}`, 'objection', { words: 'It did not.' });
    await bench.pass('20d');
  });
  const decide = () =>
    bench.give(`approval/${approval}`, 'decision', { approve: true, words: 'Read.' }, financeOfficer);

  test('is shown with its day to the person who decides', async () => {
    const row = await bench.db.approval.findUniqueOrThrow({ where: { id: approval } });
    expect([row.state, row.objection]).toEqual(['deciding', null]);
    expect(await bench.retry(command)).toMatchObject({
      status: 200,
      body: { state: 'deciding', objection: { words: 'It did not.', on: '2024-04-21' } },
    });
    expect((await bench.waits(`approval/${approval}`)).map(({ kind }) => kind)).toEqual([
      'decide_correction',
    ]);
    const again = await bench.give(`approval/${approval}`, 'objection', { words: 'No.' }, bench.employer);
    expect(again.body['code']).toBe('not_in_this_state');
  });

  test('is refused once it is decided', async () => {
    expect((await decide()).status).toBe(200);
    expect(await bench.retry(command)).toMatchObject({ status: 409, body: { code: 'moved_on' } });
  });

  test('is too late when it is given now', async () => {
    const late = await bench.give(`approval/${approval}`, 'objection', { words: 'No.' }, bench.employer);
    expect(late.body['code']).toBe('not_in_this_state');
  });
});

test('a refusal is objected to in time by the day of the objection', async () => {
  bench = await startMoneyBench('2024-03-18T09:00:00+05:00');
  const id = await apply(bench, '2024-03-15');
  const refusal = { outcome: 'refuse', code: 'papers', grounds: 'The order is another’s.' };
  await bench.give(`subsidy/${id}`, 'review', refusal, reviewer);
  const command = await stopped(`subsidy/${id}`, 'objection', { words: 'We disagree.' });
  await bench.pass('30d');
  expect((await bench.give(`subsidy/${id}`, 'objection', { words: 'x' }, bench.employer)).body['code']).toBe(
    'too_late',
  );
  expect(await bench.retry(command)).toMatchObject({ status: 200, body: { state: 'objected' } });
});
