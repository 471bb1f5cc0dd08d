import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { Client } from 'pg';
import { PLAIN } from '../test/support/global-setup.mjs';
import type { PostgresProcess } from '../tools/postgres.mjs';
import { seedRepublic } from './seed';

/*
 * Seeded records that stay for the next run. A million cases take twenty minutes to seed and seconds to bring up to date.
 * After a change of seed.sql remove the folder.
 */

/** A server on a folder of its own. The tests' set-up uses it in place of its own server. */
export async function serverOn(folder: string): Promise<PostgresProcess> {
  const { startPostgres } = await import('../tools/postgres.mjs');
  const server = await startPostgres({ dir: folder, durable: false, settings: PLAIN });
  process.env['TEST_DATABASE_URL'] = server.url('postgres');
  return server;
}

/** The database of a republic of so many cases: seeded in the first run, migrated in each later one. */
export async function keptRepublic(
  cases: number,
  progress: (line: string) => void,
): Promise<{ url: string; drop(): Promise<void> }> {
  const admin = new URL(process.env['TEST_PG_ADMIN'] ?? '');
  const urlOf = (database: string): string =>
    Object.assign(new URL(admin), { pathname: `/${database}` }).href;
  const [name, unfinished] = [`republic_${cases}`, `unfinished_${cases}`];
  const client = new Client({ connectionString: admin.href });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
    if (rowCount === 0) {
      await client.query(`DROP DATABASE IF EXISTS ${unfinished}`);
      await client.query(`CREATE DATABASE ${unfinished} TEMPLATE template_app`);
      await seedRepublic(urlOf(unfinished), cases, { progress });
      await client.query(`ALTER DATABASE ${unfinished} RENAME TO ${name}`);
    } else bringUpToDate(urlOf(name));
  } finally {
    await client.end();
  }
  return { url: urlOf(name), drop: () => Promise.resolve() };
}

const migrate = path.join(__dirname, '../tools/migrate.mjs');

/** A process of its own, because the migration engine leaves a timer running. */
const bringUpToDate = (url: string): void =>
  void execFileSync(process.execPath, [migrate], { env: { ...process.env, DATABASE_URL: url } });
