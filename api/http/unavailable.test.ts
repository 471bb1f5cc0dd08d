import request from 'supertest';
import { defaultSettings } from '../../domain/settings';
import { openDb } from '../../prisma/db';
import { people as by, testApi } from '../../test/support/api';

/** A database nobody answers for. */
const gone = openDb('postgresql://postgres@127.0.0.1:1/none', 2);
const never = { now: () => new Promise<Date>(() => undefined) };
const clock = { now: () => Promise.resolve(new Date('2026-03-02T09:00:00+05:00')) };

test('without a database: 503 with Retry-After; to a command the answer says that its outcome is not known', async () => {
  const api = await testApi({ records: { db: gone, clock, settings: defaultSettings } });
  const read = await api.as(by.supervisor).get('/people');
  expect([read.status, read.headers['retry-after'], read.body.code]).toEqual([503, '5', 'unavailable']);
  expect(read.body.detail).not.toContain('same key');
  const body = { code: '1799', nameLatn: 'X' };
  const command = await api.as(by.administrator).post('/territories', body, { 'Idempotency-Key': 'k' });
  expect([command.status, command.headers['idempotency-key']]).toEqual([503, 'k']);
  expect(command.body.detail).toContain('not known whether it was carried out: send the same key again');
  const ready = await request(api.base).get('/readyz').expect(503);
  expect(ready.body).toEqual({ ready: false, database: 'missing', temporal: 'up' });
  await request(api.base).get('/healthz').expect(200);
  await request(api.base).get('/metrics').expect(200);
  await api.close();
});

test('a request is answered within the limit while the clock does not answer', async () => {
  const api = await testApi();
  const { db } = api;
  const slow = await testApi({
    records: { db, clock: never, settings: defaultSettings },
    limits: { perMinute: 0, answerWithinMs: 200 },
  });
  const answer = await slow.as(by.supervisor).get('/people');
  expect(answer.status).toBe(503);
  await slow.close();
  await api.close();
});

test('too many requests from one address: 429 as a problem, with Retry-After', async () => {
  const api = await testApi({ limits: { perMinute: 2 } });
  await api.as(by.supervisor).get('/people');
  await api.as(by.supervisor).get('/people');
  const answer = await api.as(by.supervisor).get('/people');
  expect([answer.status, answer.body.code]).toEqual([429, 'too_many_requests']);
  expect(answer.headers['retry-after']).toBeDefined();
  await request(api.base).get('/healthz').expect(200);
  await api.close();
});
