import { setTimeout as pause } from 'node:timers/promises';
import type { Tx } from '../../prisma/db';
import {
  apply,
  claimsOf,
  financeOfficer,
  headOfEmployment,
  type MoneyBench,
  moneyHandlers,
  ordered,
  reviewer,
  startMoneyBench,
  withAnotherWorker,
} from '../../test/support/money';
import { walked } from '../../test/support/walked';
import { createRowActivities } from '../row-activities';
import { beginStatements } from './statements';

/*
 * The monthly steps of subsidies run side by side. While the step of one subsidy is done and not yet committed, every step of
 * another subsidy succeeds. They may have the same employer and line. Only a step that takes from `free` waits for the line.
 */

let bench: MoneyBench;
afterEach(() => bench.close());

const MARCH = '2024-03';
const MORNING = new Date('2024-04-03T09:30:00+05:00');

/** The steps of a row. Each step ends in one transaction, which stays open after its last write until `release`. */
function holding() {
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => (release = resolve));
  let reached = (): void => undefined;
  const written = new Promise<void>((resolve) => (reached = resolve));
  const { db: real } = bench;
  const inTransaction = (work: (tx: Tx) => Promise<unknown>): Promise<unknown> =>
    real.inTransaction(
      async (tx) => {
        const result = await work(tx);
        reached();
        await released;
        return result;
      },
      { timeoutMs: 60_000 },
    );
  const db = new Proxy(real, {
    get: (target, name): unknown => (name === 'inTransaction' ? inTransaction : Reflect.get(target, name)),
  });
  const activities = walked(
    db,
    createRowActivities({ ...bench.records, db }, moneyHandlers, bench.sandbox.registers),
  );
  return { activities, written, release };
}

type Activities = ReturnType<typeof holding>['activities'];

/** The waits of a row for a register's answer. */
const question = async (subject: string): Promise<string> =>
  String((await bench.db.task.findFirstOrThrow({ where: { subject, role: 'register', closedAt: null } })).id);

async function approval(subject: string): Promise<string> {
  const { revision, amount } = await bench.db.claim.findUniqueOrThrow({
    where: { id: subject.slice('claim/'.length) },
  });
  return bench.record(subject, 'approval', { revision, amount: Number(amount) }, financeOfficer);
}

/** The steps of a month's claim, as its workflow does them. The needs of a step are prepared before it. */
const steps: Record<string, (id: string) => Promise<(activities: Activities) => Promise<unknown>>> = {
  async opened(id) {
    const subject = `subsidy/${id}`;
    const { id: task } = await bench.db.task.findFirstOrThrow({
      where: { subject, kind: 'next_claim', closedAt: null },
    });
    return ({ named }) => named['subsidy.openClaim']!(subject, String(task), 'running');
  },
  async checked(id) {
    const subject = `claim/${id}-${MARCH}`;
    const task = await question(subject);
    return (activities) => activities.ask(subject, task);
  },
  async approved(id) {
    const command = await approval(`claim/${id}-${MARCH}`);
    return (activities) => activities.carryOut(command);
  },
  async sent(id) {
    const subject = `claim/${id}-${MARCH}`;
    const { id: task } = await bench.db.task.findFirstOrThrow({
      where: { subject, kind: 'sending', closedAt: null },
    });
    return ({ named }) => named['claim.send']!(subject, String(task), 'approved');
  },
  async settled(id) {
    const subject = `claim/${id}-${MARCH}`;
    const task = await question(subject);
    await bench.activities.ask(subject, task);
    bench.clock.set(new Date((await bench.clock.now()).getTime() + 60_000));
    return (activities) => activities.ask(subject, task);
  },
};
const names = Object.keys(steps);

async function through(id: string, which: readonly string[]): Promise<void> {
  for (const name of which) await (await steps[name]!(id))(bench.activities);
}

/** Two subsidies of one employer, ordered in March. It is the second morning of April, and no claim is opened yet. */
async function two(): Promise<[held: string, other: string]> {
  bench = await startMoneyBench('2024-03-18T09:00:00+05:00');
  const ids = [
    await ordered(bench, '2024-03-01'),
    await ordered(await withAnotherWorker(bench), '2024-03-01'),
  ] as const;
  // The first payment of all begins the statements.
  await bench.write('statement/test', (transaction) => beginStatements(transaction, 'employment'));
  await bench.db.outbox.deleteMany();
  await bench.sandbox.script({ treasury: { treats: { settles: '1m' } } });
  bench.clock.set(MORNING);
  return [...ids];
}

const states = async (id: string) => (await claimsOf(bench, id)).map(([, state]) => state);

test.each(names)('while one claim is being %s, another takes all its steps', async (name) => {
  const [held, other] = await two();
  await through(held, names.slice(0, names.indexOf(name)));
  const step = await steps[name]!(held);
  const { activities, written, release } = holding();
  const going = step(activities);
  try {
    await Promise.race([written, going]);
    const before = await states(held);
    await through(other, names);
    expect(await states(other)).toEqual(['settled']);
    expect(await states(held)).toEqual(before);
  } finally {
    release();
    await going;
  }
  await through(held, names.slice(names.indexOf(name) + 1));
  expect(await states(held)).toEqual(['settled']);
});

test('reserving waits for the line: of two subsidies that need its money, one comes after the other', async () => {
  bench = await startMoneyBench('2024-03-18T09:00:00+05:00', { onLines: 5_000_000n });
  const first = await apply(bench, '2024-03-01');
  const second = await apply(await withAnotherWorker(bench), '2024-03-01');
  const propose = (id: string) => bench.record(`subsidy/${id}`, 'review', { outcome: 'propose' }, reviewer);
  const [held, waits] = [await propose(first), await propose(second)];
  const { activities, written, release } = holding();
  const going = activities.carryOut(held);
  let done = false;
  try {
    await Promise.race([written, going]);
    const waiting = bench.activities.carryOut(waits).then(() => (done = true));
    await pause(700);
    expect(done).toBe(false);
    release();
    await Promise.all([going, waiting]);
  } finally {
    release();
  }
  const stateOf = async (id: string) => (await bench.db.subsidy.findUniqueOrThrow({ where: { id } })).state;
  expect([await stateOf(first), await stateOf(second)]).toEqual(['ordering', 'awaiting_funds']);
  const sum = await bench.db.ledgerEntry.aggregate({ where: { account: 'free' }, _sum: { amount: true } });
  expect(sum._sum.amount).toBeGreaterThanOrEqual(0n);
  const order = { number: 'B-1', date: '2024-03-18' };
  expect(await bench.give(`subsidy/${first}`, 'order', order, headOfEmployment)).toMatchObject({
    status: 200,
  });
});
