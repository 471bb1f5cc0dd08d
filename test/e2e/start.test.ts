import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { temporalProgram } from '../support/programs';

const launcher = path.resolve(__dirname, '../../tools/start.mjs');
const ELSEWHERE = new Set(['DATABASE_URL', 'TEMPORAL_ADDRESS', 'PORT']);
let folder: string;

beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'start-'));
  fs.chmodSync(folder, 0o755); // PostgreSQL may run as another user
});
afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

/** Starts everything on the test's own data folder and waits for the word "Ready". */
async function start(...args: string[]): Promise<{ child: ChildProcess; said: () => string }> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !ELSEWHERE.has(name)));
  const child = spawn(process.execPath, [launcher, ...args], {
    env: {
      ...env,
      NODE_ENV: 'development',
      TEMPORAL_CLI: temporalProgram('cli'),
      YOLLANMA_DATA: path.join(folder, 'data'),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  while (!text.includes('Ctrl-C stops everything')) {
    if (child.exitCode !== null) throw new Error(text);
    await sleep(50);
  }
  return { child, said: () => text };
}

const end = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => {
    child.once('exit', resolve);
  });

/** The processes that were started on the test's data folder. */
const services = (): number[] => {
  const note = path.join(folder, 'data/running.json');
  const { services: started } = JSON.parse(fs.readFileSync(note, 'utf8')) as { services: { pid: number }[] };
  return started.map(({ pid }) => pid);
};

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const stat = `/proc/${pid}/stat`;
  return !fs.existsSync(stat) || !fs.readFileSync(stat, 'utf8').includes(') Z '); // ended, but not yet reaped
}

test('the first command works as printed; when a process dies, it is named and all others are stopped', async () => {
  const { child, said } = await start();
  const pids = services();
  const [, url = '', name = '', value = ''] = /curl -s (\S+) -H '(\w+): (.*)'/.exec(said()) ?? [];
  expect((await fetch(url, { headers: { [name]: value } })).status).toBe(200);
  expect(pids).toHaveLength(5);
  process.kill(pids.at(-1) ?? 0, 'SIGKILL');
  expect(await end(child)).toBe(1);
  expect(said()).toContain('api has ended. Its last words');
  expect(pids.filter(isAlive)).toEqual([]);
});

test('the next start stops the processes of a killed launcher and keeps the data; Ctrl-C leaves no process', async () => {
  const { child } = await start();
  const pids = services();
  child.kill('SIGKILL');
  await end(child);
  expect(pids.every(isAlive)).toBe(true);
  const second = await start();
  expect(second.said()).toContain('stopping 5 processes that an earlier run left behind');
  expect(second.said()).not.toContain('Sample data');
  expect(pids.filter(isAlive)).toEqual([]);
  const others = services();
  second.child.kill('SIGINT');
  expect(await end(second.child)).toBe(0);
  expect([others.length, others.filter(isAlive)]).toEqual([5, []]);
});

test('--reset begins with empty data', async () => {
  const { child, said } = await start('--reset');
  expect(said()).toMatch(/deleted from .*: the database, Temporal's store/);
  expect(said()).toContain('Sample data');
  child.kill('SIGTERM');
  expect(await end(child)).toBe(0);
});
