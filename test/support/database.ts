import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { type Db, openDb } from '../../prisma/db';
import type { OpenDatabase } from '../../tools/simulator/ground';

/**
 * A private, migrated database, cloned from the template that the test run prepared (0.1 to 0.3 s). Most test files use one: open it
 * in `beforeAll`. In `afterAll` close its connections, then drop it.
 */
export async function freshDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const admin = process.env['TEST_PG_ADMIN'];
  if (!admin) throw new Error('TEST_PG_ADMIN is not set: run tests with `npm test` or `npx jest`');
  const name = `t_${randomUUID().replaceAll('-', '').slice(0, 20)}`;
  await run(admin, `create database ${name} template template_app`);
  const url = new URL(admin);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => run(admin, `drop database if exists ${name} with (force)`) };
}

declare global {
  /** The work after a file's last hook (test/support/environment.cjs). */
  var atEndOfFile: (() => Promise<unknown>)[] | undefined;
}

/** A database with a client that has open connections and plans from the tests before. */
interface Warm {
  db: Db;
  connections: number;
  empty(): Promise<void>;
}

const free = new Set<Warm>();

/**
 * A database like the template, with a client. After `close` it is emptied for the file's next test, and its statements stay planned.
 * At the file's end it is dropped.
 */
export async function warmDatabase(connections = 5): Promise<OpenDatabase> {
  const warm = [...free].find((one) => one.connections === connections) ?? (await newWarm(connections));
  free.delete(warm);
  await warm.empty();
  return { db: warm.db, close: () => Promise.resolve(void free.add(warm)) };
}

async function newWarm(connections: number): Promise<Warm> {
  const database = await freshDatabase();
  const db = openDb(database.url, connections);
  const emptying = new Client({ connectionString: database.url });
  await emptying.connect();
  const statements = await statementsToEmpty(emptying);
  globalThis.atEndOfFile?.push(async () => {
    await db.$disconnect();
    await emptying.end();
    await database.drop();
  });
  return { db, connections, empty: async () => void (await emptying.query(statements)) };
}

/** Keeps a copy of a new database's rows. Returns a way to restore them without the triggers that forbid it. */
async function statementsToEmpty(client: Client): Promise<string> {
  const names = async (sql: string) =>
    (await client.query<{ name: string }>(sql)).rows.map(({ name }) => name);
  const tables = await names("select tablename as name from pg_tables where schemaname = 'public'");
  const shipped = await names(
    tables.map((name) => `select '${name}' as name where exists (table ${name})`).join(' union all '),
  );
  await client.query('create schema aside');
  for (const name of shipped) await client.query(`create table aside.${name} as table ${name}`);
  await client.query("set session_replication_role = replica; set lock_timeout = '10s'");
  return [
    ...tables.map((name) => `delete from ${name}`),
    ...shipped.map((name) => `insert into ${name} overriding system value table aside.${name}`),
    "select setval(sequencename::regclass, start_value, false) from pg_sequences where schemaname = 'public'",
  ].join(';');
}

async function run(connectionString: string, sql: string): Promise<void> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
