import { randomUUID } from 'node:crypto';
import { Client } from 'pg';

/**
 * A private, migrated database, cloned from the template that the test run prepared (0.1 to 0.3 s). One per test file
 * is usual: open it in `beforeAll`, drop it in `afterAll` after closing what is connected to it.
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

async function run(connectionString: string, sql: string): Promise<void> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
