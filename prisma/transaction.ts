import { AsyncLocalStorage } from 'node:async_hooks';
import type { Pool, PoolClient, QueryConfig, QueryResult } from 'pg';
import type { Prisma, PrismaClient } from './generated/client';
import { type Connected, type NameOf, type RawStatements, rawStatementsOn } from './raw';

/**
 * One transaction on one connection. Its raw statements go straight to `pg`. A model's first use lets Prisma join the same
 * transaction; a transaction without models costs nothing of Prisma.
 */

/** A transaction's client: models are Prisma's. */
export type Tx = Omit<Prisma.TransactionClient, `$${string}`> & RawStatements;

/** The connection that Prisma's next transaction of this call joins. */
const joined = new AsyncLocalStorage<PoolClient>();

/** The connection to join, for the pool that Prisma asks for one. */
export const connectionToJoin = (): PoolClient | undefined => joined.getStore();

/** Longer than any transaction may last, so that the connection alone decides when the time is over. */
const PRISMA = { maxWait: 60_000, timeout: 600_000 };

export interface TransactionOptions {
  /** After this time the connection is closed, and nothing of the transaction is written. */
  timeoutMs: number;
}

/**
 * @throws the error of `work`, and nothing is written; an error of the database; Error when a statement failed and `work` went on. A
 *   statement that is sent after the end is refused
 */
export async function transact<T>(
  { pool, prisma, nameOf }: { pool: Pool; prisma: PrismaClient; nameOf: NameOf },
  work: (tx: Tx) => Promise<T>,
  { timeoutMs }: TransactionOptions,
): Promise<T> {
  const connection = await pool.connect();
  let lost: Error | undefined;
  const onLost = (error: Error) => (lost = error);
  connection.on('error', onLost);
  const timer = setTimeout(() => connection.connection.stream.destroy(), timeoutMs);
  const line = oneByOne(connection);
  const tx = lazyTx(prisma, withoutEnds(connection, line), rawStatementsOn(line, nameOf));
  try {
    await line.query({ text: 'BEGIN' });
    const result = await work(tx.client);
    await tx.leave();
    const { command } = await line.end('COMMIT');
    if (command !== 'COMMIT') throw new Error('a statement failed, so nothing of the transaction is written');
    return result;
  } catch (error) {
    await tx.leave();
    await line.end('ROLLBACK').catch(onLost);
    throw error;
  } finally {
    clearTimeout(timer);
    connection.off('error', onLost);
    connection.release(lost);
  }
}

/** A transaction's client whose models are Prisma's, from their first use on. */
function lazyTx(
  prisma: PrismaClient,
  connection: PoolClient,
  raw: RawStatements,
): { client: Tx; leave(): Promise<void> } {
  let joining: Promise<Tx> | undefined;
  let leave = (): void => undefined;
  let left: Promise<void> | undefined;
  let isOver = false;

  const join = (): Promise<Tx> => {
    if (isOver) return Promise.reject(new Error(ENDED));
    return (joining ??= joined.run(
      connection,
      () =>
        new Promise<Tx>((resolve, reject) => {
          const until = new Promise<void>((done) => (leave = done));
          left = prisma
            .$transaction((tx) => {
              resolve(tx);
              return until;
            }, PRISMA)
            .catch(reject);
        }),
    ));
  };

  const modelOf = (model: string): object =>
    partsOf({}, (method) => async (...args: unknown[]) => {
      const rows = Reflect.get(await join(), model) as Record<string, (...args: unknown[]) => unknown>;
      return rows[method]?.(...args);
    });
  const client = partsOf({ ...raw }, modelOf) as Tx;
  return {
    client,
    async leave() {
      isOver = true;
      leave();
      await left;
    },
  };
}

/** An object whose parts are made when they are asked for. It is no promise, so an async function may return it. */
const partsOf = (known: Record<string, unknown>, make: (part: string) => unknown): object =>
  new Proxy(known, {
    get: (_, part) =>
      typeof part === 'symbol' || part === 'then' ? undefined : (known[part] ??= make(part)),
  });

const ENDS = new Set(['BEGIN', 'COMMIT', 'ROLLBACK']);
const NOTHING = { rows: [], fields: [], rowCount: 0, command: '', oid: 0 };

/** The statements of a transaction, and its end. */
interface Line extends Connected {
  end(how: 'COMMIT' | 'ROLLBACK'): Promise<QueryResult<object>>;
}

/** A connection that sends a statement once the one before is answered, as `pg` wants it. After the end it sends none. */
function oneByOne(connection: PoolClient): Line {
  let last: Promise<unknown> = Promise.resolve();
  let ended = false;
  const send = (config: QueryConfig): Promise<QueryResult<object>> => {
    const mine = last.then(() => connection.query<object>(config));
    last = mine.catch(() => undefined);
    return mine;
  };
  return {
    query: (config) => (ended ? Promise.reject(new Error(ENDED)) : send(config)),
    end(how) {
      ended = true;
      return send({ text: how });
    },
  };
}

const ENDED = 'the transaction has ended';

/** A connection whose transaction Prisma neither begins nor ends, and which it does not give back. */
const withoutEnds = (connection: PoolClient, line: Connected): PoolClient =>
  new Proxy(connection, {
    get(target, part) {
      if (part === 'release') return () => undefined;
      if (part === 'query')
        return (asked: QueryConfig) => (ENDS.has(asked.text) ? Promise.resolve(NOTHING) : line.query(asked));
      const value: unknown = Reflect.get(target, part);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
