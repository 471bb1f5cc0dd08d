import { rollingRestart } from '../support/rolling';
import { hasClusterPrograms } from '../support/programs';
import { type Stack, startCluster, startStack } from '../support/stack';

const [server, start] = hasClusterPrograms()
  ? (['the server of a cluster', startCluster] as const)
  : (['the development server', startStack] as const);

let stack: Stack;
beforeAll(async () => {
  stack = await start({ workers: 2, apis: 2 });
});
afterAll(() => stack.close());

test(`on ${server} each worker and each API is restarted while people work: no request fails`, async () => {
  const { restarts, failed, decisions, reads } = await rollingRestart(stack, 4);
  expect(failed).toEqual([]);
  expect(restarts.map(({ name }) => name)).toEqual(['worker 1', 'worker 2', 'API 1', 'API 2']);
  for (const { drain } of restarts) expect(drain).toBeLessThan(15);
  expect(Math.min(decisions, reads)).toBeGreaterThan(50);
  await stack.quiet();
  expect(await stack.db.command.count({ where: { state: 'pending' } })).toBe(0);
});
