import { inspect } from 'node:util';
import { MACHINES_FAULT, machinesFault } from '../machine.cjs';
import { type Ground, prepareGround } from './ground';
import { ScenarioError } from './scenario';

/** Stops what it started however it ends. */
export async function withGround<T>(work: (ground: Ground) => Promise<T>): Promise<T> {
  const admin = process.env['SIMULATOR_DATABASE_URL'];
  const ground = await prepareGround(admin ? { admin } : undefined);
  const end = (defect?: Error) => {
    const code = defect ? complain(defect) : 1;
    void ground.stop().finally(() => process.exit(code));
  };
  process.once('uncaughtException', end);
  // Whoever reads may stop reading, as `head` does.
  process.stdout.once('error', () => end());
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => end());
  try {
    return await work(ground);
  } finally {
    await ground.stop();
  }
}

/**
 * Runs a program of the simulator: it exits with 1 when something was not as expected or cannot be done, and with 3
 * when this machine cut the run short.
 */
export function runAsProgram(main: () => Promise<boolean>): void {
  // The database driver's advice to its own callers is not for those who simulate.
  process.noDeprecation = true;
  main().then(
    (isAsExpected) => process.exit(isAsExpected ? 0 : 1),
    (error: unknown) => process.exit(complain(error)),
  );
}

/** @returns the exit code that belongs to what was thrown */
function complain(error: unknown): number {
  const shown = error instanceof ScenarioError ? error.message : inspect(error);
  const fault = error instanceof ScenarioError ? undefined : machinesFault(shown);
  console.error(shown);
  if (fault === undefined) return 1;
  console.error(`\nThis machine cut the run short, which says nothing of the scenario: ${fault}.`);
  return MACHINES_FAULT;
}
