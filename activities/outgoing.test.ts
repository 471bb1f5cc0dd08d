import { Client, Connection } from '@temporalio/client';
import { type Bench, startBench } from '../test/support/bench';
import { type DevServer, devServer } from '../test/support/dev-server';
import { lightRows } from '../test/support/light-rows';
import { rowHandlers } from '.';
import { createOutgoingActivities } from './outgoing';
import { createRowActivities } from './row-activities';

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
  return createOutgoingActivities(bench.records, bench.sandbox.registers, client, view);
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

test('Temporal out of reach is no defect: it is thrown, and the wakes stay', async () => {
  const nowhere = Connection.lazy({ address: '127.0.0.1:1', connectTimeout: '1s' });
  const { wakeOthers } = await wakes([other], new Client({ connection: nowhere }));
  await expect(nowhere.withAbortSignal(AbortSignal.timeout(2000), () => wakeOthers(waker))).rejects.toThrow(
    'signalWithStart',
  );
  expect([await bench.db.outbox.count(), await bench.db.task.count(), bench.defects]).toEqual([1, 0, []]);
  await nowhere.close();
}, 60_000);
