/**
 * `npm test [-- jest arguments]`: sets up missing programs and runs the tests. With `--quick` first (`npm run test:quick`) it runs only
 * the tests that need no Temporal server, and sets up no such server.
 */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runInForeground } from './foreground.mjs';
import { MACHINES_FAULT } from './machine.cjs';
import { root, setUp } from './setup.mjs';

const ROOM = 6 * 2 ** 30;

const isQuick = process.argv[2] === '--quick';
const args = process.argv.slice(isQuick ? 3 : 2);

try {
  const { server, testServer } = await setUp({ server: !isQuick, testServer: !isQuick, useAddress: false });
  process.chdir(root);
  for (const notForTests of ['TEMPORAL_ADDRESS', 'DATABASE_URL']) delete process.env[notForTests];
  const filter = isQuick ? ['--filter', path.join(root, 'test/support/quick.cjs')] : [];
  runInForeground([path.join(root, 'node_modules/jest/bin/jest.js'), ...filter, ...args], {
    ...process.env,
    TMPDIR: folderInMemory() ?? os.tmpdir(),
    TZ: 'UTC',
    NODE_ENV: 'test',
    ...(server && { TEMPORAL_CLI: server.path }),
    ...(testServer && { TEMPORAL_TEST_SERVER: testServer.path }),
    // The time-skipping server runs in Java for some minutes. In that time the thorough compiler costs more than it saves.
    JDK_JAVA_OPTIONS: process.env.JDK_JAVA_OPTIONS ?? '-XX:TieredStopAtLevel=1',
  });
} catch (error) {
  console.error(error.message);
  process.exitCode = MACHINES_FAULT;
}

/** A folder in memory, if it has enough room. Thousands of short-lived databases then use no disk. */
function folderInMemory() {
  const folder = '/dev/shm';
  try {
    fs.accessSync(folder, fs.constants.W_OK);
    const { bavail, bsize } = fs.statfsSync(folder);
    return Math.min(bavail * bsize, os.freemem()) > ROOM ? folder : undefined;
  } catch {
    return undefined;
  }
}
