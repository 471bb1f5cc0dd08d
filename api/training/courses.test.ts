import request from 'supertest';
import { people as by, testApi, territories } from '../../test/support/api';

let api: Awaited<ReturnType<typeof testApi>>;
const centres = ['TC-000001', 'TC-000002'].map((id, n) => ({
  id,
  stir: `30000040${n}`,
  kind: 'ngo',
  name: `Centre ${n}`,
  district: n === 0 ? '1703202' : '1706204',
}));
const officer = { sub: 'T-1', role: 'training_officer', area: '1703202' } as const;
const course = (more: object = {}) => ({
  field: 'sewing',
  title: 'Tikuvchilik',
  level: 'beginner',
  language: 'uz',
  places: 12,
  firstDay: '2026-04-01',
  lastDay: '2026-06-30',
  heldOn: ['friday', 'monday', 'monday'],
  startsAt: '09:00',
  endsAt: '12:30',
  ...more,
});
const recorded = async (more: object = {}) => {
  const answer = await api.as(officer).post('/courses', course(more));
  expect(answer.status).toBe(201);
  return answer.body as { id: string };
};
const words = async (id: string) =>
  ((await api.as(officer).get(`/courses/${id}/events`)).body.items as { words: string }[]).map(
    (event) => event.words,
  );

beforeAll(async () => {
  api = await testApi();
  await api.db.territory.createMany({ data: territories });
  await api.db.centre.createMany({ data: centres });
  const { sub: id, role, area } = officer;
  await api.db.official.create({ data: { id, name: 'A', role, area, centreId: 'TC-000001' } });
});
afterAll(() => api.close());

test('an officer records a course of the own centre; an administrator names the centre', async () => {
  const answer = await api
    .as(officer)
    .post('/courses', course({ skills: ['tikish'], conditions: ['pandus'] }));
  expect([answer.status, answer.body]).toMatchObject([
    201,
    {
      centreId: 'TC-000001',
      centre: 'Centre 0',
      districtName: 'Area 1703202',
      field: '753',
      fieldName: 'Garment and related trades workers',
      heldOn: ['monday', 'friday'],
      hoursPerWeek: 7,
      rolling: false,
      skills: ['sewing'],
      conditionNames: ['Ramp at the entrance'],
      state: 'open',
    },
  ]);
  expect((await api.as(officer).post('/courses', course({ centre: 'TC-000002' }))).status).toBe(404);
  const admin = api.as(by.administrator);
  expect((await admin.post('/courses', course())).body.errors).toEqual([
    { field: 'centre', detail: 'Is required.' },
  ]);
  expect((await admin.post('/courses', course({ centre: 'TC-000002' }))).status).toBe(201);
  expect((await api.as(by.case_manager).post('/courses', course())).status).toBe(403);
});

test('a rolling course of entrepreneurship', async () => {
  const asked = { field: 'entrepreneurship', rolling: true, weeks: 4, firstDay: null, lastDay: null };
  const { body } = await api.as(officer).post('/courses', course(asked));
  expect(body).toMatchObject({
    field: 'entrepreneurship',
    fieldName: 'entrepreneurship',
    weeks: 4,
    firstDay: null,
  });
});

test.each([
  [{ field: 'nonsense' }, 'field'],
  [{ field: '75' }, 'field'],
  [{ lastDay: '2026-03-31' }, 'lastDay'],
  [{ lastDay: null }, 'lastDay'],
  [{ weeks: 3 }, 'weeks'],
  [{ rolling: true, firstDay: null, lastDay: null }, 'weeks'],
  [{ rolling: true, weeks: 3 }, 'firstDay'],
  [{ heldOn: [] }, 'heldOn'],
  [{ heldOn: ['someday'] }, 'heldOn.0'],
  [{ startsAt: '25:00' }, 'startsAt'],
  [{ endsAt: '09:00' }, 'endsAt'],
  [{ places: 0 }, 'places'],
  [{ skills: ['magic'] }, 'skills.0'],
  [{ language: 'xx' }, 'language'],
])('%j is refused', async (wrong, field) => {
  const answer = await api.as(officer).post('/courses', course(wrong));
  expect([answer.status, answer.body.errors[0].field]).toEqual([422, field]);
});

test('a change, and its words', async () => {
  const { id } = await recorded();
  const changed = await api
    .as(officer)
    .patch(`/courses/${id}`, { places: 10, lastDay: '2026-07-15', heldOn: ['tuesday'] });
  expect([changed.status, changed.body]).toMatchObject([
    200,
    { places: 10, heldOn: ['tuesday'], revision: 1 },
  ]);
  const wrong = await api.as(officer).patch(`/courses/${id}`, { firstDay: '2026-08-01' });
  expect([wrong.status, wrong.body.errors[0].field]).toEqual([422, 'lastDay']);
  expect((await api.as(officer).patch(`/courses/${id}`, { rolling: true })).status).toBe(422);
  expect(await words(id)).toEqual([
    'Course recorded.',
    'Course changed: places: 10 (before: 12), last day: 15 July (before: 30 June), days with lessons: Tuesday (before: Monday, Friday).',
  ]);
});

test('closed and opened again; cancelled for good', async () => {
  const { id } = await recorded();
  const set = (state: string) => api.as(officer).patch(`/courses/${id}`, { state });
  expect((await set('closed')).body.state).toBe('closed');
  expect((await set('open')).body.state).toBe('open');
  expect((await set('cancelled')).body.state).toBe('cancelled');
  const again = await set('open');
  expect([again.status, again.body.code]).toEqual([409, 'course_cancelled']);
  expect((await words(id)).at(-1)).toBe('Course changed: state: cancelled (before: open).');
});

test('who sees which course', async () => {
  const here = await recorded();
  const { id: there } = (await api.as(by.administrator).post('/courses', course({ centre: 'TC-000002' })))
    .body;
  const ids = async (who: Parameters<typeof api.as>[0]) =>
    ((await api.as(who).get('/courses?limit=200')).body.items as { id: string }[]).map(({ id }) => id);
  for (const who of [by.case_manager, by.supervisor, by.employment_officer, by.training_officer, officer]) {
    expect(await ids(who)).toContain(here.id);
    expect(await ids(who)).not.toContain(there);
    expect((await api.as(who).get(`/courses/${there}`)).status).toBe(404);
  }
  expect(await ids(by.auditor)).toEqual(expect.arrayContaining([here.id, there]));
  expect((await api.as(officer).patch(`/courses/${there}`, { places: 3 })).status).toBe(404);
  expect((await api.as(by.finance_officer).get('/courses')).status).toBe(403);
});

test('filters', async () => {
  await api.db.course.deleteMany({});
  const sewing = await recorded({ title: 'Kashtachilik asoslari', level: 'advanced' });
  const rolling = await recorded({
    field: 'entrepreneurship',
    rolling: true,
    weeks: 2,
    firstDay: null,
    lastDay: null,
    language: 'ru',
  });
  const found = async (query: string) =>
    ((await api.as(by.auditor).get(`/courses?${query}`)).body.items as { id: string }[]).map(({ id }) => id);
  for (const query of [
    'field=75',
    'field=tikuvchi',
    'words=kashtachilik',
    'level=advanced',
    'from=2026-04-01&to=2026-04-01',
    'rolling=no',
  ])
    expect([query, await found(query)]).toEqual([query, [sewing.id]]);
  for (const query of ['field=entrepreneurship', 'rolling=yes', 'language=ru'])
    expect([query, await found(query)]).toEqual([query, [rolling.id]]);
  expect(await found('centre=TC-000001&district=1703202&state=open')).toHaveLength(2);
  expect(await found('centre=TC-000002')).toEqual([]);
});

describe('import', () => {
  const send = async (file: string, as: Parameters<typeof api.token>[0] = officer) =>
    request(api.base)
      .post('/v1/courses/import')
      .set('Authorization', `Bearer ${await api.token(as)}`)
      .set('Content-Type', 'text/csv')
      .send(file);
  const header =
    'stir,field,title,level,language,places,heldOn,startsAt,endsAt,firstDay,lastDay,rolling,weeks,conditions\n';
  const dated =
    '300000400,sewing,Tikish,beginner,uz,8,monday;friday,09:00,12:00,2026-04-01,2026-05-01,,,ramp;lift\n';
  const rolling = '300000400,entrepreneurship,Oʻz biznesi,beginner,uz,8,monday,09:00,12:00,,,yes,4,\n';

  test('by centre, field, title and first day: sent again, it changes nothing', async () => {
    expect((await send(header + dated + rolling)).body).toMatchObject({ created: 2, rejected: [] });
    expect((await send(header + dated.replace('sewing', '753') + rolling)).body).toMatchObject({
      unchanged: 2,
    });
    expect((await send(header + dated.replace(',8,', ',9,'))).body).toMatchObject({ changed: 1 });
  });

  test('wrong lines are reported', async () => {
    const { body } = await send(
      header +
        dated.replace('300000400', '300000401') +
        dated.replace('sewing', 'nonsense') +
        dated.replace('2026-05-01', '') +
        rolling.replace('yes', '') +
        rolling.replace('monday', 'someday'),
    );
    expect(body).toMatchObject({ created: 0, rejectedLines: 5 });
    const fields = (body.rejected as { line: number; field: string }[]).map(
      ({ line, field }) => `${line} ${field}`,
    );
    expect(fields.toSorted()).toEqual(['2 stir', '3 field', '4 lastDay', '5 rolling', '6 heldOn.0']);
  });
});
