/** `npm test [-- jest arguments]`: sets up what is missing and runs the tests. */
import path from 'node:path';
import { runInForeground } from './foreground.mjs';
import { root, setUp } from './setup.mjs';

try {
  const { server, testServer } = await setUp({ server: true, testServer: true, useAddress: false });
  process.chdir(root);
  for (const notForTests of ['TEMPORAL_ADDRESS', 'DATABASE_URL']) delete process.env[notForTests];
  runInForeground([path.join(root, 'node_modules/jest/bin/jest.js'), ...process.argv.slice(2)], {
    ...process.env,
    TZ: 'UTC',
    NODE_ENV: 'test',
    TEMPORAL_CLI: server.path,
    TEMPORAL_TEST_SERVER: testServer.path,
    // Run by Java, it lives for minutes: the thorough compiler costs more than it gives back.
    JDK_JAVA_OPTIONS: process.env.JDK_JAVA_OPTIONS ?? '-XX:TieredStopAtLevel=1',
  });
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
