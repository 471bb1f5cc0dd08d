import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { MachineError } from '../../tools/machine.cjs';
import { eventually } from './eventually';

/**
 * A namespace of its own on the run's Temporal server, for suites that move their own clock. A time-skipping server of their own would
 * take seconds to start, and would be slow while it is new.
 *
 * @throws Error with the reason if there is no such server
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

/** The server starts with the run and takes a second or two. */
const connected = (address: string): Promise<Connection> =>
  eventually(() => Connection.connect({ address, connectTimeout: '20s' })).catch((cause: unknown) => {
    throw new MachineError(`The tests' Temporal server does not answer on ${address}`, { cause });
  });
