import { type Ground, prepareGround } from './ground';
import { ScenarioError } from './scenario';

/** Stops what it started however it ends. */
export async function withGround<T>(work: (ground: Ground) => Promise<T>): Promise<T> {
  const admin = process.env['SIMULATOR_DATABASE_URL'];
  const ground = await prepareGround(admin ? { admin } : undefined);
  const end = (defect?: Error) => {
    if (defect) console.error(defect);
    void ground.stop().finally(() => process.exit(1));
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

/** Runs a program of the simulator: it exits with 1 when something was not as expected, or cannot be done. */
export function runAsProgram(main: () => Promise<boolean>): void {
  // The database driver's advice to its own callers is not for those who simulate.
  process.noDeprecation = true;
  main().then(
    (isAsExpected) => process.exit(isAsExpected ? 0 : 1),
    (error: unknown) => {
      console.error(error instanceof ScenarioError ? error.message : error);
      process.exit(1);
    },
  );
}
