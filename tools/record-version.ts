/**
 * `node tools/run.mjs tools/record-version.ts` keeps this version in `test/version-before`, for the test of the next upgrade: the
 * record and Temporal's store, half-way through a scenario. Run it in a checkout of the version that is in use, at its release.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { furnish } from '../test/support/budget';
import { firstHalf, keepVersion } from '../test/support/version-before';
import { startStack } from '../test/support/stack';

async function main(): Promise<void> {
  mkdirSync(path.resolve(__dirname, '../test/version-before'), { recursive: true });
  const stack = await startStack();
  try {
    await furnish(stack, 2023);
    await keepVersion(stack, await firstHalf(stack));
  } finally {
    await stack.close();
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
