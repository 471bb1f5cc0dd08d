import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { type Bench, startBench } from '../test/support/bench';
import { type DevServer, devServer } from '../test/support/dev-server';
import { lightRows } from '../test/support/light-rows';
import { rowHandlers } from '.';
import { createOutgoingActivities } from './outgoing';
import { createRowActivities } from './row-activities';
import { createWaking, wakeTheRest } from './waking';
import { eventually } from '../test/support/eventually';

let bench: Bench;
let server: DevServer;
let connection: Connection;

beforeAll(async () => {
  server = await devServer();
  connection = await Connection.connect({ address: server.address });
}, 60_000);
afterAll(async () => {
  await connection.close();
  await server.stop();
});
beforeEach(async () => {
  bench = await startBench([]);
  bench.expectDefects();
});
afterEach(() => bench.close());

const waker = 'case/C-000001';
const other = 'inspection/I-000001';

/** A workflow id that is longer than Temporal accepts. */
const refused = `referral/R-${'1'.repeat(2000)}`;

/** A row whose last change wakes the targets, and the activities of its workflow. */
async function wakes(targets: readonly string[], client: Client) {
  await lightRows(bench.db, 'referral', [refused.slice('referral/'.length)], 'delivered');
  await lightRows(bench.db, 'inspection', ['I-000001'], 'examining');
  const at = await bench.clock.now();
  await bench.db.outbox.createMany({ data: targets.map((target) => ({ subject: waker, target, at })) });
  const { view } = createRowActivities(bench.records, rowHandlers, bench.sandbox.registers);
  return createOutgoingActivities(
    bench.records,
    bench.sandbox.registers,
    createWaking(bench.records, client),
    view,
  );
}

test('for a target that Temporal refuses for good the administrator has a task, and the others are woken', async () => {
  const client = new Client({ connection });
  const { wakeOthers } = await wakes([refused, other], client);
  await wakeOthers(waker);
  expect(await client.workflow.getHandle(other).describe()).toMatchObject({ type: 'inspection' });
  expect(await bench.db.outbox.count()).toBe(0);
  expect(await bench.db.task.findMany()).toMatchObject([
    { subject: refused, kind: 'defect', ref: 'look', role: 'administrator', closedAt: null },
  ]);
  expect(bench.defects).toHaveLength(1);
}, 60_000);

describe('wakes that can wait', () => {
  const inspections = (...ns: number[]) => ns.map((n) => `inspection/I-00000${n}`);
  const left = async () =>
    (await bench.db.outbox.findMany({ orderBy: { id: 'asc' } })).map(({ target }) => target);

  /** Two wakes a second. */
  async function paced() {
    const client = new Client({ connection });
    const records = { ...bench.records, settings: { ...bench.records.settings, wakesASecond: 2 } };
    const waking = createWaking(records, client);
    const { view } = createRowActivities(records, rowHandlers, bench.sandbox.registers);
    const { wakeOthers } = createOutgoingActivities(records, bench.sandbox.registers, waking, view);
    const write = async (targets: readonly string[], canWait: boolean) => {
      const at = await bench.clock.now();
      await bench.db.outbox.createMany({
        data: targets.map((target) => ({ subject: waker, target, at, canWait })),
      });
    };
    await lightRows(bench.db, 'inspection', ['I-000001', 'I-000002', 'I-000003', 'I-000004'], 'examining');
    return { client, waking, wakeOthers, write };
  }

  test('go at the pace, the others at once, and no later one before an earlier one', async () => {
    const { client, waking, wakeOthers, write } = await paced();
    await write(inspections(1, 2, 3), true);
    expect(await wakeOthers(waker)).toEqual(inspections(1, 2));
    await write(inspections(4), true);
    await write(inspections(1), false);
    await sleep(1100);
    expect(await wakeOthers(waker)).toEqual(inspections(1));
    expect(await left()).toEqual(inspections(3, 4));

    await eventually(async () => (await waking.some()).woken > 0);
    await eventually(async () => (await waking.some(), (await left()).length === 0));
    for (const id of inspections(3, 4))
      expect(await client.workflow.getHandle(id).describe()).toMatchObject({ type: 'inspection' });
  }, 60_000);

  test('are shared by two workers, and each is woken once', async () => {
    const [one, other] = [await paced(), createWaking(bench.records, new Client({ connection }))];
    await one.write(inspections(1, 2, 3), true);
    const [first, second] = await Promise.all([one.waking.some(), other.some()]);
    expect(first.woken + second.woken + (await left()).length).toBe(3);
    await eventually(async () => (await other.some(), (await left()).length === 0));
  }, 60_000);

  test('stay while Temporal is out of reach, and go when it answers', async () => {
    const { waking, write } = await paced();
    await write(inspections(1), true);
    const nowhere = Connection.lazy({ address: '127.0.0.1:1', connectTimeout: '1s' });
    const warned: string[] = [];
    const ended = new AbortController();
    const { some } = createWaking(bench.records, new Client({ connection: nowhere }));
    const failed = nowhere.withAbortSignal(AbortSignal.timeout(2000), some);
    await expect(failed).rejects.toThrow('signalWithStart');
    expect(await left()).toEqual(inspections(1));
    await nowhere.close();

    const running = wakeTheRest(waking, { warn: (line) => warned.push(line) }, ended.signal);
    await eventually(async () => (await left()).length === 0);
    ended.abort();
    await running;
    expect(warned).toEqual([]);
  }, 60_000);
});

test('Temporal out of reach is no defect: it is thrown, and the wakes stay', async () => {
  const nowhere = Connection.lazy({ address: '127.0.0.1:1', connectTimeout: '1s' });
  const { wakeOthers } = await wakes([other], new Client({ connection: nowhere }));
  await expect(nowhere.withAbortSignal(AbortSignal.timeout(2000), () => wakeOthers(waker))).rejects.toThrow(
    'signalWithStart',
  );
  expect([await bench.db.outbox.count(), await bench.db.task.count(), bench.defects]).toEqual([1, 0, []]);
  await nowhere.close();
}, 60_000);
