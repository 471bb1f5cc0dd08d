import type { Params } from '../../domain/words/values';
import { eventInWords } from '../../domain/words/words';
import {
  apply,
  headOfEmployment,
  type MoneyBench,
  reviewer,
  startMoneyBench,
} from '../../test/support/money';
import { PINFL, STIR } from '../../test/support/bench';

let bench: MoneyBench;
afterEach(() => bench.close());

const subsidy = (id: string) => bench.db.subsidy.findUniqueOrThrow({ where: { id } });
const object = (id: string) =>
  bench.give(`subsidy/${id}`, 'objection', { words: 'We disagree.' }, bench.employer);
const decide = (id: string, upheld: boolean) =>
  bench.give(`subsidy/${id}`, 'objectionDecision', { upheld, grounds: 'Read again.' }, headOfEmployment);

test('an objection does not overrule the law: a subsidy that the law excludes is not upheld, but dismissed', async () => {
  bench = await startMoneyBench('2025-09-15T09:00:00+05:00');
  const id = await apply(bench, '2025-06-02', { group: 3, wage: 5_000_000 });
  expect(await subsidy(id)).toMatchObject({ state: 'refused', refusal: { code: 'group' } });
  await object(id);
  expect(await decide(id, true)).toMatchObject({
    status: 409,
    body: { code: 'group', detail: expect.stringContaining('hire_pwd.eligibility.groups') },
  });
  expect(await decide(id, false)).toMatchObject({ status: 200, body: { state: 'refused' } });
});

test('a review proposes nothing that the law excludes meanwhile, and nothing while no BHM is in force', async () => {
  bench = await startMoneyBench('2024-03-18T09:00:00+05:00');
  const id = await apply(bench, '2024-03-15');
  const propose = () => bench.give(`subsidy/${id}`, 'review', { outcome: 'propose' }, reviewer);
  await bench.db.employer.update({ where: { id: bench.employerId }, data: { stateShare: 60 } });
  expect(await propose()).toMatchObject({ status: 409, body: { code: 'state_share' } });
  await bench.db.employer.update({ where: { id: bench.employerId }, data: { stateShare: 0 } });
  const bhmIs = (state: string) =>
    bench.db.datedAmount.updateMany({ where: { name: 'bhm' }, data: { state } });
  await bhmIs('proposed');
  expect(await propose()).toMatchObject({ status: 409, body: { code: 'no_bhm' } });
  await bhmIs('active');
  expect(await propose()).toMatchObject({ status: 200, body: { state: 'ordering' } });
});

test('an objection about a job that the labour register did not confirm is upheld by asking it again', async () => {
  bench = await startMoneyBench('2024-03-18T09:00:00+05:00');
  await bench.sandbox.script({ yammt: { contradicts: { pinfl: PINFL, stir: STIR, first: 'none' } } });
  const id = await apply(bench, '2024-03-15');
  expect(await subsidy(id)).toMatchObject({ state: 'refused', refusal: { code: 'not_confirmed' } });
  await object(id);
  await decide(id, true);
  expect(await subsidy(id)).toMatchObject({ state: 'review', employmentId: 'J-000001' });
});

describe('an official enters an objection for the employer', () => {
  const said = { words: 'The order was sent.' };
  const byOfficial = (id: string, received?: { manner: string; on: string }) =>
    bench.give(`subsidy/${id}`, 'objection', { ...said, ...(received && { received }) }, reviewer);

  /** An application that the reviewer refused on Monday, 18 March. */
  async function refused(): Promise<string> {
    bench = await startMoneyBench('2024-03-18T09:00:00+05:00');
    const id = await apply(bench, '2024-03-15');
    const refusal = { outcome: 'refuse', code: 'papers', grounds: 'No stamp.' };
    await bench.give(`subsidy/${id}`, 'review', refusal, reviewer);
    return id;
  }

  test('only with the manner and the day of its receipt, which the time line names', async () => {
    const id = await refused();
    expect(await byOfficial(id)).toMatchObject({ status: 422, body: { errors: [{ field: 'received' }] } });
    const byEmployer = { ...said, received: { manner: 'paper', on: '2024-03-18' } };
    expect(await bench.give(`subsidy/${id}`, 'objection', byEmployer, bench.employer)).toMatchObject({
      status: 422,
      body: { code: 'officials_only' },
    });
    expect(await byOfficial(id, { manner: 'paper', on: '2024-03-18' })).toMatchObject({ status: 200 });
    const [event] = await bench.db.event.findMany({ where: { type: 'objection' } });
    expect(eventInWords({ language: 'en', today: '2024-03-19' }, 'objection', event?.params as Params)).toBe(
      'The employer objects to the refusal (on paper, received on 18 March).',
    );
  });

  test('a paper of the last day counts, entered later; a later paper does not', async () => {
    const id = await refused();
    await bench.pass('1mo');
    expect(await byOfficial(id, { manner: 'paper', on: '2024-04-17' })).toMatchObject({
      status: 422,
      body: { code: 'too_late' },
    });
    expect(await byOfficial(id, { manner: 'paper', on: '2024-04-02' })).toMatchObject({ status: 200 });
    expect((await subsidy(id)).objection).toMatchObject({ on: '2024-04-02' });
  });

  test('so is a waiver: the officer names the paper, and no other stop has one', async () => {
    const id = await refused();
    await byOfficial(id, { manner: 'paper', on: '2024-03-18' });
    const waiver = { from: '2024-03-25', code: 'waived', words: 'No need.' };
    const stop = (body: object) => bench.give(`subsidy/${id}`, 'stop', body, reviewer);
    expect(await stop(waiver)).toMatchObject({ status: 422, body: { errors: [{ field: 'received' }] } });
    const received = { manner: 'phone', on: '2024-03-18' };
    expect(await stop({ ...waiver, code: 'other', received })).toMatchObject({ status: 422 });
    expect(await stop({ ...waiver, received })).toMatchObject({ status: 200 });
  });
});
