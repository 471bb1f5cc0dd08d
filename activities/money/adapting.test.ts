import {
  accounts,
  applyToAdapt,
  approve,
  chiefFinance,
  headOfEmployment,
  type MoneyBench,
  reviewer,
  startMoneyBench,
  withAnotherWorker,
} from '../../test/support/money';
import { setLine } from '../../records/money/lines';
import { need, wakeQueue } from './funding';

let bench: MoneyBench;
const begin = async (from = '2024-03-04T09:00:00+05:00', onLines?: bigint) => {
  bench = await startMoneyBench(from, onLines === undefined ? {} : { onLines });
};
afterEach(() => bench.close());

const LINE = 'workplace_adaptation-1726-2024';
const COSTS = { 'W-1': 1_000_000 };
const propose = (id: string, accepted?: number[]) =>
  bench.give(`adaptation/${id}`, 'review', { outcome: 'propose', ...(accepted && { accepted }) }, reviewer);
const sign = (id: string, date = '2024-03-04') =>
  bench.give(`adaptation/${id}`, 'order', { number: `B-${id}`, date }, headOfEmployment);
const stop = (id: string) =>
  bench.give(
    `adaptation/${id}`,
    'stop',
    { from: '2024-03-04', code: 'false_application', words: 'Nothing was built.' },
    reviewer,
  );
const claim = (id: string) => bench.db.claim.findUniqueOrThrow({ where: { id: `${id}-pay` } });

/** Checks that a stopped adaptation leaves nothing: its money and its papers are free. */
async function expectNothingLeft(id: string): Promise<void> {
  expect(await bench.db.subsidy.findUniqueOrThrow({ where: { id } })).toMatchObject({ state: 'stopped' });
  expect(await accounts(bench, LINE)).toEqual({ free: 1e9 });
  expect(await bench.db.adaptedWorkplace.count()).toBe(0);
  expect(await bench.db.usedDocument.count()).toBe(0);
  expect(await bench.waits(`adaptation/${id}`)).toEqual([]);
}

test('stopped before the order: its money is free, and its workplace and papers may be named again', async () => {
  await begin();
  const id = await applyToAdapt(bench, '2024-03-01', COSTS);
  await propose(id);
  expect(await accounts(bench, LINE)).toEqual({ free: 1e9 - 1_000_000, committed: 1_000_000 });
  expect(await stop(id)).toMatchObject({ status: 200, body: { state: 'stopped' } });
  await expectNothingLeft(id);
});

test('stopped after the order: the payment is stopped while it is not sent, approved or not', async () => {
  await begin();
  const id = await applyToAdapt(bench, '2024-03-01', COSTS);
  await propose(id);
  await sign(id);
  const { revision, amount } = await claim(id);
  const seen = { revision, amount: Number(amount) };
  await bench.activities.carryOut(await bench.record(`claim/${id}-pay`, 'approval', seen, chiefFinance));
  expect(await claim(id)).toMatchObject({ state: 'approved' });
  await bench.activities.carryOut(
    await bench.record(
      `adaptation/${id}`,
      'stop',
      { from: '2024-03-04', code: 'other', words: 'Not built.' },
      reviewer,
    ),
  );
  await bench.settle();
  expect(await claim(id)).toMatchObject({ state: 'stopped', open: false });
  expect(await bench.db.payment.count()).toBe(0);
  await expectNothingLeft(id);
});

test('an adaptation that was sent to be paid is corrected, not stopped; the row goes on', async () => {
  await begin();
  const id = await applyToAdapt(bench, '2024-03-01', COSTS);
  await propose(id);
  await sign(id);
  await approve(bench, `${id}-pay`);
  expect(await stop(id)).toMatchObject({ status: 409, body: { code: 'paid_already' } });
  await bench.pass('3d');
  expect(await claim(id)).toMatchObject({ state: 'settled' });
  expect(await bench.db.subsidy.findUniqueOrThrow({ where: { id } })).toMatchObject({ state: 'ended' });
});

test('a running adaptation that needs more than is reserved waits, and goes on by itself when money is added', async () => {
  await begin(undefined, 1_000_000n);
  const id = await applyToAdapt(bench, '2024-03-01', COSTS);
  await propose(id);
  await sign(id);
  await bench.write(`adaptation/${id}`, (transaction) => need(transaction, id, LINE, '', 1_200_000n));
  await bench.activities.advance(`adaptation/${id}`);
  expect(await bench.waits(`adaptation/${id}`)).toContainEqual(
    expect.objectContaining({ kind: 'funds', role: 'finance_officer' }),
  );
  await bench.write('line/test', async (transaction) => {
    await setLine(transaction, LINE, 1_500_000n, 'Budget 2024/2');
    await wakeQueue(transaction, [LINE]);
  });
  await bench.settle();
  expect(await accounts(bench, LINE)).toEqual({ free: 300_000, committed: 1_200_000 });
  expect((await bench.waits(`adaptation/${id}`)).map(({ kind }) => kind)).toEqual(['last_claims']);
});

test('a workplace without accepted costs needs no worker; an application that the head does not sign is reviewed again', async () => {
  await begin();
  const { personId: other } = await withAnotherWorker(bench);
  const id = await applyToAdapt(bench, '2024-03-01', { 'W-1': 1_000_000, 'W-2': 2_000_000 }, [other]);
  expect(await propose(id)).toMatchObject({ status: 409, body: { code: 'too_many_workplaces' } });
  expect(await propose(id, [0, 200_000_000])).toMatchObject({ status: 200, body: { state: 'ordering' } });
  expect(await propose(id, [100_000_000, 0])).toMatchObject({ status: 200, body: { state: 'ordering' } });
  expect(await accounts(bench, LINE)).toEqual({ free: 1e9 - 1_000_000, committed: 1_000_000 });
  expect((await bench.waits(`adaptation/${id}`)).map(({ kind }) => kind)).toEqual(['signing']);
  expect(await sign(id)).toMatchObject({ status: 200, body: { state: 'running', amount: 1_000_000 } });
});

test('nothing accepted is no proposal; a person who died counts for no workplace', async () => {
  await begin();
  const id = await applyToAdapt(bench, '2024-03-01', COSTS);
  expect(await propose(id, [0])).toMatchObject({ status: 409, body: { code: 'nothing_accepted' } });
  expect(await propose(id, [99])).toMatchObject({ status: 409, body: { code: 'nothing_accepted' } });
  await bench.db.person.update({ where: { id: bench.personId }, data: { diedOn: '2024-03-02' } });
  expect(await propose(id)).toMatchObject({ status: 409, body: { code: 'too_many_workplaces' } });
  expect(await accounts(bench, LINE)).toEqual({ free: 1e9 });
});

test('one person, two adaptations: the person is free for the second once the first came to nothing', async () => {
  await begin();
  const first = await applyToAdapt(bench, '2024-03-01', COSTS);
  await expect(applyToAdapt(bench, '2024-03-01', { 'W-2': 1_000_000 })).rejects.toMatchObject({
    code: 'too_many_workplaces',
  });
  await stop(first);
  const second = await applyToAdapt(bench, '2024-03-01', { 'W-2': 1_000_000 });
  expect(await propose(second)).toMatchObject({ status: 200 });
});

test('reviewed again before the order, it may be refused: its reserved money is free', async () => {
  await begin();
  const id = await applyToAdapt(bench, '2024-03-01', COSTS);
  await propose(id);
  const refusal = { outcome: 'refuse', code: 'papers', grounds: 'The invoice is another’s.' };
  expect(await bench.give(`adaptation/${id}`, 'review', refusal, reviewer)).toMatchObject({
    body: { state: 'refused' },
  });
  expect(await accounts(bench, LINE)).toEqual({ free: 1e9 });
});
