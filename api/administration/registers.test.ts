import request from 'supertest';
import { sign } from '../../registers/signature';
import { testApi } from '../../test/support/api';

let api: Awaited<ReturnType<typeof testApi>>;
beforeAll(async () => {
  api = await testApi();
});
afterAll(() => api.close());

const SECRET = 'a secret of the tests';
const seconds = () => Math.floor(api.time.now.getTime() / 1000);
const told = (event: string, more: object = {}) =>
  JSON.stringify({
    event,
    register: 'yammt',
    type: 'contract_ended',
    at: '2026-03-01T10:00:00+05:00',
    pinfl: '31210632040244',
    stir: '301234567',
    on: '2026-02-28',
    reason: 'resigned',
    ...more,
  });

const push = (body: string, { signature = sign(SECRET, seconds(), body), name = 'yammt' } = {}) =>
  request(api.base)
    .post(`/v1/registers/${name}/events`)
    .set('Content-Type', 'application/json')
    .set('X-Register-Signature', signature)
    .send(body);

test('signed news is recorded once and its workflow begun', async () => {
  const first = await push(told('ev-1'));
  expect([first.status, first.body]).toEqual([202, { news: 'new' }]);
  const again = await push(told('ev-1'));
  expect([again.status, again.body]).toEqual([200, { news: 'known' }]);
  expect(api.woken).toEqual(['news/yammt/ev-1', 'news/yammt/ev-1']);
  const row = await api.db.news.findUniqueOrThrow({ where: { id: 'yammt/ev-1' } });
  expect(row).toMatchObject({
    state: 'received',
    open: true,
    type: 'contract_ended',
    at: new Date('2026-03-01T05:00:00Z'),
  });
});

test('two at once are one', async () => {
  const answers = await Promise.all([push(told('ev-2')), push(told('ev-2')), push(told('ev-2'))]);
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 200, 202]);
});

test('news that has been acted upon wakes nothing', async () => {
  await push(told('ev-3'));
  await api.db.news.update({ where: { id: 'yammt/ev-3' }, data: { open: false, state: 'done' } });
  const before = api.woken.length;
  expect((await push(told('ev-3'))).status).toBe(200);
  expect(api.woken).toHaveLength(before);
});

test.each([
  ['a wrong secret', () => sign('another', seconds(), told('ev-9'))],
  ['an hour ago', () => sign(SECRET, seconds() - 3600, told('ev-9'))],
  ['another body', () => sign(SECRET, seconds(), told('ev-8'))],
  ['nonsense', () => 'v1=nonsense'],
])('%s is no signature: 401, nothing recorded', async (_, signature) => {
  const answer = await push(told('ev-9'), { signature: signature() });
  expect(answer.status).toBe(401);
  expect(answer.body).toMatchObject({ code: 'bad_signature' });
  expect(await api.db.news.count({ where: { event: 'ev-9' } })).toBe(0);
});

test('without a signature: 401', async () => {
  const answer = await request(api.base).post('/v1/registers/yammt/events').send({});
  expect(answer.status).toBe(401);
});

test.each([
  ['no JSON', '{', 400, 'malformed_json'],
  ['a list', '[]', 400, 'malformed_json'],
  ['too deep', `{"a":${'['.repeat(100_000)}`, 400, 'too_deep'],
  ['an unknown type', told('ev-5', { type: 'gossip' }), 422, 'wrong_fields'],
  ['an impossible date', told('ev-5', { on: '2026-02-30' }), 422, 'wrong_fields'],
  ['the year 0', told('ev-5', { at: '0000-01-01T00:00:00Z' }), 422, 'wrong_fields'],
  ['an event that is no name', told('a/b'), 422, 'wrong_fields'],
  ['another register', told('ev-5', { register: 'tiek', type: 'person_died' }), 422, 'wrong_fields'],
])('%s is refused', async (_, body, status, code) => {
  const answer = await push(body);
  expect([answer.status, (answer.body as { code: string }).code]).toEqual([status, code]);
  expect(JSON.stringify(answer.body)).not.toContain('31210632040244');
});

test('too large: 413; an unknown register: 404', async () => {
  expect((await push(told('ev-6', { more: 'x'.repeat(300_000) }))).status).toBe(413);
  expect((await push(told('ev-7'), { name: 'gossip' })).status).toBe(404);
});
