import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';

/**
 * A namespace of its own on the run's Temporal server, whose time is real: for suites that move their own clock and need no
 * server that skips time (1 to 3 s, and slow while it is new).
 *
 * @throws Error when there was no such server as the run began
 */
export async function temporalNamespace() {
  const address = process.env['TEST_TEMPORAL'];
  if (!address)
    throw new Error('There is no time-skipping server of Temporal: run tests with `npm test`, which gets it');
  const namespace = `t-${randomUUID()}`;
  const [connection, nativeConnection] = await Promise.all([
    Connection.connect({ address }),
    NativeConnection.connect({ address }),
  ]);
  return {
    namespace,
    nativeConnection,
    client: new Client({ connection, namespace }),
    async close(): Promise<void> {
      await connection.close();
      await nativeConnection.close();
    },
  };
}
