import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';

/** It begins with the run, in a second or two. */
const PATIENCE_MS = 30_000;

/**
 * A namespace of its own on the run's Temporal server, for suites that move their own clock: one of their own that skips time
 * costs 1 to 3 s, and is slow while it is new.
 *
 * @throws Error when there is no such server, with the reason
 */
export async function temporalNamespace() {
  const address = process.env['TEST_TEMPORAL'];
  if (!address)
    throw new Error(process.env['TEST_TEMPORAL_MISSING'] ?? 'run tests with `npm test` or `npx jest`');
  const namespace = `t-${randomUUID()}`;
  const connection = await connected(address);
  const nativeConnection = await NativeConnection.connect({ address });
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

async function connected(address: string): Promise<Connection> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await Connection.connect({ address, connectTimeout: '2s' });
    } catch (error) {
      if (performance.now() > deadline)
        throw new Error(`The tests' Temporal server does not answer on ${address}`, { cause: error });
      await sleep(100);
    }
  }
}
