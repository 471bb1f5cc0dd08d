/**
 * `node tools/run.mjs tools/record-version.ts` keeps the record and Temporal's store of this version in `test/version-before`,
 * half-way through a scenario. The test of the next upgrade begins there. At a release, run it in a checkout of the released version.
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
