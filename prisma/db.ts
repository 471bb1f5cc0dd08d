import { PrismaPg } from '@prisma/adapter-pg';
import { type Prisma, PrismaClient } from './generated/client';
import { type Straight, statementNames, straightTo } from './straight';
import { transact, type TransactionOptions, type Tx } from './transaction';
import { LOOKS_FOR_CLIENT, WantedPool } from './wanted';

/**
 * A client of the legal record.
 *
 * @param connectionString of PostgreSQL
 * @param connections the pool's size: at least as many as there are activity slots in the worker that uses it
 */
export function openDb(connectionString: string, connections = 20): Db {
  const nameOf = statementNames();
  const pool = new WantedPool({
    connectionString,
    max: connections,
    connectionTimeoutMillis: 3000,
    options: `${IN_UTC} ${LOOKS_FOR_CLIENT}`,
  });
  const prisma = new PrismaClient({
    errorFormat: 'minimal', // also outside production: the other formats take a stack for every query
    adapter: new PrismaPg(pool, { statementNameGenerator: nameOf, disposeExternalPool: true }),
  });
  const own = {
    ...straightTo(pool, nameOf),
    inTransaction: <T>(work: (tx: Tx) => Promise<T>, options: TransactionOptions) =>
      transact({ pool, prisma, nameOf }, work, options),
  };
  return new Proxy(prisma as Db, {
    get: (target, part) => Reflect.get(part in own ? own : target, part) as unknown,
  });
}

/** The adapter writes instants in UTC without a time zone. In a session of another time zone they would be other instants. */
const IN_UTC = '-c TimeZone=UTC';

export type { Tx };
export type Json = Prisma.InputJsonValue;

/** Prisma's client. Its raw statements go straight to `pg`. */
export type Db = Omit<PrismaClient, keyof Straight> &
  Straight & {
    /** Does some work in one transaction. */
    inTransaction<T>(work: (tx: Tx) => Promise<T>, options: TransactionOptions): Promise<T>;
  };
