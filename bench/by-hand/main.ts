import { Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import { startByHand } from './worker';

/**
 * The worker of the workflows written by hand, in a process of its own as the product's worker is. TEMPORAL_ADDRESS, DATABASE_URL and
 * WORKFLOW_BUNDLE say where everything is.
 */
async function main(): Promise<void> {
  const { TEMPORAL_ADDRESS: address = '', DATABASE_URL = '', WORKFLOW_BUNDLE = '' } = process.env;
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const [connection, nativeConnection] = await Promise.all([
    Connection.connect({ address }),
    NativeConnection.connect({ address }),
  ]);
  await startByHand({ connection, nativeConnection }, DATABASE_URL, { codePath: WORKFLOW_BUNDLE });
  process.stdout.write('"ready"\n');
}

main().catch((error: unknown) => {
  process.stderr.write(`${String(error)}\n`);
  process.exit(1);
});
