import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { eventually } from '../../test/support/eventually';
import { people, testApi } from '../../test/support/api';

/** Another connection locks the cases, so that each list of cases waits until the lock is given back. */

type Api = Awaited<ReturnType<typeof testApi>>;

const locking = async (api: Api) => {
  const client = new Client({ connectionString: api.url });
  await client.connect();
  await client.query('BEGIN; LOCK TABLE cases IN ACCESS EXCLUSIVE MODE');
  const running = async (): Promise<number> => {
    const rows = await api.db.$queryRaw<object[]>`
      SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
    return rows.length;
  };
  return { running, end: () => client.end() };
};

const list = async (api: Api, signal?: AbortSignal) =>
  fetch(`${api.base}/v1/cases`, {
    headers: { Authorization: `Bearer ${await api.token(people.auditor)}` },
    ...(signal && { signal }),
  });

test('the statements of a caller who goes away stop, and the next callers are answered', async () => {
  const api = await testApi();
  const lock = await locking(api);
  const leaving = new AbortController();
  const gone = list(api, leaving.signal).catch((error: unknown) => error);
  await eventually(async () => expect(await lock.running()).toBe(1));
  leaving.abort();
  await gone;
  await eventually(async () => expect(await lock.running()).toBe(0));
  await lock.end();
  expect((await list(api)).status).toBe(200);
  expect(api.logged.filter((line) => line.includes('"level":50'))).toEqual([]);
  await api.close();
}, 30_000);

test('the statements of a read that took too long stop, and no other begins', async () => {
  const api = await testApi({ limits: { perMinute: 0, answerWithinMs: 300 } });
  const lock = await locking(api);
  expect((await list(api)).status).toBe(503);
  await eventually(async () => expect(await lock.running()).toBe(0));
  await pause(1000);
  expect(await lock.running()).toBe(0);
  await lock.end();
  await api.close();
}, 30_000);
