/**
 * `node tools/run.mjs <file.ts> [arguments]`: sets up missing programs, then runs a TypeScript file. If `npm start` is running, the
 * file uses its servers by default. Messages of the set-up go to standard error. Standard output is the file's own.
 */
import path from 'node:path';
import { runInForeground } from './foreground.mjs';
import { MACHINES_FAULT } from './machine.cjs';
import { addressesOf } from './running.mjs';
import { root, setUp, typescript } from './setup.mjs';

const [file, ...args] = process.argv.slice(2);

if (!file) {
  console.error('usage: node tools/run.mjs <file.ts> [arguments]');
  process.exit(1);
}
try {
  const skipsTime = file.startsWith('tools/simulator/') || file.startsWith('bench/');
  const { testServer } = await setUp({
    testServer: skipsTime,
    cluster: args.includes('--cluster'),
    log: (line) => console.error(line),
  });
  runInForeground([...typescript, path.join(root, file), ...args], {
    ...addressesOf(path.join(process.env.YOLLANMA_DATA ?? path.join(root, '.data'), 'running.json')),
    ...process.env,
    TZ: 'UTC',
    ...(testServer && { TEMPORAL_TEST_SERVER: testServer.path }),
  });
} catch (error) {
  console.error(error.message);
  process.exitCode = MACHINES_FAULT;
}
