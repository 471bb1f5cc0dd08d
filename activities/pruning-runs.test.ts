import { Client, Connection } from '@temporalio/client';
import { type Bench, startBench } from '../test/support/bench';
import { type DevServer, devServer } from '../test/support/dev-server';
import { eventually } from '../test/support/eventually';
import { prune } from '../test/support/pruning';
import { createPruningActivities } from './pruning';
import { beginRuns } from './pruning-runs';

/* Defects of the removal of old data: the administrator learns of them. */

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
  bench = await startBench([], '2026-03-02T09:00:00+05:00');
  bench.expectDefects();
});
afterEach(() => bench.close());

const rename = (from: string, to: string) =>
  bench.db.$executeRawUnsafe(`ALTER TABLE ${from} RENAME TO ${to}`);
const tasks = () =>
  bench.db.task.findMany({
    where: { kind: 'defect' },
    select: { subject: true, role: true, closedAt: true },
  });

test('a run that cannot remove anything is the administrator’s task, and goes on in the morning', async () => {
  await rename('news', 'lost');
  await prune(bench.records);
  const defect = { subject: 'pruning/2026-03-02', role: 'administrator' };
  expect(await tasks()).toEqual([{ ...defect, closedAt: null }]);
  const { prune: part } = createPruningActivities(bench.records);
  expect(await part(defect.subject, '')).toMatchObject({ againMs: 24 * 3_600_000 });

  await rename('lost', 'news');
  expect(await part(defect.subject, '')).not.toHaveProperty('againMs');
  expect(await tasks()).toEqual([{ ...defect, closedAt: expect.any(Date) }]);
});

test('a run that cannot be entered is the administrator’s task until it is entered', async () => {
  const client = new Client({ connection });
  await rename('prunings', 'lost');
  const begun = beginRuns({ records: bench.records, client }, { warn: () => undefined }, 100);
  const defect = { subject: 'pruning/2026-04-01', role: 'administrator' };
  const open = await eventually(async () => (await tasks()).length > 0 && (await tasks()));
  expect(open).toEqual([{ ...defect, closedAt: null }]);

  await rename('lost', 'prunings');
  await begun;
  expect(await tasks()).toEqual([{ ...defect, closedAt: expect.any(Date) }]);
  expect(await client.workflow.getHandle(defect.subject).describe()).toMatchObject({ type: 'pruning' });
});
