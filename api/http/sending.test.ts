import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { Client } from 'pg';
import { type Db, openDb } from '../../prisma/db';
import { untilGivenUp } from '../../prisma/cancelling';
import { freshDatabase } from '../../test/support/database';
import { eventually } from '../../test/support/eventually';
import { disconnectionOf } from './body';
import type { Reply } from './route';
import { send } from './sending';
import { csvOf } from './tables';

let base: string;
let server: Server;
let reply: () => Reply;
const failures: unknown[] = [];

beforeAll(async () => {
  const app = express();
  app.get('/', async (_req, res) => {
    const disconnected = disconnectionOf(res);
    try {
      await untilGivenUp(disconnected, () => send(res, reply(), disconnected));
    } catch (error) {
      failures.push(error);
      if (!res.headersSent) res.sendStatus(503);
    }
  });
  server = createServer(app).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());
beforeEach(() => void failures.splice(0));

const MANY = 200_000;
const rows = Array.from({ length: MANY }, (_, n) => ({ n, text: `Line ${n} of a large report` }));

test('a large CSV arrives in parts, and other requests have their turn meanwhile', async () => {
  reply = () => csvOf(['n', 'text'], rows);
  const answer = await fetch(base);
  expect(answer.headers.get('content-length')).toBeNull();
  expect(answer.headers.get('content-type')).toContain('text/csv');
  let turns = 0;
  const counting = setInterval(() => (turns += 1), 1);
  const parts: string[] = [];
  const decoder = new TextDecoder();
  if (!answer.body) throw new Error('no body');
  for await (const part of answer.body) parts.push(decoder.decode(part as Uint8Array, { stream: true }));
  clearInterval(counting);
  const lines = parts.join('').split('\n');
  expect(parts.length).toBeGreaterThan(50);
  expect(turns).toBeGreaterThan(5);
  expect([lines.length, lines[0], lines[1], lines[MANY]]).toEqual([
    MANY + 2,
    'n,text',
    '0,Line 0 of a large report',
    `${MANY - 1},Line ${MANY - 1} of a large report`,
  ]);
});

test('a part is made when the part before it was taken', async () => {
  let made = 0;
  function* parts() {
    for (; made < 1000; made++) yield 'x'.repeat(100_000);
  }
  reply = () => ({ status: 200, type: 'text/csv', parts: parts() });
  const leaving = new AbortController();
  const answer = await fetch(base, { signal: leaving.signal });
  const reader = answer.body?.getReader();
  await reader?.read();
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(made).toBeLessThan(300);
  leaving.abort();
  await eventually(() => Promise.resolve(expect(failures).toHaveLength(1)));
  expect(made).toBeLessThan(300);
});

test('a failure before the first part is no half answer', async () => {
  const next = () => Promise.reject(new Error('the record is away'));
  const parts: AsyncIterable<string> = { [Symbol.asyncIterator]: () => ({ next }) };
  reply = () => ({ status: 200, type: 'text/csv', parts });
  expect((await fetch(base)).status).toBe(503);
});

describe('parts from the record', () => {
  let db: Db;
  let url: string;
  let drop: () => Promise<void>;
  beforeAll(async () => {
    ({ url, drop } = await freshDatabase());
    db = openDb(url, 2);
  });
  afterAll(async () => {
    await db.$disconnect();
    await drop();
  });

  test('the statement of a caller who goes away stops', async () => {
    async function* parts() {
      yield 'n\n';
      await db.$queryRaw`SELECT 1 FROM (SELECT pg_sleep(60)) AS slow`;
    }
    reply = () => ({ status: 200, type: 'text/csv', parts: parts() });
    const watching = new Client({ connectionString: url });
    await watching.connect();
    const sleeping = async () => {
      const { rows: found } = await watching.query(
        `SELECT pid FROM pg_stat_activity WHERE query LIKE '%pg_sleep(60)%' AND state = 'active' AND pid <> pg_backend_pid()`,
      );
      return found.length;
    };
    const leaving = new AbortController();
    const answer = await fetch(base, { signal: leaving.signal });
    await answer.body?.getReader().read();
    await eventually(async () => expect(await sleeping()).toBe(1));
    leaving.abort();
    await eventually(async () => expect(await sleeping()).toBe(0));
    await watching.end();
  });
});
