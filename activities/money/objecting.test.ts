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
