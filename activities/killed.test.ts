import { spawn } from 'node:child_process';
import { isDeepStrictEqual } from 'node:util';
import type { Bench } from '../test/support/bench';
import { decisionNames, type Given, given, onRecord, statusOf } from '../test/support/decisions';
import { oneFile } from '../test/support/one-file';

const PROGRAM = 'test/support/dies-before.ts';
const SOURCES = [PROGRAM, 'activities', 'contracts', 'domain', 'prisma', 'records', 'registers', 'workflows'];

let program: string;
let bench: Bench;
beforeAll(async () => {
  program = await oneFile('dies-before', PROGRAM, SOURCES);
}, 60_000);
afterEach(() => bench.close());

/** A process that carries out a command and is killed in place of its nth statement. @returns its answer, unless it was killed */
async function inProcess({ subject, activity, command }: Given, n: number): Promise<string | undefined> {
  const [{ name }] = await bench.db.$queryRaw<[{ name: string }]>`SELECT current_database() AS name`;
  const url = new URL(process.env['TEST_PG_ADMIN'] ?? '');
  url.pathname = `/${name}`;
  const at = (await bench.clock.now()).toISOString();
  const child = spawn(process.execPath, [program, url.href, at, subject, activity, command, String(n)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((ended) =>
    child.once('close', (...how) => ended(how)),
  );
  if (signal === 'SIGKILL') return undefined;
  if (code !== 0) throw new Error(`the process ended with ${code}: ${said}`);
  return said;
}

const commandOf = async ({ command }: Given): Promise<string> =>
  (await bench.db.command.findUniqueOrThrow({ where: { id: command } })).state;

test.each(decisionNames)(
  '%s, by a process that is killed between any two statements, is all done or not begun, and the same command ends it',
  async (which) => {
    const decision = await given(which);
    bench = decision.bench;
    const before = await onRecord(bench);
    let left = before;
    let killed = 0;
    let answer = await inProcess(decision, 1);
    for (; answer === undefined; answer = await inProcess(decision, killed + 1)) {
      killed += 1;
      const found = await onRecord(bench);
      // The commit was sent before the last statements.
      if (isDeepStrictEqual(left, before)) left = found;
      expect(found).toEqual(left);
      expect(await commandOf(decision)).toBe(isDeepStrictEqual(left, before) ? 'pending' : 'done');
    }
    expect(killed).toBeGreaterThan(5);
    expect(answer).toBe(String(statusOf(which)));
    const after = await onRecord(bench);
    expect(after).not.toEqual(before);
    expect(await inProcess(decision, Infinity)).toBe(answer);
    expect(await onRecord(bench)).toEqual(after);
  },
  300_000,
);
