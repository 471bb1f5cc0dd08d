import { readFileSync } from 'node:fs';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection, type WorkflowBundleOption } from '@temporalio/worker';
import { workflowsOf } from '../api/http/workflows';
import { type Bench, caseManager, plannedCase, refer, seed, startBench } from '../test/support/bench';
import { type DevServer, devServer } from '../test/support/dev-server';
import { eventually } from '../test/support/eventually';
import { activitiesIn, historiesOf, replay } from '../test/support/histories';
import { quietTemporal, workflowCode } from '../test/support/workflow-code';
import { createActivities, rowHandlers } from '.';
import { reconcile } from './reconcile';
import { readRestart, restart } from './restart';
import { testSettings } from '../test/support/settings';
import { createWorker, type Workers, type Works } from './worker';

/** The number of rows. The test was tried with 2,000 rows; 100 rows show the same. */
const ROWS = Number(process.env['RESTART_ROWS'] ?? 100);
const COMMANDS = Math.ceil(ROWS / 5);
const OLD = 'undelivered';
const RENAMED = 'nobodyReached';

let bench: Bench;
let server: DevServer;
let connection: Connection;
let native: NativeConnection;
let client: Client;
let worker: Workers | undefined;
let working: Promise<void> | undefined;

beforeAll(async () => {
  quietTemporal();
  [bench, server] = await Promise.all([startBench(rowHandlers), devServer()]);
  connection = await Connection.connect({ address: server.address });
  native = await NativeConnection.connect({ address: server.address });
  client = new Client({ connection });
}, 60_000);

afterAll(async () => {
  await rest();
  await connection.close();
  await native.close();
  await server.stop();
  await bench.close();
}, 60_000);

async function rest(): Promise<void> {
  worker?.shutdown();
  await working;
}

async function work(workflowBundle: WorkflowBundleOption, activities: Works): Promise<void> {
  await rest();
  worker = await createWorker({
    connection: native,
    namespace: 'default',
    activities,
    connections: 5,
    questions: testSettings.questions,
    workflowBundle,
  });
  working = worker.run();
}

/** Today's workflows with the step under another name. */
async function renamed(): Promise<{ code: string }> {
  const before = readFileSync((await workflowCode()).codePath, 'utf8');
  const code = before.replace(`delivery: '${OLD}'`, `delivery: '${RENAMED}'`);
  expect(code).not.toBe(before);
  return { code };
}

/** Copies of a referral that no channel delivered in time, each with its person and case. */
async function many(): Promise<string[]> {
  const { db } = bench;
  const world = await seed(bench);
  const first = await refer(bench, await plannedCase(bench, world.personId), world.vacant);
  await db.outbox.deleteMany();
  const person = await db.person.findUniqueOrThrow({
    where: { id: world.personId },
    omit: { nameKey: true },
  });
  const referral = await db.referral.findUniqueOrThrow({ where: { id: first }, omit: { decision: true } });
  const aCase = await db.case.findUniqueOrThrow({ where: { id: referral.caseId } });
  const due = new Date('2023-02-28T23:59:59+05:00');
  const wait = { kind: 'delivery', role: 'clock', area: '1726262', since: due, due, nextAt: due };
  const copies = Array.from({ length: ROWS }, (_each, n) => String(n + 100_001)).map((n) => ({
    person: { ...person, id: `P-${n}`, pinfl: `31210632${n}` },
    aCase: { ...aCase, id: `C-${n}`, personId: `P-${n}` },
    referral: {
      ...referral,
      id: `R-${n}`,
      caseId: `C-${n}`,
      personId: `P-${n}`,
      state: 'issued',
      deliveredAt: null,
      deliveredHow: null,
    },
    task: { ...wait, subject: `referral/R-${n}`, caseId: `C-${n}` },
  }));
  await db.$transaction([
    db.person.createMany({ data: copies.map((copy) => copy.person as never) }),
    db.case.createMany({ data: copies.map((copy) => copy.aCase as never) }),
    db.referral.createMany({ data: copies.map((copy) => copy.referral as never) }),
    db.task.createMany({ data: copies.map((copy) => copy.task) }),
  ]);
  return copies.map(({ task }) => task.subject);
}

const states = async (): Promise<Record<string, number>> =>
  Object.fromEntries(
    (await bench.db.referral.groupBy({ by: ['state'], where: { id: { gte: 'R-1' } }, _count: true })).map(
      ({ state, _count }) => [state, _count],
    ),
  );

test(`a step renamed while ${ROWS} rows wait and decisions come in: none is lost or doubled`, async () => {
  const { db } = bench;
  const outside = { records: bench.records, client };
  const activities = createActivities({ records: bench.records, registers: bench.sandbox.registers, client });
  const subjects = await many();
  await work(await workflowCode(), activities);
  await reconcile(outside, () => undefined);
  await eventually(async () => (await states())[OLD] === ROWS, { seconds: 600 });

  const { [`referral.${OLD}`]: step, ...others } = activities as Works;
  const newCode = await renamed();
  await work(newCode, { ...others, [`referral.${RENAMED}`]: step });
  const [first = ''] = subjects;
  const { runId } = await client.workflow.getHandle(first).describe();
  const [old] = await historiesOf(client, [{ workflowId: first, runId }]);
  expect(await replay(newCode, old ? [old] : [])).toEqual([
    expect.stringContaining('DeterminismViolationError'),
  ]);

  const given: string[] = [];
  const deciding = (async () => {
    const byHand = { manner: 'in_person', on: '2023-03-01', to: 'the director' };
    for (let n = 0; n < COMMANDS; n++) {
      const subject = subjects[(n * 7) % ROWS] ?? first;
      const id = await bench.record(subject, 'delivery', byHand, caseManager);
      given.push(id);
      // The answer to the waiting caller may be lost. The test reads the record instead.
      void workflowsOf(client)
        .carryOut(subject, 'delivery', id)
        .catch(() => undefined);
      await new Promise((resolve) => void setTimeout(resolve, 20));
    }
  })();

  let last = '';
  const part = { kind: 'referral', perSecond: Math.ceil(ROWS / 5) } as const;
  let begun = 0;
  const interrupted = restart(outside, part, (id, done, all) => {
    [last, begun] = [id, done];
    expect(all).toBe(ROWS + 1);
    if (done > ROWS / 3) throw new Error('interrupted');
  });
  await expect(interrupted).rejects.toThrow('interrupted');
  begun += await restart(outside, { ...part, after: last }, () => undefined);
  expect(begun).toBe(ROWS + 1);
  await deciding;

  await eventually(async () => (await db.command.count({ where: { state: 'pending' } })) === 0, {
    seconds: 600,
  });
  expect(given).toHaveLength(COMMANDS);
  const answers = await db.command.groupBy({ by: ['status'], where: { name: 'delivery' }, _count: true });
  expect(answers).toEqual([{ status: 200, _count: COMMANDS }]);
  expect(await db.event.count({ where: { type: 'referral_delivered', subject: { in: subjects } } })).toBe(
    COMMANDS,
  );
  expect(await db.event.count({ where: { type: 'referral_undelivered' } })).toBe(ROWS);
  expect(await states()).toEqual({ delivered: COMMANDS, [OLD]: ROWS - COMMANDS });
  await eventually(async () => {
    expect(await namesIn(subjects)).toEqual(['look', 'referral.delivery']);
  });
  expect(await db.event.count({ where: { type: 'defect' } })).toBe(0);
}, 1_800_000);

/** The activities of the running executions. The new code began them, so they repeat no earlier activity. */
async function namesIn(subjects: readonly string[]): Promise<string[]> {
  const names = new Set<string>();
  for (const subject of subjects) {
    const handle = client.workflow.getHandle(subject);
    expect((await handle.describe()).status.name).toBe('RUNNING');
    for (const { name } of activitiesIn(await handle.fetchHistory())) names.add(name);
  }
  return [...names].toSorted();
}

test.each([
  [['--restart', 'refferal'], /there is no kind refferal: it is one of case, referral/],
  [['--restart', 'referral', '--per-second', '0'], /a whole number from 1/],
  [['--restart', 'referral', '--per-second', 'many'], /a whole number from 1/],
  [
    ['--restart', 'referral', '--after', 'case/C-000001'],
    /--after takes the workflow id that was reported last/,
  ],
  [['--after', 'referral/R-000001'], /need --restart/],
  [['--reset', 'referral'], /Unknown option '--reset'/],
])('%j is refused', (args, why) => expect(() => readRestart(args)).toThrow(why));

test('the options of a restart are read, and without options nothing is restarted', () => {
  expect(readRestart([])).toBeUndefined();
  expect(readRestart(['--restart', 'policy'])).toEqual({ kind: 'policy', perSecond: 20 });
  expect(readRestart(['--restart', 'case', '--per-second', '5', '--after', 'case/C-000009'])).toEqual({
    kind: 'case',
    perSecond: 5,
    after: 'case/C-000009',
  });
});
