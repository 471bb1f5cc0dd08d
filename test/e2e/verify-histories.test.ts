import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { eventually } from '../support/eventually';
import { INCOMPATIBLE } from '../support/recorded';
import { type Stack, startStack } from '../support/stack';
import { referred } from '../support/walk';
import { bundle } from '../support/workflow-code';
import { TASK_QUEUE } from '../../workflows/messages';

const SAID = 'verify-histories: ';
let stack: Stack;
let folder: string;

beforeAll(async () => {
  stack = await startStack();
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'verify-'));
  await referred(stack);
  await referred(stack);
});
afterAll(async () => {
  await stack.close();
  fs.rmSync(folder, { recursive: true });
});

const linesOf = (said: readonly string[]): string[] => said.map((line) => line.slice(SAID.length));

const verify = async (args: string[], env?: NodeJS.ProcessEnv): Promise<string[]> =>
  linesOf(await stack.run('verify-histories', args, env));

/** A run that fails. @throws if it does not */
async function refused(args: string[], env?: NodeJS.ProcessEnv): Promise<{ code: number; lines: string[] }> {
  try {
    await verify(args, env);
  } catch (error) {
    const { code, stdout } = error as { code: number; stdout: string };
    return { code, lines: linesOf(stdout.trim().split('\n')) };
  }
  throw new Error('it agrees');
}

test('the code that runs agrees with what runs', async () => {
  const { address } = stack.temporal;
  expect(await verify(['--address', address], { DATABASE_URL: '', TEMPORAL_ADDRESS: '' })).toEqual([
    `replaying the histories of the open executions at ${address}, namespace default`,
    'case: 2 replayed, all agree with this code',
    'referral: 2 replayed, all agree with this code',
    'pruning: 1 replayed, all agree with this code',
    'this version may ship as it is',
  ]);
});

test('--all replays closed executions too, --limit so many of each kind', async () => {
  const lines = await verify(['--all', '--limit', '1']);
  expect(lines[0]).toMatch(/^replaying the histories of all executions at /);
  expect(lines.filter((line) => line.includes(': 1 replayed, all agree'))).toHaveLength(3);
});

test('a version that does not agree is named, with the rows to begin again; the exit code is 1', async () => {
  const changed = path.join(folder, 'changed.js');
  fs.writeFileSync(changed, (await bundle({ workflowsPath: path.join(INCOMPATIBLE, 'workflows.ts') })).code);
  const { code, lines } = await refused([], { WORKFLOW_BUNDLE: changed });
  expect(code).toBe(1);
  expect(lines.slice(1)).toEqual([
    'case: 2 replayed, all agree with this code',
    'referral: 2 replayed, 2 do not agree with this code',
    expect.stringMatching(/^ {2}referral\/R-00000\d \(run .*\): .*Nondeterminism error/),
    expect.stringMatching(/^ {2}referral\/R-00000\d \(run .*\): .*Nondeterminism error/),
    'pruning: 1 replayed, 1 do not agree with this code',
    expect.stringMatching(/^ {2}pruning\/\S+ \(run .*\): .*no such function is exported/),
    expect.stringMatching(/^this version does not fit these histories/),
    '  npm run reconcile -- --restart referral',
    '  npm run reconcile -- --restart pruning',
  ]);
});

test('a workflow that this version does not know is named', async () => {
  await stack.client.workflow.start('unheardOf', { workflowId: 'unheard/1', taskQueue: TASK_QUEUE });
  await stack.client.workflow.start('unheardOf', { workflowId: 'unheard/2', taskQueue: 'another service' });
  const { lines } = await eventually(() => refused([]), { everyMs: 1000 });
  expect(lines).toContain('others: 1 replayed, 1 do not agree with this code');
  expect(lines).toContainEqual(
    expect.stringMatching(/unheard\/1 \(run .*\): this version has no workflow unheardOf/),
  );
  expect(lines.at(-1)).toBe('  others: no row of this version has such a workflow; end it in Temporal');
});

test.each([
  [['--open', '--all'], '--open or --all, not both'],
  [['--limit', 'few'], '--limit takes a whole number from 1'],
])('%j is refused with the usage', async (args, reason) => {
  await expect(verify(args)).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining(`${reason}\nusage: npm run verify-histories`),
  });
});
