import { WorkflowNotFoundError } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { type Server, serverOf } from './server';
import { timeSkippingServers } from './servers';

const ended = new WorkflowNotFoundError('workflow execution already completed', 'case/C-000001', 'run');

/** A server on which executions are open and end, or do not, when they are terminated. */
function serverWith(open: string[], terminate: (id: string) => Promise<void>) {
  const teardown = jest.fn(() => Promise.resolve());
  const listOpenWorkflowExecutions = () =>
    Promise.resolve({ executions: open.map((workflowId) => ({ execution: { workflowId, runId: 'run' } })) });
  const getHandle = (id: string) => ({
    terminate: () => {
      open.splice(open.indexOf(id), 1);
      return terminate(id);
    },
  });
  const env = {
    connection: { workflowService: { listOpenWorkflowExecutions } },
    client: { workflow: { getHandle } },
    teardown,
  };
  return { server: serverOf(env as unknown as TestWorkflowEnvironment, { connections: 1 }), teardown };
}

test('what ends by itself while a server is given back is no failure: the server is kept', async () => {
  const open = ['case/C-000001', 'referral/R-000001'];
  const { server, teardown } = serverWith(open, () => Promise.reject(ended));
  const start = jest.fn(() => Promise.resolve(server));
  const servers = timeSkippingServers(start);
  await servers.giveBack(await servers.take());
  expect(open).toEqual([]);
  expect(await servers.take()).toBe(server);
  expect(start).toHaveBeenCalledTimes(1);
  await servers.stop();
  expect(teardown).toHaveBeenCalledTimes(1);
});

test('a server that cannot be emptied is stopped, and nobody gets it again', async () => {
  const broken = serverWith(['case/C-000001'], () => Promise.reject(new Error('no connection')));
  const fresh = serverWith([], () => Promise.resolve());
  const left: Server[] = [broken.server, fresh.server];
  const servers = timeSkippingServers(() => Promise.resolve(left.shift() ?? fresh.server));
  await servers.giveBack(await servers.take());
  expect(broken.teardown).toHaveBeenCalledTimes(1);
  expect(await servers.take()).toBe(fresh.server);
  await servers.stop();
  expect(broken.teardown).toHaveBeenCalledTimes(1);
});
