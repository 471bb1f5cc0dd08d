import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { MachineError } from '../../tools/machine.cjs';
import { leash } from './leash';

export interface Program {
  readonly pid: number;
  /** The standard output and standard error so far. */
  output(): string;
  isRunning(): boolean;
  /** SIGKILL to the process and all that it started; resolves when they have ended. */
  kill9(): Promise<void>;
  /** SIGTERM, and SIGKILL after a time; resolves when the process has ended. */
  stop(): Promise<void>;
}

/** The longest time for a start on a slow machine: two minutes. */
const PATIENCE_MS = 120_000;
/** Longer than the product's processes need to finish their work. */
const ENDS_WITHIN_MS = 20_000;

/**
 * Starts a program in a process group of its own and waits until `ready` returns true (called every 50 ms). The program ends with this
 * process in every case.
 *
 * @throws Error with the program's output if it ends before it is ready, or is not ready in time
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
 * Starts a server of this machine. If it does not start, tries again.
 *
 * @param name the server's name for people
 * @throws MachineError if no attempt succeeds
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

/** The first and last lines of an output. A Go program first prints the reason, and then the place. */
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
      const force = setTimeout(() => signal('SIGKILL'), ENDS_WITHIN_MS);
      await gone;
      clearTimeout(force);
    },
  };
}
