import { setTimeout as pause } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { receiveNews } from '../records/news';
import {
  type Bench,
  inspector,
  pathwayHandlers,
  PINFL,
  plannedCase,
  refer,
  seed,
  startBench,
  STIR,
} from '../test/support/bench';
import { type DevServer, devServer } from '../test/support/dev-server';
import { eventually } from '../test/support/eventually';
import { workflowCode } from '../test/support/workflow-code';
import { createActivities } from '.';
import { reconcile, type Reconciled } from './reconcile';
import { endCase } from './steps/end-case';
import { hire } from './steps/hire';
import { testSettings } from '../test/support/settings';
import { createWorker, type Workers } from './worker';

let bench: Bench;
let server: DevServer;
let connection: Connection;
let native: NativeConnection;
let client: Client;
let worker: Workers;
let working: Promise<void>;

beforeAll(async () => {
  const workflowBundle = await workflowCode();
  [bench, server] = await Promise.all([startBench(pathwayHandlers), devServer()]);
  connection = await Connection.connect({ address: server.address });
  native = await NativeConnection.connect({ address: server.address });
  client = new Client({ connection });
  const activities = createActivities({ records: bench.records, registers: bench.sandbox.registers, client });
  worker = await createWorker({
    connection: native,
    namespace: 'default',
    activities,
    connections: 5,
    questions: testSettings.questions,
    workflowBundle,
  });
  working = worker.run();
});

afterAll(async () => {
  worker.shutdown();
  await working;
  await connection.close();
  await native.close();
  await server.stop();
  await bench.close();
});

const run = (): Promise<Reconciled> => reconcile({ records: bench.records, client }, () => undefined);

async function running(): Promise<string[]> {
  const ids: string[] = [];
  for await (const { workflowId } of client.workflow.list({ query: 'ExecutionStatus = "Running"' }))
    ids.push(workflowId);
  return ids.toSorted();
}

/** The whole record without the instants of questions, for a comparison before and after. */
async function everything(): Promise<unknown> {
  const { db } = bench;
  const byId = { orderBy: { id: 'asc' } } as const;
  return {
    cases: await db.case.findMany(byId),
    referrals: await db.referral.findMany(byId),
    employments: await db.employment.findMany(byId),
    tasks: await db.task.findMany(byId),
    events: await db.event.findMany(byId),
    notices: await db.notice.findMany({ orderBy: { key: 'asc' } }),
    news: await db.news.findMany(byId),
    changes: await db.calendarChange.findMany(byId),
    outbox: await db.outbox.findMany(byId),
  };
}

test('brings every workflow in step from the record alone, and a repetition changes nothing', async () => {
  const { db } = bench;
  const world = await seed(bench);
  const caseId = await plannedCase(bench, world.personId);
  const referral = await refer(bench, caseId, world.vacant);
  await bench.sandbox.script({ yammt: { hires: { pinfl: PINFL, stir: STIR, contract: 'K-1' } } });
  const job = await bench.write(`case/${caseId}`, (transaction) =>
    hire(transaction, {
      caseId: null,
      personId: world.personId,
      employerId: world.employerId,
      since: '2023-03-01',
      how: 'alone',
      proof: 'yammt',
      monitored: true,
    }),
  );
  await db.outbox.deleteMany();
  const now = await bench.clock.now();
  await db.calendarChange.create({
    data: { id: 'K-000001', date: '2023-03-09', at: now, state: 'recomputing', since: now },
  });
  const news = { register: 'yammt', event: 'e-1', type: 'employer_liquidated', at: now.toISOString() };
  await bench.write('news/yammt/e-1', (transaction) =>
    receiveNews(transaction, { ...news, stir: '300000018', on: '2023-03-01' } as never),
  );
  // An API process and a closed row's workflow left these rows when they were killed.
  await db.outbox.create({ data: { subject: 'command/x', target: `referral/${referral}`, at: now } });
  const closed = {
    state: 'justified',
    open: false,
    since: now,
    openedAt: now,
    endedAt: now,
    correlationId: 'test',
  };
  const about = { personId: world.personId, employerId: world.employerId, area: '1726' };
  await db.inspection.create({
    data: { id: 'I-000099', ground: 'silence', jobKind: 'vacant', facts: {}, ...about, ...closed },
  });
  await db.inspection.create({
    data: { id: 'I-000098', ground: 'silence', jobKind: 'vacant', facts: {}, ...about, ...closed },
  });
  const unanswered = await bench.record(
    'inspection/I-000098',
    'extension',
    { days: 5, reason: 'ill' },
    inspector,
  );
  const queued = {
    type: 'breach',
    params: { inspection: 'I-000099', ground: 'silence' },
    recipient: 'official',
    recipientId: 'case_manager-1',
    channel: 'email',
  };
  await db.notice.create({
    data: { ...queued, key: 'n-1', subject: 'inspection/I-000099', state: 'queued', createdAt: now },
  });

  const rows = [`case/${caseId}`, `referral/${referral}`, `retention/${job}`].toSorted();
  expect(await run()).toEqual({ begun: 7, woken: 0, closedTold: 0 });
  await eventually(async () => (await running()).join() === rows.join());
  await eventually(async () => (await db.notice.count({ where: { state: 'queued' } })) === 0);
  expect(await db.news.findFirstOrThrow()).toMatchObject({ open: false, state: 'done' });
  expect(await db.calendarChange.findFirstOrThrow()).toMatchObject({ open: false, state: 'done' });
  expect(await db.notice.findUniqueOrThrow({ where: { key: 'n-1' } })).toMatchObject({ state: 'delivered' });
  expect(await db.outbox.count()).toBe(0);
  expect(await bench.answerOf(unanswered)).toMatchObject({ status: 409, body: { state: 'justified' } });

  const before = await everything();
  expect(await run()).toEqual({ begun: 0, woken: 3, closedTold: 0 });
  await pause(1000);
  expect(await everything()).toEqual(before);
  expect(await running()).toEqual(rows);

  // The case ends, but the process that should have told the workflows is gone.
  await bench.write(`case/${caseId}`, (transaction) =>
    endCase(transaction, caseId, { outcome: 'other', summary: 'moved away', personAgrees: true }),
  );
  await db.outbox.deleteMany();
  await db.notice.updateMany({ data: { state: 'delivered' } });
  expect(await run()).toEqual({ begun: 0, woken: 1, closedTold: 2 });
  await eventually(async () => (await running()).join() === `retention/${job}`);
});
