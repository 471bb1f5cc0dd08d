import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { workflowsOf } from '../../api/http/workflows';
import { eventually } from '../../test/support/eventually';
import { timeSkippingServer } from '../../test/support/time-skipping';
import { workflowCode } from '../../test/support/workflow-code';
import { type Server, serverOf } from './server';

const SUBJECT = 'case/C-000001';
/** The time in which a failed local activity is tried again. */
const TRIED_AGAIN_MS = 1500;

let server: Server;
beforeAll(async () => {
  const workflowBundle = await workflowCode();
  server = serverOf(await timeSkippingServer(), { workflowBundle, connections: 2 });
});
afterEach(() => server.clear());
afterAll(() => server.stop());

const begin = (subject = SUBJECT) => workflowsOf(server.client).refresh(subject);
/** Waits until the activity that reads the row is called. These tests need nothing else. */
const looked = (look: jest.Mock) => eventually(() => Promise.resolve(look.mock.calls.length > 0));
const closed = { state: 'closed', open: false, offset: 0, unsent: false, wakes: false };

test('an activity that failed in one world is not tried in the next, and the next carries out its own', async () => {
  const first = jest.fn(() => Promise.reject(new Error('the database does not answer')));
  const second = jest.fn(() => Promise.resolve(closed));
  await server.serve({ look: first });
  await begin();
  await looked(first);
  await server.clear();
  await server.serve({ look: second });
  await sleep(TRIED_AGAIN_MS);
  expect(second).not.toHaveBeenCalled();
  await begin();
  await looked(second);
});

test('a world ends only after its running activities', async () => {
  let finish = () => {};
  const look = jest.fn(() => new Promise((resolve) => (finish = () => resolve(closed))));
  await server.serve({ look });
  await begin();
  await looked(look);
  let isOver = false;
  const clearing = server.clear().then(() => (isOver = true));
  await sleep(300);
  expect(isOver).toBe(false);
  finish();
  await clearing;
});

test('an execution that ends while a world is cleared is no failure', async () => {
  await server.serve({ look: () => Promise.resolve({ ...closed, open: true }) });
  for (let n = 1; n <= 5; n++) await begin(`case/C-00000${n}`);
  const cleared = await Promise.allSettled([server.clear(), server.clear()]);
  expect(cleared.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
});

test('a workflow that is woken several times at its end begins or reads its row again', async () => {
  await server.serve({ look: () => Promise.resolve(closed) });
  const threeTimes = (n: number) => Promise.all([begin(), begin(), sleep(n % 10).then(() => begin())]);
  for (let n = 1; n <= 100; n++) await expect(threeTimes(n)).resolves.toHaveLength(3);
});

test('a stopped worker carries out nothing until it serves again', async () => {
  const look = jest.fn(() => Promise.resolve(closed));
  await server.serve({ look });
  await server.rest();
  await begin();
  await sleep(300);
  expect(look).not.toHaveBeenCalled();
  await server.serve({ look });
  await looked(look);
});

test('a stopped server does not answer', async () => {
  const other = serverOf(await timeSkippingServer(), { connections: 2 });
  const { address } = other.env;
  await other.stop();
  await expect(Connection.connect({ address, connectTimeout: '500ms' })).rejects.toThrow(/connect/);
});
