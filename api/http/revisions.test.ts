import { makePinfl } from '../../domain/pinfl';
import { people as by, testApi, territories } from '../../test/support/api';
import { routes } from '../routes';

let api: Awaited<ReturnType<typeof testApi>>;
beforeAll(async () => {
  api = await testApi();
  await api.db.territory.createMany({ data: territories });
});
afterAll(() => api.close());

const admin = () => api.as(by.administrator);
let serial = 0;

interface Made {
  id?: string;
  code?: string;
}
const made = async (path: string, body: object) => (await admin().post(path, body)).body as Made;

const newPerson = () =>
  made('/people', {
    pinfl: makePinfl('1990-05-17', 'female', String(++serial).padStart(6, '0')),
    name: 'Dilnoza Karimova',
    mahalla: '1703202001',
  });
const newEmployer = () =>
  made('/employers', { stir: String(300_000_500 + ++serial), name: 'Ip', district: '1703202' });
const newCentre = () =>
  made('/centres', { stir: String(300_000_500 + ++serial), kind: 'ngo', name: 'Hunar', district: '1703202' });
const newOfficial = () =>
  made('/officials', {
    id: `official-${++serial}`,
    name: 'Botir',
    role: 'case_manager',
    area: '1703202001',
  });

/** What is edited: how one is made, and two edits of it. */
const edited = [
  {
    path: '/people',
    make: newPerson,
    edits: [{ phone: '+998901111111' }, { address: 'Bogʻ 1', phone: null }],
    fields: ['phone'],
  },
  {
    path: '/employers',
    make: newEmployer,
    edits: [{ stateShare: 50, employees: 7 }, { employees: 8 }],
    fields: ['employees', 'stateShare'],
  },
  {
    path: '/vacancies',
    async make() {
      const { id } = await newEmployer();
      const job = {
        employer: id,
        kind: 'vacant',
        work: 'sewing',
        title: 'Sewer',
        places: 1,
        wage: 2_500_000,
        district: '1703202',
      };
      return made('/vacancies', job);
    },
    edits: [{ wage: 3_000_000, hoursPerWeek: 20 }, { wage: 2_000_000 }],
    fields: ['hoursPerWeek', 'wage'],
  },
  {
    path: '/centres',
    make: newCentre,
    edits: [{ accessibility: ['ramp'], phone: '+998901111111' }, { name: 'Hunar markazi' }],
    fields: ['accessibility', 'phone'],
  },
  {
    path: '/courses',
    async make() {
      const { id: centre } = await newCentre();
      const time = { rolling: true, weeks: 4, heldOn: ['monday'], startsAt: '09:00', endsAt: '12:00' };
      const course = {
        centre,
        field: 'sewing',
        title: 'Sewing',
        level: 'beginner',
        language: 'uz',
        places: 5,
      };
      return made('/courses', { ...course, ...time });
    },
    edits: [{ places: 6, startsAt: '10:00' }, { places: 7 }],
    fields: ['places', 'startsAt'],
  },
  {
    path: '/officials',
    make: newOfficial,
    edits: [{ name: 'Botir Aliyev' }, { email: 'botir@example.uz' }],
    fields: ['name'],
  },
  {
    path: '/territories',
    make: () => made('/territories', { code: `17032${String(10 + ++serial)}`, nameLatn: 'Yangi' }),
    edits: [{ nameLatn: 'Eski', nameCyrl: 'Эски' }, { nameLatn: 'Yangiroq' }],
    fields: ['nameCyrl', 'nameLatn'],
  },
];

describe.each(edited)('$path', ({ path, make, edits: [first = {}, second = {}], fields }) => {
  const urlOf = ({ id, code }: Made) => `${path}/${id ?? code}`;
  const edit = (url: string, body: object, headers: Record<string, string> = {}) =>
    path === '/territories' ? admin().put(url, body, headers) : admin().patch(url, body, headers);

  test('an edit of a row that has changed meanwhile is refused, and names the changed fields', async () => {
    const url = urlOf(await make());
    const read = await admin().get(url);
    const etag = read.headers['etag'] as string;
    expect(etag).toBe(`"${read.body.revision}"`);
    const done = await edit(url, first, { 'If-Match': etag });
    expect([done.status, done.headers['etag']]).toEqual([200, `"${read.body.revision + 1}"`]);
    const before = await admin().get(url);
    const events = await api.db.event.count();
    const late = await edit(url, second, { 'If-Match': etag });
    expect([late.status, late.body.code]).toEqual([412, 'changed_meanwhile']);
    expect(late.body.errors.map(({ field }: { field: string }) => field).toSorted()).toEqual(fields);
    expect((await admin().get(url)).body).toEqual(before.body);
    expect(await api.db.event.count()).toBe(events);
    const again = await edit(url, second, { 'If-Match': done.headers['etag'] as string });
    expect(again.status).toBe(200);
  });

  test('without If-Match, or with any, the edit is made', async () => {
    const url = urlOf(await make());
    await edit(url, first);
    expect((await edit(url, second)).status).toBe(200);
    expect((await edit(url, first, { 'If-Match': '*' })).status).toBe(200);
  });

  test('of two at once with the same revision one is made', async () => {
    const url = urlOf(await make());
    const ifMatch = { 'If-Match': (await admin().get(url)).headers['etag'] as string };
    const answers = await Promise.all([edit(url, first, ifMatch), edit(url, second, ifMatch)]);
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 412]);
  });

  test('an edit that changes nothing is no revision', async () => {
    const url = urlOf(await make());
    const done = await edit(url, first);
    expect((await edit(url, first)).headers['etag']).toBe(done.headers['etag']);
  });

  test('a list and its items stay as they were', async () => {
    await make();
    const { items } = (await admin().get(path)).body;
    expect(items[0]).not.toHaveProperty('revision');
  });
});

test.each([
  ['/people', newPerson],
  ['/employers', newEmployer],
  ['/officials', newOfficial],
])('%s: an edit of the language alone is a revision', async (path, make) => {
  const { id } = await make();
  await admin().patch(`${path}/${id}`, { language: 'uz-Latn' });
  const late = await admin().patch(`${path}/${id}`, { language: 'en' }, { 'If-Match': '"0"' });
  expect([late.status, late.body.code]).toEqual([412, 'changed_meanwhile']);
  expect(late.body.errors).toMatchObject([{ field: 'language' }]);
});

const person = async () => {
  const { id } = await newPerson();
  return { id: id as string, url: `/people/${id}` };
};

test('changes by an import and by a register count, too', async () => {
  const { id, url } = await person();
  const { pinfl } = (await admin().get(url)).body as { pinfl: string };
  await admin().post(
    '/people/import',
    `pinfl,name,mahalla,phone\n${pinfl},Dilnoza,1703202001,+998902222222\n`,
    {
      'Content-Type': 'text/csv',
    },
  );
  await api.db.person.update({ where: { id }, data: { recommendedUntil: '2027-01-01', works: [] } });
  const late = await admin().patch(url, { address: 'Bogʻ 2' }, { 'If-Match': '"0"' });
  expect(late.body.errors.map(({ field }: { field: string }) => field)).toEqual([
    'name',
    'phone',
    'recommendedUntil',
  ]);
});

test('a visit is no edit', async () => {
  const { id, url } = await person();
  await api.as(by.case_manager).post(`/people/${id}/visits`, { on: '2026-03-01', wish: 'job' });
  expect((await admin().patch(url, { phone: null, address: 'x' }, { 'If-Match': '"0"' })).status).toBe(200);
});

test('an unknown revision is refused', async () => {
  const { url } = await person();
  const answer = await admin().patch(url, { address: 'x' }, { 'If-Match': '"7"' });
  expect([answer.status, answer.body.code]).toEqual([412, 'changed_meanwhile']);
});

test.each(['0', 'W/"0"', '"abc"', '"0", "1"', ''])('If-Match: %s is malformed', async (header) => {
  const { url } = await person();
  const answer = await admin().patch(url, { address: 'x' }, { 'If-Match': header });
  expect([answer.status, answer.body.code]).toEqual([400, 'malformed_if_match']);
});

test('the refusal is kept under its key; the next attempt takes a new key', async () => {
  const { url } = await person();
  await admin().patch(url, { address: 'a' });
  const key = { 'Idempotency-Key': `edit-${url}` };
  const attempt = (revision: string, headers: object) =>
    admin().patch(url, { address: 'b' }, { 'If-Match': revision, ...headers });
  expect((await attempt('"0"', key)).status).toBe(412);
  const replayed = await attempt('"0"', key);
  expect([replayed.status, replayed.headers['idempotent-replayed']]).toEqual([412, 'true']);
  expect((await attempt('"1"', key)).body.code).toBe('key_reused');
  expect((await attempt('"1"', {})).status).toBe(200);
});

test('outside the caller’s area nothing is told of changes', async () => {
  const { url } = await person();
  await admin().patch(url, { address: 'a' });
  const answer = await api.as(by.neighbour).patch(url, { address: 'b' }, { 'If-Match': '"0"' });
  expect(answer.status).toBe(404);
});

test('an answer that shows more than its ETag counts is never said to be unchanged', async () => {
  const { url } = await person();
  const etag = (await admin().get(url)).headers['etag'] as string;
  expect((await admin().get(url, { 'If-None-Match': etag })).status).toBe(200);
});

test('each PUT and PATCH takes If-Match, except three', () => {
  const without = routes
    .filter(({ method, edits }) => (method === 'put' || method === 'patch') && !edits)
    .map(({ path }) => path);
  // A day of the calendar is set whole, by one line. A budget line is proposed, and another person decides. A mahalla's sharing is on or off.
  expect(without.toSorted()).toEqual([
    '/budget-lines/{id}',
    '/calendar/{date}',
    '/territories/{code}/sharing',
  ]);
});
