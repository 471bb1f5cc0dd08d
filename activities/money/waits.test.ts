import { endOfDay } from '../../domain/day';
import {
  apply,
  approve,
  financeOfficer,
  type MoneyBench,
  ordered,
  reviewer,
  startMoneyBench,
  withAnotherWorker,
} from '../../test/support/money';

/*
 * The owner, the time and the next owner of each wait [money §3, table of §4]. There is one wait of each kind, all begun on
 * one day.
 */

let bench: MoneyBench;
afterAll(() => bench.close());

/** The claim of March 2024 for a person of its own. The order is late, so the claim is ready at once. @returns its number. */
const ready = async () => `${await ordered(await withAnotherWorker(bench), '2024-03-01')}-2024-03`;

/** A Thursday. */
beforeAll(async () => {
  bench = await startMoneyBench('2024-04-04T09:00:00+05:00');
  await apply(bench, '2024-04-04');
  const toSign = await apply(await withAnotherWorker(bench), '2024-04-04');
  await bench.give(`subsidy/${toSign}`, 'review', { outcome: 'propose' }, reviewer);
  await ready();
  await bench.give(`claim/${await ready()}`, 'return', { code: 'other', words: 'Why?' }, financeOfficer);

  const refused = await ready();
  await bench.sandbox.script({ treasury: { treats: { key: `${refused}/1`, refuses: 'account_closed' } } });
  await approve(bench, refused);
  const disputed = await ready();
  const untruth = { state: 'settled', amount: 1 } as const;
  await bench.sandbox.script({ treasury: { contradicts: { key: `${disputed}/1`, first: untruth } } });
  await approve(bench, disputed);

  const heldBack = await ready();
  const approval = { revision: 1, amount: 510_000 };
  await bench.activities.carryOut(
    await bench.record(`claim/${heldBack}`, 'approval', approval, financeOfficer),
  );
  await bench.db.task.updateMany({ where: { kind: 'sending' }, data: { nextAt: new Date('2030-01-01') } });
  await bench.pass('1h');
});

type Owner = [role: string, rank: 'head' | null];
const employmentOfficer: Owner = ['employment_officer', null];
const headOfEmployment: Owner = ['employment_officer', 'head'];
const officer: Owner = ['finance_officer', null];
const chief: Owner = ['finance_officer', 'head'];

const ownerOf = async (kind: string) => {
  const { role, rank } = await bench.db.task.findFirstOrThrow({ where: { kind, closedAt: null } });
  return [role, rank];
};

test.each<[last: string, waits: [kind: string, owner: Owner, next: Owner][]]>([
  [
    '2024-04-05',
    [
      ['signing', headOfEmployment, headOfEmployment],
      ['sending_watch', ['clock', null], officer],
    ],
  ],
  [
    '2024-04-09',
    [
      ['review', employmentOfficer, headOfEmployment],
      ['mismatch', employmentOfficer, headOfEmployment],
    ],
  ],
  ['2024-04-12', [['dispute', officer, chief]]],
  ['2024-04-18', [['account_correction', ['employer', null], officer]]],
  ['2024-04-30', [['claim_decision', officer, chief]]],
])('until the end of %s, then the next owner has it', async (last, waits) => {
  for (const [kind] of waits)
    expect(await bench.db.task.findMany({ where: { kind, closedAt: null } })).toMatchObject([
      { due: endOfDay(last) },
    ]);
  bench.clock.set(endOfDay(last));
  await bench.settle();
  for (const [kind, owner] of waits) expect([kind, await ownerOf(kind)]).toEqual([kind, owner]);
  bench.clock.set(new Date(endOfDay(last).getTime() + 1000));
  await bench.settle();
  for (const [kind, , next] of waits) expect([kind, await ownerOf(kind)]).toEqual([kind, next]);
  const passed = await bench.db.event.findMany({
    where: { type: { in: ['escalated', 'deadline_passed'] }, at: await bench.clock.now() },
  });
  expect(passed.map(({ params }) => (params as { kind: string }).kind).toSorted()).toEqual(
    waits.map(([kind]) => kind).toSorted(),
  );
});
