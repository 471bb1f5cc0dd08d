import { inspect } from 'node:util';
import { MACHINES_FAULT, machinesFault } from '../machine.cjs';
import { type Ground, prepareGround } from './ground';
import { ScenarioError } from './scenario';

/** Runs work on the servers of the simulator. Stops the servers at every kind of end. */
export async function withGround<T>(work: (ground: Ground) => Promise<T>): Promise<T> {
  const admin = process.env['SIMULATOR_DATABASE_URL'];
  const ground = await prepareGround(admin ? { admin } : undefined);
  const end = (defect?: Error) => {
    const code = defect ? complain(defect) : 1;
    void ground.stop().finally(() => process.exit(code));
  };
  process.once('uncaughtException', end);
  // The reader of the output may end early, as `head` does.
  process.stdout.once('error', () => end());
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => end());
  try {
    return await work(ground);
  } finally {
    await ground.stop();
  }
}

/**
 * Runs a program of the simulator. The exit code is 1 if a result was not as expected or a step cannot be done, and 3 if this machine
 * cut the run short.
 */
export function runAsProgram(main: () => Promise<boolean>): void {
  // The database driver's deprecation warnings are of no use to users of the simulator.
  process.noDeprecation = true;
  main().then(
    (isAsExpected) => process.exit(isAsExpected ? 0 : 1),
    (error: unknown) => process.exit(complain(error)),
  );
}

/** @returns the exit code of an error */
function complain(error: unknown): number {
  const shown = error instanceof ScenarioError ? error.message : inspect(error);
  const fault = error instanceof ScenarioError ? undefined : machinesFault(shown);
  console.error(shown);
  if (fault === undefined) return 1;
  console.error(`\nThis machine cut the run short, which says nothing of the scenario: ${fault}.`);
  return MACHINES_FAULT;
}
