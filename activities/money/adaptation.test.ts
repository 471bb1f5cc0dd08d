import { represent } from '../../records/reads/represent';
import { viewOf } from '../../records/kernel/view';
import { STIR } from '../../test/support/bench';
import {
  accounts,
  applyToAdapt,
  chiefFinance,
  headOfEmployment,
  type MoneyBench,
  reviewer,
  startMoneyBench,
  withAnotherWorker,
} from '../../test/support/money';

const HIRED = '2023-04-03';
const LINE = 'workplace_adaptation-1726-2023';

let bench: MoneyBench;
/** Friday 28.04.2023; from Monday, 1 May the BHM is 330,000. */
beforeEach(async () => {
  bench = await startMoneyBench('2023-04-28T09:00:00+05:00');
});
afterEach(() => bench.close());

/** Two people are hired. @returns the adaptation, reviewed and reserved, with a workplace for each amount in so'm. */
async function reviewed(...soum: number[]): Promise<{ id: string; workers: [string, string] }> {
  const { personId: other } = await withAnotherWorker(bench);
  const workers: [string, string] = [bench.personId, other];
  const { pinfl } = await bench.db.person.findUniqueOrThrow({ where: { id: other } });
  await bench.sandbox.script({ yammt: { hires: { pinfl, stir: STIR, on: HIRED } } });
  const costs = Object.fromEntries(soum.map((amount, n) => [`W-${n + 1}`, amount]));
  const id = await applyToAdapt(bench, HIRED, costs, [other]);
  const said = await bench.give(`adaptation/${id}`, 'review', { outcome: 'propose' }, reviewer);
  expect(said.body).toMatchObject({ state: 'ordering' });
  return { id, workers };
}

const order = (id: string) =>
  bench.give(`adaptation/${id}`, 'order', { number: 'B-1', date: '2023-05-02' }, headOfEmployment);

test('the BHM of the order’s day counts: the amount reserved at the review is topped up', async () => {
  const { id } = await reviewed(13_500_000);
  expect(await accounts(bench, LINE)).toEqual({ free: 1e9 - 12_000_000, committed: 12_000_000 });
  await bench.pass('4d');
  expect(await order(id)).toMatchObject({ status: 200, body: { state: 'running', amount: 13_200_000 } });
  expect(await accounts(bench, LINE)).toEqual({ free: 1e9 - 13_200_000, committed: 13_200_000 });
});

test('3 working days after the order the chief has it, and the file shows the wait', async () => {
  const { id } = await reviewed(1_000_000);
  await bench.pass('4d');
  await order(id);
  const waitingFor = async () => {
    const { clock } = bench;
    const file = await represent(viewOf(bench.records, chiefFinance, await clock.now()), 'adaptation', id);
    return (file as { waitingFor: object }).waitingFor;
  };
  expect(await waitingFor()).toMatchObject({
    what: 'claim_decision',
    role: 'finance_officer',
    due: '2023-05-05T18:59:59.000Z',
    overdue: false,
    then: 'it is yours then',
  });
  bench.clock.set(new Date('2023-05-06T00:00:00+05:00'));
  await bench.settle();
  expect(await waitingFor()).toMatchObject({
    what: 'claim_decision',
    role: 'finance_officer',
    rank: 'head',
    overdue: true,
  });
});

test('no order for more workplaces than people who still work there', async () => {
  const { id, workers } = await reviewed(1_000_000, 2_000_000);
  await bench.pass('4d');
  for (const state of ['unmonitored', 'retained', 'ended']) {
    await bench.db.employment.updateMany({
      where: { personId: workers[1] },
      data: { state, open: false, endedOn: '2023-04-29' },
    });
    expect([state, await order(id)]).toMatchObject([
      state,
      { status: 409, body: { code: 'too_many_workplaces' } },
    ]);
  }
  expect(await bench.db.claim.count()).toBe(0);
  expect(await accounts(bench, LINE)).toEqual({ free: 1e9 - 3_000_000, committed: 3_000_000 });
});
