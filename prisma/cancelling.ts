import { AsyncLocalStorage } from 'node:async_hooks';
import { Pool, type PoolClient } from 'pg';
import { connectionToJoin } from './transaction';

/** Statements whose result nobody waits for any more are stopped. */

const waiting = new AsyncLocalStorage<AbortSignal>();

/**
 * Reads for somebody who may stop waiting. Then the statement that runs is stopped, and no other begins.
 *
 * @param givenUp aborted when nobody waits any more
 */
export const untilGivenUp = <T>(givenUp: AbortSignal, read: () => Promise<T>): Promise<T> =>
  waiting.run(givenUp, read);

/** The server looks this often whether the client of a running statement is still there. */
export const CHECKS_FOR_CLIENT = '-c client_connection_check_interval=500';

type Connected = Parameters<Pool['connect']>[0];

/**
 * A pool that closes the connection of a read that is given up, so that the server stops its statement. A transaction that joins
 * another gets the other's connection.
 */
export class CancellingPool extends Pool {
  override connect(): Promise<PoolClient>;
  override connect(callback: Connected): void;
  override connect(callback?: Connected): Promise<PoolClient> | void {
    const known = connectionToJoin();
    if (known && !callback) return Promise.resolve(known);
    const givenUp = waiting.getStore();
    if (!givenUp) return callback ? super.connect(callback) : super.connect();
    if (!callback) return givenUp.aborted ? Promise.reject(reasonOf(givenUp)) : this.connected(givenUp);
    if (givenUp.aborted) return callback(reasonOf(givenUp), undefined, () => undefined);
    super.connect((error, client, done) => {
      if (client) stopWhen(givenUp, client);
      callback(error, client, done);
    });
  }

  private async connected(givenUp: AbortSignal): Promise<PoolClient> {
    const client = await super.connect();
    stopWhen(givenUp, client);
    return client;
  }
}

const reasonOf = ({ reason }: AbortSignal): Error =>
  reason instanceof Error ? reason : new Error('given up');

/** Until the client is released, its connection is closed when the read is given up. */
function stopWhen(givenUp: AbortSignal, client: PoolClient): void {
  const stop = () => client.connection.stream.destroy();
  const release = client.release.bind(client);
  client.release = (error) => {
    givenUp.removeEventListener('abort', stop);
    release(error);
  };
  if (givenUp.aborted) stop();
  else givenUp.addEventListener('abort', stop, { once: true });
}
