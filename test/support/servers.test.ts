import fs from 'node:fs';
import { Client, Connection } from '@temporalio/client';
import { Client as Postgres } from 'pg';
import { devServer } from './dev-server';
import { postgresServer } from './postgres-server';
import { timeSkippingServer } from './time-skipping';

test('the time-skipping server skips days', async () => {
  const env = await timeSkippingServer();
  try {
    const before = await env.currentTimeMs();
    await env.sleep('5 days');
    expect(await env.currentTimeMs()).toBeGreaterThanOrEqual(before + 5 * 86_400_000);
  } finally {
    await env.teardown();
  }
});

test('a Temporal server keeps its executions through kill -9', async () => {
  const server = await devServer();
  try {
    const start = await Connection.connect({ address: server.address });
    await new Client({ connection: start }).workflow.start('anything', {
      taskQueue: 'none',
      workflowId: 'w1',
    });
    await start.close();
    await server.kill9();
    await server.restart();
    const again = await Connection.connect({ address: server.address });
    const { status } = await new Client({ connection: again }).workflow.getHandle('w1').describe();
    await again.close();
    expect(status.name).toBe('RUNNING');
  } finally {
    await server.stop();
  }
  expect(fs.existsSync(server.databaseFile)).toBe(false);
});

test('a PostgreSQL keeps committed rows through kill -9', async () => {
  const server = await postgresServer();
  try {
    await query(server.url, 'create table kept as select 42 as answer');
    await server.kill9();
    await expect(query(server.url, 'select 1')).rejects.toThrow(/ECONNREFUSED/);
    await server.restart();
    expect(await query(server.url, 'select answer from kept')).toEqual([{ answer: 42 }]);
  } finally {
    await server.stop();
  }
});

async function query(connectionString: string, sql: string): Promise<unknown[]> {
  const client = new Postgres({ connectionString });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(sql)).rows as unknown[];
  } finally {
    await client.end();
  }
}
