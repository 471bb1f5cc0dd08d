import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { MachineError } from '../../tools/machine.cjs';
import { leash } from './leash';

export interface Program {
  readonly pid: number;
  /** What it wrote to standard output and standard error so far. */
  output(): string;
  isRunning(): boolean;
  /** SIGKILL to it and everything it started; resolves when it is gone. */
  kill9(): Promise<void>;
  /** SIGTERM, and SIGKILL after ten seconds; resolves when it is gone. */
  stop(): Promise<void>;
}

/** What a program may take to start where a machine is slow: a minute, and as much again. */
const PATIENCE_MS = 120_000;

/**
 * Starts a program in a process group of its own and waits until `ready` answers true (asked every 50 ms). It ends with this process, however that ends. Throws with its output when it ends before, or is not ready in
 * time.
 */
export async function startProgram(
  command: string,
  args: string[],
  options: {
    env?: NodeJS.ProcessEnv;
    cwd?: string;
    ready: (output: string) => boolean | Promise<boolean>;
  },
): Promise<Program> {
  const child = spawn(command, args, {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const program = handle(child, () => text);
  const deadline = performance.now() + PATIENCE_MS;
  while (!(await options.ready(text))) {
    if (!program.isRunning() || performance.now() > deadline) {
      await program.kill9();
      throw new Error(`${[command, ...args].join(' ')} did not get ready:\n${inBrief(text)}`);
    }
    await sleep(50);
  }
  return program;
}

const ATTEMPTS = 3;

/**
 * Starts a server of this machine, which now and then does not start.
 *
 * @param name how a person calls it
 * @throws MachineError when it never did
 */
export async function startServer<T>(name: string, start: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await start();
    } catch (error) {
      if (attempt < ATTEMPTS) continue;
      throw new MachineError(`${name} did not start in ${ATTEMPTS} attempts`, { cause: error });
    }
  }
}

/** How it begins and how it ends: a Go program says why first, and then where. */
const inBrief = (text: string): string =>
  text.length > 2000 ? `${text.slice(0, 1000)}\n…\n${text.slice(-1000)}` : text;

function handle(child: ChildProcess, output: () => string): Program {
  const gone = new Promise<void>((resolve) => {
    child.once('close', () => resolve()).once('error', () => resolve());
  });
  const isRunning = (): boolean =>
    child.pid !== undefined && child.exitCode === null && child.signalCode === null;
  const signal = (name: NodeJS.Signals): void => {
    if (isRunning() && child.pid) process.kill(-child.pid, name);
  };
  if (child.pid !== undefined) void gone.then(leash(child.pid));
  return {
    pid: child.pid ?? 0,
    output,
    isRunning,
    async kill9() {
      signal('SIGKILL');
      await gone;
    },
    async stop() {
      signal('SIGTERM');
      const force = setTimeout(() => signal('SIGKILL'), 10_000);
      await gone;
      clearTimeout(force);
    },
  };
}
