import { setTimeout as sleep } from 'node:timers/promises';
import type { Activities } from '../../activities';
import { workflowsOf } from '../../api/workflows';
import { timeSkippingServer } from '../../test/support/time-skipping';
import { workflowCode } from '../../test/support/workflow-code';
import { type Server, serverOf } from './server';

const SUBJECT = 'case/C-000001';
/** In which a local activity that failed is tried again. */
const TRIED_AGAIN_MS = 1500;

let server: Server;
beforeAll(async () => {
  const workflowBundle = await workflowCode();
  server = serverOf(await timeSkippingServer(), { workflowBundle, connections: 2 });
});
afterAll(() => server.stop());

/** A world of which only the look at a row is of interest. */
const worldIn = (advance: () => Promise<unknown>) => ({ advance }) as unknown as Activities;

const begin = () => workflowsOf(server.env.client).refresh(SUBJECT);
const closed = { state: 'closed', open: false, rev: 1, waitMs: 0, asks: [], unsent: false, wakes: false };

test('what still failed in one world is not tried in the next, which has its own executions carried out', async () => {
  const first = jest.fn(() => Promise.reject(new Error('the database does not answer')));
  const second = jest.fn(() => Promise.resolve(closed));
  await server.serve(worldIn(first));
  await begin();
  while (first.mock.calls.length === 0) await sleep(10);
  await server.clear();
  await server.serve(worldIn(second));
  await sleep(TRIED_AGAIN_MS);
  expect(second).not.toHaveBeenCalled();
  await begin();
  while (second.mock.calls.length === 0) await sleep(10);
});

test('a world is not over before what it carries out has come to its end', async () => {
  let finish = () => {};
  const advance = jest.fn(() => new Promise((resolve) => (finish = () => resolve(closed))));
  await server.serve(worldIn(advance));
  await begin();
  while (advance.mock.calls.length === 0) await sleep(10);
  let isOver = false;
  const clearing = server.clear().then(() => (isOver = true));
  await sleep(300);
  expect(isOver).toBe(false);
  finish();
  await clearing;
});

test('a worker that rests carries nothing out until it serves again', async () => {
  const advance = jest.fn(() => Promise.resolve(closed));
  await server.serve(worldIn(advance));
  await server.rest();
  await begin();
  await sleep(300);
  expect(advance).not.toHaveBeenCalled();
  await server.serve(worldIn(advance));
  while (advance.mock.calls.length === 0) await sleep(10);
});
