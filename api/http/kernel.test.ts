import request from 'supertest';
import { people as officials, testApi, territories } from '../../test/support/api';

let api: Awaited<ReturnType<typeof testApi>>;
beforeAll(async () => {
  api = await testApi();
  await api.db.territory.createMany({ data: territories });
});
afterAll(() => api.close());

test('health, readiness, metrics and the OpenAPI document are public', async () => {
  await request(api.base).get('/healthz').expect(200);
  await request(api.base).get('/readyz').expect(200, { ready: true, database: 'up', temporal: 'up' });
  const metrics = await request(api.base).get('/metrics').expect(200);
  expect(metrics.text).toContain('http_request_duration_seconds');
  const document = await request(api.base).get('/openapi.json').expect(200);
  expect(document.body).toMatchObject({ openapi: '3.1.0' });
});

test('the reference page serves every file itself', async () => {
  const page = await request(api.base).get('/docs/').expect(200);
  expect(page.text).toContain('name="viewport"');
  expect(page.headers['content-security-policy']).toMatch(/script-src 'self';/);
  const files = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file]) => file as string);
  expect(files.length).toBeGreaterThan(2);
  for (const file of files) {
    expect(file).not.toMatch(/^(https?:)?\/\//);
    await request(api.base).get(file).expect(200);
  }
});

test('a correlation id is accepted and answered, or made', async () => {
  const sent = await request(api.base).get('/healthz').set('X-Correlation-Id', 'desk-42');
  expect(sent.headers['x-correlation-id']).toBe('desk-42');
  const made = await request(api.base).get('/healthz').set('X-Correlation-Id', 'not acceptable!');
  expect(made.headers['x-correlation-id']).toMatch(/^[0-9a-f-]{36}$/);
});

test('an unknown path is a problem', async () => {
  const answer = await api.as(officials.auditor).get('/nothing');
  expect(answer.status).toBe(404);
  expect(answer.headers['content-type']).toContain('application/problem+json');
  expect(answer.body).toMatchObject({ status: 404, code: 'no_such_path' });
});
