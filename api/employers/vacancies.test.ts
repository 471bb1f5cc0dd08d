import request from 'supertest';
import { makePinfl } from '../../domain/pinfl';
import { people as by, testApi, territories } from '../../test/support/api';
import { emptied } from '../http/outbox';
import { Unavailable } from '../http/problem';

let api: Awaited<ReturnType<typeof testApi>>;
const employers = ['E-000001', 'E-000002'].map((id, n) => ({
  id,
  stir: `30000020${n}`,
  name: `Employer ${n}`,
  district: '1703202',
}));
const mine = { sub: 'hr-1', role: 'employer', employer: '300000200' } as const;
const theirs = { sub: 'hr-2', role: 'employer', employer: '300000201' } as const;
const job = (more: object = {}) => ({
  kind: 'vacant',
  work: 'sewing',
  title: 'Seamstress',
  places: 2,
  wage: 3_000_000,
  district: '1703202',
  ...more,
});
const record = async (more: object = {}) => {
  const answer = await api.as(mine).post('/vacancies', job(more));
  expect(answer.status).toBe(201);
  return answer.body as { id: string };
};

beforeAll(async () => {
  api = await testApi();
  await api.db.territory.createMany({ data: territories });
  await api.db.employer.createMany({ data: employers });
});
afterAll(() => api.close());

test('an employer records its own jobs; the office names the employer', async () => {
  const answer = await api.as(mine).post('/vacancies', job());
  expect(answer.status).toBe(201);
  expect(answer.body).toMatchObject({
    employerId: 'E-000001',
    state: 'open',
    taken: 0,
    wage: 3_000_000,
    hoursPerWeek: 40,
  });
  expect((await api.as(mine).post('/vacancies', job({ employer: 'E-000002' }))).status).toBe(404);
  const office = api.as(by.employment_officer);
  expect((await office.post('/vacancies', job())).body.errors).toEqual([
    { field: 'employer', detail: 'Is required.' },
  ]);
  expect((await office.post('/vacancies', job({ employer: 'E-000002' }))).status).toBe(201);
  expect(
    (
      await api
        .as({ ...by.employment_officer, sub: 'O-z', area: '1706204' })
        .post('/vacancies', job({ employer: 'E-000002' }))
    ).status,
  ).toBe(404);
  expect((await api.as(by.case_manager).post('/vacancies', job())).status).toBe(403);
});

test.each([
  [{ places: 0 }, 'places'],
  [{ hoursPerWeek: 41 }, 'hoursPerWeek'],
  [{ wage: 1.5 }, 'wage'],
  [{ kind: 'quota' }, 'kind'],
  [{ district: '1703999' }, 'district'],
  [{ taken: 1 }, 'taken'],
])('%j is refused', async (wrong, field) => {
  const answer = await api.as(mine).post('/vacancies', job(wrong));
  expect([answer.status, answer.body.errors[0].field]).toEqual([422, field]);
});

test('lists: the region’s for officials, its own for an employer', async () => {
  const { id } = await record({ title: 'Listed' });
  const ids = async (who: Parameters<typeof api.as>[0]) =>
    ((await api.as(who).get('/vacancies?limit=200')).body.items as { id: string }[]).map((item) => item.id);
  expect(await ids(by.case_manager)).toContain(id);
  expect(await ids(mine)).toContain(id);
  expect(await ids(theirs)).not.toContain(id);
  expect((await api.as(theirs).get(`/vacancies/${id}`)).status).toBe(404);
  expect(
    (await api.as({ ...by.supervisor, sub: 'O-w', area: '1706204' }).get(`/vacancies/${id}`)).status,
  ).toBe(404);
});

test('places cannot be fewer than are taken, and a full job does not open', async () => {
  const { id } = await record();
  await api.db.vacancy.update({ where: { id }, data: { taken: 2, state: 'filled', filledHow: 'referral' } });
  expect((await api.as(mine).patch(`/vacancies/${id}`, { places: 1 })).body.code).toBe('places_taken');
  expect((await api.as(mine).patch(`/vacancies/${id}`, { state: 'open' })).body.code).toBe('no_free_place');
  const opened = await api.as(mine).patch(`/vacancies/${id}`, { places: 3, state: 'open' });
  expect(opened.body).toMatchObject({ state: 'open', filledHow: null, filledAt: null });
  expect((await api.as(theirs).patch(`/vacancies/${id}`, { title: 'X' })).status).toBe(404);
});

describe('withdrawn or filled otherwise while referrals are open', () => {
  async function withReferrals(vacancyId: string) {
    const pinfl = makePinfl('1990-01-01', 'male', vacancyId.slice(-6));
    const personId = `P-9${vacancyId.slice(-5)}`;
    await api.db.person.create({
      data: {
        id: personId,
        pinfl,
        name: 'A',
        birth: '1990-01-01',
        sex: 'male',
        mahalla: '1703202001',
        createdAt: api.time.now,
      },
    });
    const caseId = `C-9${vacancyId.slice(-5)}`;
    const at = { since: api.time.now, correlationId: 'test' };
    await api.db.case.create({
      data: {
        id: caseId,
        personId,
        area: '1703202001',
        state: 'referred',
        open: false,
        openedAt: api.time.now,
        consent: {},
        eligibility: 'yes',
        ...at,
      },
    });
    const referral = (id: string, open: boolean) => ({
      id,
      caseId,
      personId,
      vacancyId,
      employerId: 'E-000001',
      kind: 'vacant',
      measure: 1,
      area: '1703202001',
      state: open ? 'delivered' : 'silent',
      open,
      issuedAt: api.time.now,
      ...at,
    });
    const task = (subject: string) => ({
      subject,
      kind: 'decision',
      role: 'employer',
      area: '1703202001',
      since: api.time.now,
      nextAt: api.time.now,
    });
    const [open, closed] = [`R-8${vacancyId.slice(-5)}`, `R-9${vacancyId.slice(-5)}`];
    await api.db.$transaction([
      api.db.task.create({ data: task(`referral/${open}`) }),
      api.db.referral.create({ data: referral(open, true) }),
      api.db.referral.create({ data: referral(closed, false) }),
    ]);
    return open;
  }

  test.each([
    ['withdrawn', 'withdrawn'],
    ['filled', 'otherwise'],
  ])('%s: the open referrals are woken', async (state, filledHow) => {
    const { id } = await record();
    const open = await withReferrals(id);
    api.woken.length = 0;
    const answer = await api.as(mine).patch(`/vacancies/${id}`, { state });
    expect(answer.body).toMatchObject({ state, filledHow, filledAt: api.time.now.toISOString() });
    expect(api.woken).toEqual([`referral/${open}`]);
    await emptied();
    expect(await api.db.outbox.count()).toBe(0);
    expect(await api.db.event.count({ where: { subject: `vacancy/${id}`, type: 'vacancy_changed' } })).toBe(
      1,
    );
  });

  test('Temporal away: 503, nothing lost; the same key wakes them later', async () => {
    const { id } = await record();
    const open = await withReferrals(id);
    api.woken.length = 0;
    const { refresh } = api.workflows;
    api.workflows.refresh = () => Promise.reject(new Unavailable('away'));
    const key = { 'Idempotency-Key': 'withdraw-1' };
    const away = await api.as(mine).patch(`/vacancies/${id}`, { state: 'withdrawn' }, key);
    expect([away.status, away.headers['retry-after']]).toEqual([503, '5']);
    expect(away.body.detail).toContain('not known whether it was carried out: send the same key again');
    expect(await api.db.outbox.count()).toBe(1);
    api.workflows.refresh = refresh;
    const again = await api.as(mine).patch(`/vacancies/${id}`, { state: 'withdrawn' }, key);
    expect([again.status, again.body.state]).toEqual([200, 'withdrawn']);
    expect(api.woken).toEqual([`referral/${open}`]);
    await emptied();
    expect(await api.db.outbox.count()).toBe(0);
  });
});

const send = async (csv: string) =>
  request(api.base)
    .post('/v1/vacancies/import')
    .set('Authorization', `Bearer ${await api.token(by.employment_officer)}`)
    .set('Content-Type', 'text/csv')
    .send(csv);

test('import: by employer, kind, work, title and district', async () => {
  const file =
    'stir,kind,work,title,places,wage,district,conditions\n300000201,reserved,accounting,Clerk,2,2500000,1703202,ramp;lift\n300000299,vacant,a,b,1,1,1703202,\n300000201,vacant,a,b,many,1,1703202,';
  const first = await send(file);
  expect(first.body).toMatchObject({ lines: 3, created: 1, rejectedLines: 2 });
  expect(first.body.rejected.map(({ field }: { field: string }) => field).toSorted()).toEqual([
    'places',
    'stir',
  ]);
  expect((await send(file)).body).toMatchObject({ unchanged: 1 });
  expect((await send(file.replace(',2,2500000', ',3,2500000'))).body).toMatchObject({ changed: 1 });
});

describe('a job’s words are terms of the vocabularies, and its wage is a lawful one', () => {
  test('a word that is none and a wage below the least are refused, each with what is possible', async () => {
    const { status, body } = await api.as(mine).post('/vacancies', job({ work: 'nonsense', wage: 100 }));
    expect([status, body.code]).toEqual([422, 'wrong_fields']);
    expect(body.errors).toEqual([
      {
        field: 'work',
        detail: expect.stringMatching(
          /^Is no kind of work .* See GET \/v1\/vocabularies\/occupation\/terms\.$/,
        ),
      },
      {
        field: 'wage',
        detail: "Give at least 1 271 000 so'm a month: the minimum wage for 40 hours a week.",
      },
    ]);
  });

  test.each([
    ['omborr', '933'],
    ['Тикувчи аёл', '753'],
    ['бухгалтерр', '331'],
  ])('a word like %s is refused with the nearest term, %s', async (work, code) => {
    const { status, body } = await api.as(mine).post('/vacancies', job({ work }));
    expect([status, body.code]).toEqual([422, 'unknown_word']);
    expect(body.errors).toEqual([
      { field: 'work', detail: expect.stringMatching(new RegExp(`Do you mean .*\\b${code} \\(`)) },
    ]);
  });

  test('a word of several groups is refused with them, a sub-major group with those like it', async () => {
    const work = await api.as(mine).post('/vacancies', job({ work: 'heavy labour' }));
    expect(work.body.errors).toMatchObject([{ field: 'work' }]);
    expect((await api.as(mine).post('/vacancies', job({ work: '93' }))).status).toBe(422);
  });

  test.each(['ombor', 'Омбор', 'warehouse', '933', 'склад', 'Transport va ombor ishchilari'])(
    '%s is kept as its code, and shown with its name',
    async (work) => {
      const { status, body } = await api
        .as(mine)
        .post('/vacancies', job({ work, conditions: ['pandus'], skills: ['tikish'] }));
      expect([status, body]).toMatchObject([
        201,
        {
          work: '933',
          workName: 'Transport and storage labourers',
          conditions: ['ramp'],
          conditionNames: ['Ramp at the entrance'],
          skills: ['sewing'],
          skillNames: ['Sewing'],
        },
      ]);
    },
  );

  test('a change is held to the same; what it leaves out stays', async () => {
    const { id } = await record({ work: 'sewing' });
    const patch = (body: object) => api.as(mine).patch(`/vacancies/${id}`, body);
    expect((await patch({ skills: ['juggling'] })).body.errors).toMatchObject([{ field: 'skills.0' }]);
    expect((await patch({ wage: 1_270_999 })).body).toMatchObject({
      code: 'below_minimum_wage',
      errors: [{ field: 'wage' }],
    });
    expect((await patch({ wage: 635_500, hoursPerWeek: 20 })).status).toBe(200);
    expect((await patch({ hoursPerWeek: 40 })).body.errors).toMatchObject([{ field: 'hoursPerWeek' }]);
    expect((await patch({ work: 'Тикувчилик' })).body).toMatchObject({ work: '753' });
  });

  test('a list by a word, or by a group that holds the kind of work', async () => {
    const { id } = await record({ work: 'ombor' });
    for (const work of ['933', '93', 'warehouse']) {
      const { body } = await api.as(mine).get(`/vacancies?limit=200&work=${work}`);
      expect((body.items as { id: string }[]).map((row) => row.id)).toContain(id);
    }
    expect((await api.as(mine).get('/vacancies?work=nonsense')).body.items).toEqual([]);
  });

  test('an import is held to the same, line by line', async () => {
    const csv = [
      'stir,kind,work,title,places,wage,district',
      '300000200,vacant,ombor,A,1,2000000,1703202',
      '300000200,vacant,nonsense,A,1,2000000,1703202',
      '300000200,vacant,warehouse,A,1,2000000,1703202',
      '300000200,vacant,office,B,1,100,1703202',
    ].join('\n');
    expect((await send(csv)).body).toMatchObject({
      created: 1,
      rejected: [
        { line: 3, field: 'work', code: 'unknown_word' },
        { line: 4, field: '(line)' },
        { line: 5, field: 'wage', code: 'below_minimum_wage' },
      ],
    });
  });

  test('a job is named once in a file, by any synonym, even where its lines are far apart', async () => {
    const line = (work: string, title: string, places: number) =>
      `300000200,vacant,${work},${title},${places},2000000,1703202`;
    const others = Array.from({ length: 600 }, (_, n) => line('office', `Clerk ${n}`, 1));
    const csv = ['stir,kind,work,title,places,wage,district', line('ombor', 'Porter', 1), ...others];
    const { body } = await send([...csv, line('warehouse', 'Porter', 7)].join('\n'));
    expect(body).toMatchObject({
      created: 601,
      changed: 0,
      rejected: [{ line: 603, field: '(line)' }],
    });
    const porters = { where: { title: 'Porter' }, select: { work: true, places: true } };
    expect(await api.db.vacancy.findMany(porters)).toEqual([{ work: '933', places: 1 }]);
  });
});
