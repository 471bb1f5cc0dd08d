import request from 'supertest';
import { people as by, testApi, territories } from '../../test/support/api';

let api: Awaited<ReturnType<typeof testApi>>;
let serial = 0;
const newEmployer = (more: object = {}) => ({
  stir: String(300_000_100 + ++serial),
  name: 'Oltin Ip',
  district: '1703202',
  phone: '+998901112233',
  ...more,
});
const record = async (more: object = {}) => {
  const answer = await api.as(by.administrator).post('/employers', newEmployer(more));
  expect(answer.status).toBe(201);
  return answer.body as { id: string; stir: string };
};
const as = ({ stir }: { stir: string }) => ({ sub: `hr-${stir}`, role: 'employer', employer: stir }) as const;

beforeAll(async () => {
  api = await testApi();
  await api.db.territory.createMany({ data: territories });
});
afterAll(() => api.close());

test('the employment office records employers of its district, once', async () => {
  const body = newEmployer();
  const answer = await api.as(by.employment_officer).post('/employers', body);
  expect(answer.status).toBe(201);
  expect(answer.body).toMatchObject({ stir: body.stir, state: 'active', week: 'five', ownership: 'private' });
  expect(await api.db.event.count({ where: { employerId: answer.body.id, type: 'employer_recorded' } })).toBe(
    1,
  );
  const twice = await api.as(by.employment_officer).post('/employers', body);
  expect([twice.status, twice.body.code]).toEqual([409, 'already_recorded']);
  const elsewhere = await api
    .as(by.employment_officer)
    .post('/employers', newEmployer({ district: '1706204' }));
  expect([elsewhere.status, elsewhere.body.code]).toEqual([404, 'not_found']);
});

test('the share of the state is recorded, changed and read: half of it excludes from subsidies', async () => {
  const { id } = await record({ stateShare: 51 });
  const stateShare = async () => (await api.as(by.administrator).get(`/employers/${id}`)).body.stateShare;
  expect(await stateShare()).toBe(51);
  await api.as(by.administrator).patch(`/employers/${id}`, { stateShare: 49 });
  expect(await stateShare()).toBe(49);
  expect((await record()) as object).toMatchObject({ stateShare: null });
});

test.each([
  [{ stateShare: 101 }, 'wrong_fields', 'stateShare'],
  [{ stir: '12345678' }, 'stir', 'stir'],
  [{ district: '1703' }, 'soato', 'district'],
  [{ district: '1703999' }, 'unknown_territory', 'district'],
  [{ week: 'seven' }, 'wrong_fields', 'week'],
  [{ secret: 1 }, 'unknown_field', 'secret'],
])('%j is refused', async (wrong, code, field) => {
  const answer = await api.as(by.administrator).post('/employers', newEmployer(wrong));
  expect([answer.status, answer.body.code, answer.body.errors[0].field]).toEqual([422, code, field]);
});

test.each(['case_manager', 'supervisor', 'labour_inspector', 'auditor'] as const)(
  '%s does not record employers',
  async (role) => {
    expect((await api.as(by[role]).post('/employers', newEmployer())).status).toBe(403);
  },
);

test('officials see the region’s, an employer itself, finance nobody', async () => {
  const mine = await record();
  const far = await record({ district: '1706204' });
  const ids = async (who: Parameters<typeof api.as>[0], query = '') =>
    ((await api.as(who).get(`/employers?limit=200${query}`)).body.items as { id: string }[]).map(
      ({ id }) => id,
    );
  expect(await ids(by.case_manager)).toContain(mine.id);
  expect(await ids(by.case_manager)).not.toContain(far.id);
  expect(await ids(by.auditor)).toEqual(expect.arrayContaining([mine.id, far.id]));
  expect(await ids(as(mine))).toEqual([mine.id]);
  expect(await ids(by.auditor, `&stir=${far.stir}`)).toEqual([far.id]);
  expect((await api.as(as(mine)).get(`/employers/${far.id}`)).status).toBe(404);
  expect((await api.as(by.case_manager).get(`/employers/${far.id}`)).status).toBe(404);
  expect((await api.as(by.finance_officer).get('/employers')).status).toBe(403);
});

test('a token for an employer nobody recorded', async () => {
  const answer = await api.as(as({ stir: '999999999' })).get('/employers');
  expect([answer.status, answer.body.code]).toEqual([401, 'unknown_employer']);
});

test('an employer keeps its contacts and nothing else', async () => {
  const mine = await record();
  const changed = await api.as(as(mine)).patch(`/employers/${mine.id}`, { email: 'hr@example.uz' });
  expect(changed.body).toMatchObject({ email: 'hr@example.uz' });
  const more = await api.as(as(mine)).patch(`/employers/${mine.id}`, { name: 'Another' });
  expect([more.status, more.body.code]).toEqual([403, 'not_yours']);
  const other = await record();
  expect((await api.as(as(mine)).patch(`/employers/${other.id}`, { email: null })).status).toBe(404);
  const outside = { ...by.employment_officer, sub: 'O-y', area: '1706204' };
  expect((await api.as(outside).patch(`/employers/${mine.id}`, { name: 'X' })).status).toBe(404);
});

describe('an employer that ends', () => {
  test('needs a day, and a successor only when it is reorganised', async () => {
    const it = await record();
    const patch = (body: object) => api.as(by.employment_officer).patch(`/employers/${it.id}`, body);
    expect((await patch({ state: 'liquidated' })).body.errors[0].field).toBe('endedOn');
    expect((await patch({ state: 'liquidated', endedOn: '2026-03-03' })).body.code).toBe('future_day');
    expect((await patch({ state: 'liquidated', endedOn: '2026-03-01', successor: it.id })).body.code).toBe(
      'not_reorganised',
    );
    expect((await patch({ state: 'reorganised', endedOn: '2026-03-01', successor: it.id })).body.code).toBe(
      'unknown_employer',
    );
    const next = await record();
    const done = await patch({ state: 'reorganised', endedOn: '2026-03-01', successor: next.id });
    expect(done.body).toMatchObject({ state: 'reorganised', successorId: next.id });
    expect((await patch({ state: 'active' })).body).toMatchObject({
      state: 'active',
      endedOn: null,
      successorId: null,
    });
  });
});

test('import: by STIR, again unchanged', async () => {
  const send = async (csv: string) =>
    request(api.base)
      .post('/v1/employers/import')
      .set('Authorization', `Bearer ${await api.token(by.employment_officer)}`)
      .set('Content-Type', 'text/csv')
      .send(csv);
  const file =
    'stir,name,district,employees,week,stateShare\n400000001,Paxta,1703202,120,six,60\n400000002,Far,1706204,,,\n4,Short,1703202,,,\n400000001,Twice,1703202,,,';
  const first = await send(file);
  expect(first.body).toMatchObject({ lines: 4, created: 1, rejectedLines: 3 });
  expect(
    first.body.rejected.map(({ line, field }: { line: number; field: string }) => [line, field]),
  ).toEqual([
    [3, 'district'],
    [4, 'stir'],
    [5, '(line)'],
  ]);
  expect(await api.db.employer.findUniqueOrThrow({ where: { stir: '400000001' } })).toMatchObject({
    employees: 120,
    week: 'six',
    stateShare: 60,
  });
  expect((await send(file)).body).toMatchObject({ unchanged: 1, created: 0 });
});
