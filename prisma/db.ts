import { PrismaPg } from '@prisma/adapter-pg';
import { type Prisma, PrismaClient } from './generated/client';
import { LOOKS_FOR_CLIENT, WantedPool } from './wanted';

/**
 * A client of the legal record.
 *
 * @param connectionString of PostgreSQL
 * @param connections the pool's size: at least as many as there are activity slots in the worker that uses it
 */
export const openDb = (connectionString: string, connections = 20) =>
  new PrismaClient({
    errorFormat: 'minimal', // also outside production: the other formats take a stack for every query
    adapter: new PrismaPg(
      new WantedPool({
        connectionString,
        max: connections,
        connectionTimeoutMillis: 3000,
        options: `${IN_UTC} ${LOOKS_FOR_CLIENT}`,
      }),
      { statementNameGenerator: statementNames(), disposeExternalPool: true },
    ),
  });

/** The adapter writes instants in UTC without a time zone. In a session of another time zone they would be other instants. */
const IN_UTC = '-c TimeZone=UTC';

/** The most statements that stay prepared on a connection. A list of ids makes one statement for each of its lengths. */
const PREPARED = 500;

/**
 * Names for the first statements of a process, so that PostgreSQL parses each once on a connection. A later statement has no name
 * and is parsed each time.
 */
function statementNames(): (query: { sql: string }) => string {
  const names = new Map<string, string>();
  return ({ sql }) => {
    const known = names.get(sql);
    if (known !== undefined) return known;
    const name = names.size < PREPARED ? `s${names.size}` : '';
    if (name) names.set(sql, name);
    return name;
  };
}

export type Db = ReturnType<typeof openDb>;
export type Tx = Prisma.TransactionClient;
export type Json = Prisma.InputJsonValue;
