import type { Actor } from '../../domain/roles';
import { propose } from '../../records/money/proposing';
import {
  apply,
  applyFor,
  type MoneyBench,
  ordered,
  startMoneyBench,
  withAnotherWorker,
} from '../../test/support/money';

const supervisor: Actor = { id: 'supervisor-9', role: 'supervisor', rank: 'officer', area: '1726269' };
const administrator: Actor = { id: 'administrator-9', role: 'administrator', rank: 'officer', area: '' };

let bench: MoneyBench;
let other: string;
beforeEach(async () => {
  bench = await startMoneyBench('2024-03-18T09:00:00+05:00');
  for (const { id, role, area } of [supervisor, administrator])
    await bench.db.official.create({ data: { id, name: id, role, area } });
});
afterEach(() => bench.close());

async function join(): Promise<void> {
  const body = { person: other, into: bench.personId };
  const proposal = await bench.write(
    'api/test',
    (transaction) =>
      propose(transaction, { kind: 'join', about: `person/${other}`, area: supervisor.area, body }),
    supervisor,
  );
  expect(
    await bench.give(`approval/${proposal}`, 'decision', { approve: true }, administrator),
  ).toMatchObject({ status: 200 });
}

const money = async () => [
  await bench.db.subsidy.findMany({ orderBy: { id: 'asc' } }),
  await bench.db.claim.findMany({ orderBy: { id: 'asc' } }),
  await bench.db.entitlement.findMany({ orderBy: { id: 'asc' } }),
  await bench.db.commitment.findMany({ orderBy: [{ subsidyId: 'asc' }, { month: 'asc' }] }),
  await bench.db.ledgerEntry.findMany({ orderBy: { id: 'asc' } }),
];

test('two records with a subsidy each are joined: nothing about the money changes', async () => {
  await ordered(bench, '2024-03-01');
  const worker = await withAnotherWorker(bench);
  other = worker.personId;
  await ordered(worker, '2024-03-04');
  const before = await money();
  await join();
  expect(await money()).toEqual(before);
});

test('a subsidy under the one number excludes the same employer’s application under the other', async () => {
  const first = await apply(bench, '2024-03-01');
  other = (await withAnotherWorker(bench)).personId;
  await join();
  await expect(applyFor(bench, other, { hiredOn: '2024-03-01' })).rejects.toMatchObject({
    code: 'applied_for',
    detail: expect.stringContaining(first),
  });
  const second = await applyFor(bench, other, { hiredOn: '2024-03-04' });
  expect(await bench.db.subsidy.findUniqueOrThrow({ where: { id: second } })).toMatchObject({
    state: 'refused',
    refusal: { code: 'another_subsidy' },
  });
});
