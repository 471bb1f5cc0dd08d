import { PrismaPg } from '@prisma/adapter-pg';
import { type Prisma, PrismaClient } from './generated/client';
import { type RawStatements, statementNames, rawStatementsOn } from './raw';
import { transact, type TransactionOptions, type Tx } from './transaction';
import { CHECKS_FOR_CLIENT, CancellingPool } from './cancelling';

/**
 * A client of the legal record.
 *
 * @param connectionString of PostgreSQL
 * @param connections the pool's size: at least as many as there are activity slots in the worker that uses it
 */
export function openDb(connectionString: string, connections = 20): Db {
  const nameOf = statementNames();
  const pool = new CancellingPool({
    connectionString,
    max: connections,
    connectionTimeoutMillis: 3000,
    options: `${IN_UTC} ${QUICK_PAGES} ${CHECKS_FOR_CLIENT}`,
  });
  // An idle connection that is lost is replaced. Prisma takes care of the pool only from the first use of a model on.
  pool.on('error', () => undefined);
  const prisma = new PrismaClient({
    errorFormat: 'minimal', // also outside production: the other formats take a stack for every query
    adapter: new CountingInAnyOrder(pool, { statementNameGenerator: nameOf }),
  });
  let ended: Promise<void> | undefined;
  const own = {
    $disconnect: () => (ended ??= prisma.$disconnect().then(() => pool.end())),
    ...rawStatementsOn(pool, nameOf),
    inTransaction: <T>(work: (tx: Tx) => Promise<T>, options: TransactionOptions) =>
      transact({ pool, prisma, nameOf }, work, options),
  };
  return new Proxy(prisma as Db, {
    get: (target, part) => Reflect.get(part in own ? own : target, part) as unknown,
  });
}

/** The adapter writes instants in UTC without a time zone. In a session of another time zone they would be other instants. */
export const IN_UTC = '-c TimeZone=UTC';

/** PostgreSQL expects disks with heads, which read a page elsewhere four times as slowly. It would rather walk a table than an index. */
export const QUICK_PAGES = '-c random_page_cost=1.1';

/** Prisma counts the first rows in their order. They are as many in any order, and then PostgreSQL stops at the last that counts. */
class CountingInAnyOrder extends PrismaPg {
  override async connect(): ReturnType<PrismaPg['connect']> {
    const adapter = await super.connect();
    const query = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = (asked) => query({ ...asked, sql: asked.sql.replace(ORDERED_COUNT, '$1 $2') });
    return adapter;
  }
}

const ORDERED_COUNT = /^(SELECT COUNT\(\*\).*) ORDER BY [\w".]+ ASC (LIMIT \$\d+ OFFSET \$\d+\) AS "sub")$/;

export type { Tx };
export type Json = Prisma.InputJsonValue;

/** Prisma's client. Its raw statements go straight to `pg`. */
export type Db = Omit<PrismaClient, keyof RawStatements> &
  RawStatements & {
    /** Does some work in one transaction. */
    inTransaction<T>(work: (tx: Tx) => Promise<T>, options: TransactionOptions): Promise<T>;
  };
