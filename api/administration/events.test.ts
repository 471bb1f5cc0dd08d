import request from 'supertest';
import { makePinfl } from '../../domain/pinfl';
import { people as by, testApi, territories } from '../../test/support/api';

let api: Awaited<ReturnType<typeof testApi>>;
beforeAll(async () => {
  api = await testApi();
  await api.db.territory.createMany({ data: territories });
});
afterAll(() => api.close());

const admin = () => api.as(by.administrator);
interface Told {
  words: string;
  by: { id: string };
  params: Record<string, unknown>;
}
const told = async (path: string, as: Parameters<typeof api.as>[0] = by.administrator) => {
  const answer = await api.as(as).get(`${path}/events`);
  expect(answer.status).toBe(200);
  return answer.body.items as Told[];
};
const words = async (path: string) => (await told(path)).map((event) => event.words);
const sendCsv = async (path: string, file: string) =>
  request(api.base)
    .post(`/v1${path}/import`)
    .set('Authorization', `Bearer ${await api.token(by.administrator)}`)
    .set('Content-Type', 'text/csv')
    .send(file);
const newEmployer = async (stir: string): Promise<string> =>
  (await admin().post('/employers', { stir, name: 'Asaka Tekstil', district: '1703202' })).body.id;

test('an employer: who, which fields, and the values that are no personal data', async () => {
  const path = `/employers/${await newEmployer('300000601')}`;
  await admin().patch(path, { employees: 1200, week: 'six', phone: '+998901234567' });
  expect(await words(path)).toEqual([
    'Employer recorded.',
    'Employer changed: number of employees: 1 200 (before: none), working week: six days (before: five days), telephone.',
  ]);
  const [, changed] = await told(path, by.labour_inspector);
  expect(changed?.by).toMatchObject({ id: by.administrator.sub, role: 'administrator' });
  expect(changed?.params).toMatchObject({ values: { week: { before: 'five', after: 'six' } } });
  expect(JSON.stringify(changed)).not.toContain('998901234567');
});

test('an import names the fields that each line changed', async () => {
  const path = `/employers/${await newEmployer('300000602')}`;
  const file = 'stir,name,district,employees\n300000602,Asaka Tekstil,1703202,7\n';
  expect((await sendCsv('/employers', file)).body).toMatchObject({ changed: 1 });
  expect((await sendCsv('/employers', file)).body).toMatchObject({ unchanged: 1 });
  expect(await words(path)).toEqual([
    'Employer recorded.',
    'Employer changed: number of employees: 7 (before: none).',
  ]);
});

test('a job: sums, places and kinds of work in words, in the language of the reader', async () => {
  const employer = await newEmployer('300000603');
  const job = {
    kind: 'vacant',
    work: '933',
    title: 'Loader',
    places: 1,
    wage: 2_000_000,
    district: '1703202',
  };
  const path = `/vacancies/${(await admin().post('/vacancies', { employer, ...job })).body.id}`;
  await admin().patch(path, { work: '411', wage: 2_500_000 });
  const [, change] = await words(path);
  expect(change).toMatch(
    /^Vacancy changed: kind of work: \D+ \(before: \D+\), wage: 2 500 000 so'm \(before: 2 000 000 so'm\)\.$/,
  );
  await api.db.official.update({ where: { id: by.administrator.sub }, data: { language: 'uz-Latn' } });
  expect((await words(path))[1]).toContain("ish haqi: 2 500 000 so'm (avval: 2 000 000 so'm)");
  await api.db.official.update({ where: { id: by.administrator.sub }, data: { language: null } });
});

test('a person: the fields only, no values', async () => {
  const pinfl = makePinfl('1990-05-17', 'female', '000001');
  const made = await admin().post('/people', { pinfl, name: 'Dilnoza Karimova', mahalla: '1703202001' });
  const path = `/people/${made.body.id}`;
  await admin().patch(path, { name: 'Dilnoza Aliyeva', mahalla: '1703202002' });
  const events = await told(path, by.supervisor);
  expect(events.map((event) => event.words)).toEqual([
    'Person recorded.',
    "Person's data changed: name, mahalla.",
  ]);
  expect(JSON.stringify(events)).not.toMatch(/Aliyeva|1703202002/);
  expect((await api.as(by.finance_officer).get(`${path}/events`)).status).toBe(403);
});

test('a territory, a day, a term and an official', async () => {
  await admin().put('/territories/1703202001', { nameLatn: 'Bogʻiston' });
  expect(await words('/territories/1703202001')).toEqual([
    'Territory changed: Bogʻiston (name in Latin letters: Bogʻiston (before: Area 1703202001)).',
  ]);
  await sendCsv('/territories', 'code,nameLatn\n1703202001,Navroʻz\n');
  expect((await words('/territories/1703202001')).at(-1)).toContain('Navroʻz (before: Bogʻiston)');
  await admin().put('/calendar/2026-03-20', { entries: [{ week: 'all', kind: 'eid' }] });
  expect(await words('/calendar/2026-03-20')).toEqual([
    'Calendar, 20 March: holiday of Eid (before: an ordinary day).',
  ]);
  await admin().post('/vocabularies/skill/terms', {
    code: 'glassblowing',
    names: { en: 'glassblowing', 'uz-Latn': 'shishasozlik' },
  });
  expect(await words('/vocabularies/skill/terms/glassblowing')).toEqual(['Term recorded: shishasozlik.']);
  const official = { id: 'cm-1', name: 'Madina', role: 'case_manager', area: '1703202001' };
  await admin().post('/officials', official);
  await admin().patch('/officials/cm-1', { name: 'Madina Karimova', phone: '+998901234567' });
  expect(await words('/officials/cm-1')).toEqual([
    'Official recorded: Madina.',
    'Official changed: Madina Karimova (name: Madina Karimova (before: Madina), telephone).',
  ]);
});

test('pages follow each other, and records outside the area do not exist', async () => {
  const first = await admin().get('/officials/cm-1/events?limit=1');
  const next = await admin().get(`/officials/cm-1/events?limit=1&cursor=${first.body.next}`);
  expect(next.body.items).toMatchObject([{ type: 'official_changed' }]);
  const far = { ...by.supervisor, sub: 'far', area: '1706204' };
  expect((await api.as(far).get('/officials/cm-1/events')).status).toBe(404);
  expect((await api.as(by.case_manager).get('/officials/cm-1/events')).status).toBe(403);
  for (const unknown of ['/employers/E-999999', '/territories/1799999', '/vocabularies/skill/terms/none'])
    expect((await admin().get(`${unknown}/events`)).status).toBe(404);
  const employer = await api.db.employer.findFirstOrThrow();
  const owner = { sub: 'owner', role: 'employer', employer: employer.stir } as const;
  expect((await api.as(owner).get(`/employers/${employer.id}/events`)).status).toBe(403);
});
