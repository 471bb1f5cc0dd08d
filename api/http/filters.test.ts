import { people, testApi } from '../../test/support/api';

const by = { ...people, employer: { sub: 'S-1', role: 'employer', employer: '300000001' } } as const;

let api: Awaited<ReturnType<typeof testApi>>;

const MAHALLA = '1703202001';
const at = (day: string) => new Date(`${day}T09:00:00+05:00`);

/** Today is 2 March 2026. */
beforeAll(async () => {
  api = await testApi();
  const { db } = api;
  await db.employer.create({
    data: { id: 'E-000001', stir: '300000001', name: 'Nur Tikuv', district: '1703202' },
  });
  const person = { sex: 'female', mahalla: MAHALLA, createdAt: at('2026-01-10') };
  await db.person.createMany({
    data: [
      { ...person, id: 'P-000001', pinfl: '1', name: 'Oygul', birth: '1996-03-02', skills: ['sewing'] },
      {
        ...person,
        id: 'P-000002',
        pinfl: '2',
        name: 'Lola',
        birth: '1996-03-03',
        skills: ['welding'],
        recommendedUntil: '2026-03-20',
        createdAt: at('2026-02-10'),
      },
      {
        ...person,
        id: 'P-000003',
        pinfl: '3',
        name: 'Aziz',
        birth: '1980-01-01',
        skills: [],
        recommendedUntil: '2026-03-01',
      },
    ],
  });
  // Recorded twice: the other record has the skill.
  await db.person.create({
    data: {
      ...person,
      id: 'P-000004',
      pinfl: '4',
      name: 'Aziz',
      birth: '1980-01-01',
      skills: ['welding'],
      joinedTo: 'P-000003',
    },
  });
  const visit = { offered: [], wish: 'job', byId: 'O-1', at: at('2026-02-01'), on: '2026-02-01' };
  await db.visit.createMany({
    data: [
      { ...visit, personId: 'P-000001', comeAgainOn: '2026-02-20' },
      { ...visit, personId: 'P-000002', comeAgainOn: '2026-03-02' },
    ],
  });
  const job = { employerId: 'E-000001', wage: 2_000_000n, hoursPerWeek: 40, conditions: [], skills: [] };
  await db.vacancy.createMany({
    data: [
      {
        ...job,
        id: 'V-000001',
        kind: 'vacant',
        work: '933',
        title: 'Yuk ortuvchi',
        places: 2,
        taken: 1,
        district: '1703202',
      },
      {
        ...job,
        id: 'V-000002',
        kind: 'reserved',
        work: '753',
        title: 'Bosh tikuvchi',
        places: 1,
        taken: 1,
        district: '1703202',
      },
      {
        ...job,
        id: 'V-000003',
        kind: 'vacant',
        work: '753',
        title: 'Бош тикувчи',
        places: 5,
        state: 'withdrawn',
        district: '1703203',
      },
    ],
  });
  const opened = {
    eligibility: 'yes',
    consent: {},
    since: at('2026-01-10'),
    correlationId: 'c',
    area: MAHALLA,
  };
  await db.$transaction(async (tx) => {
    await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
    await tx.case.createMany({
      data: [
        {
          ...opened,
          id: 'C-000001',
          personId: 'P-000001',
          state: 'planning',
          managerId: 'O-1',
          openedAt: at('2026-01-31'),
        },
        {
          ...opened,
          id: 'C-000002',
          personId: 'P-000002',
          state: 'planning',
          managerId: 'O-9',
          openedAt: at('2026-02-01'),
        },
        // An instant of the first minutes of March in Tashkent, and of February in UTC.
        {
          ...opened,
          id: 'C-000003',
          personId: 'P-000003',
          state: 'planning',
          managerId: 'O-1',
          openedAt: new Date('2026-02-28T19:05:00Z'),
        },
      ],
    });
    await tx.task.createMany({
      data: [
        {
          kind: 'plan',
          subject: 'case/C-000001',
          due: at('2026-03-01'),
          personId: 'P-000001',
          caseId: 'C-000001',
        },
        {
          kind: 'first_referral',
          subject: 'case/C-000003',
          due: at('2026-03-05'),
          personId: 'P-000003',
          caseId: 'C-000003',
        },
      ].map((task) => ({
        ...task,
        role: 'case_manager',
        area: MAHALLA,
        assigneeId: 'O-1',
        since: at('2026-02-01'),
      })),
    });
    await tx.statement.createMany({
      data: ['2026-02-26', '2026-02-27', '2026-03-02'].map((id) => ({
        id,
        state: id === '2026-03-02' ? 'asking' : 'matched',
        open: id === '2026-03-02',
        since: at(id),
        correlationId: 'c',
      })),
    });
  });
});
afterAll(() => api.close());

type Who = keyof typeof by;
const ids = async (who: Who, path: string): Promise<string[]> => {
  const { body, status } = await api.as(by[who]).get(path);
  expect([status, body.total]).toEqual([200, body.items.length]);
  return body.items.map(({ id }: { id: string }) => id);
};

test.each<[Who, string, string[]]>([
  ['supervisor', '/cases?manager=O-1', ['C-000001', 'C-000003']],
  ['supervisor', '/cases?manager=O-1&month=2026-01', ['C-000001']],
  ['supervisor', '/cases?month=2026-03', ['C-000003']],
  ['supervisor', '/cases?from=2026-02-01&to=2026-02-28', ['C-000002']],
  ['supervisor', '/cases?overdue=yes', ['C-000001']],
  ['supervisor', '/cases?waitingFor=employer', []],
  ['case_manager', '/people?ageFrom=30', ['P-000001', 'P-000003']],
  ['case_manager', '/people?ageTo=29', ['P-000002']],
  ['case_manager', '/people?ageFrom=30&ageTo=30', ['P-000001']],
  ['case_manager', '/people?skill=welding', ['P-000002', 'P-000003']],
  ['case_manager', '/people?skill=payvandlash', ['P-000002', 'P-000003']],
  ['case_manager', '/people?recommendationEndsBy=2026-03-31', ['P-000002']],
  ['case_manager', '/people?recommendationEndsBy=2026-03-19', []],
  ['case_manager', '/people?comeAgain=2026-03-01', ['P-000001']],
  ['case_manager', '/people?from=2026-02-01&to=2026-02-28', ['P-000002']],
  ['employment_officer', '/vacancies?words=tikuvchi', ['V-000002', 'V-000003']],
  ['employment_officer', '/vacancies?words=бош тикувчи', ['V-000002', 'V-000003']],
  ['employment_officer', '/vacancies?words=ombor', ['V-000001']],
  ['employment_officer', '/vacancies?words=tikuvchi&kind=reserved', ['V-000002']],
  ['employment_officer', '/vacancies?free=yes', ['V-000001']],
  ['employment_officer', '/vacancies?free=no&district=1703202', ['V-000002']],
  ['employment_officer', '/employers?name=нур', ['E-000001']],
  ['case_manager', '/tasks?kind=plan', ['1']],
  ['case_manager', '/tasks?kind=visit', ['visit-1', 'visit-2']],
  ['case_manager', '/tasks?person=P-000001', ['visit-1', '1']],
  ['case_manager', '/tasks?person=P-000004', ['2']],
  ['case_manager', '/tasks?overdue=yes', ['visit-1', '1']],
  ['case_manager', '/tasks?from=2026-03-01&to=2026-03-02', ['1', 'visit-2']],
  ['case_manager', '/tasks?to=2026-02-28', ['visit-1']],
  ['finance_officer', '/statements', ['2026-02-26', '2026-02-27', '2026-03-02']],
  ['finance_officer', '/statements?state=matched&from=2026-02-27', ['2026-02-27']],
])('%s %s', async (who, path, expected) => {
  expect(await ids(who, encodeURI(path))).toEqual(expected);
});

test('the pages of a list tell one total', async () => {
  const { body } = await api.as(by.supervisor).get('/cases?limit=2');
  expect(body).toMatchObject({ total: 3, items: [{ id: 'C-000001' }, { id: 'C-000002' }] });
  const next = await api.as(by.supervisor).get(`/cases?limit=2&cursor=${body.next}`);
  expect(next.body).toMatchObject({ total: 3, next: null, items: [{ id: 'C-000003' }] });
});

test('the folded title of a job is never shown', async () => {
  const { body } = await api.as(by.employment_officer).get('/vacancies?words=tikuvchi');
  for (const item of body.items) expect(Object.keys(item)).not.toContain('titleKey');
  for (const item of body.items) expect(item).not.toHaveProperty('employerElsewhere');
});

test('one statement with its differences', async () => {
  const { status, body } = await api.as(by.finance_officer).get('/statements/2026-02-27');
  expect([status, body]).toEqual([200, expect.objectContaining({ id: '2026-02-27', differences: [] })]);
});

describe('refuses', () => {
  test.each<[Who, string, string]>([
    ['supervisor', '/cases?from=2026-03-02&to=2026-03-01', 'to'],
    ['case_manager', '/people?ageFrom=40&ageTo=39', 'ageTo'],
    ['case_manager', '/tasks?from=2026-03-02&to=2026-02-28', 'to'],
    ['finance_officer', '/ledger?from=2026-03-02&to=2026-03-01', 'to'],
    ['finance_officer', '/statements?from=2026-03-02&to=2026-03-01', 'to'],
    ['supervisor', '/cases?from=2026-02-30', 'from'],
    ['supervisor', '/cases?month=2026-13', 'month'],
    ['case_manager', '/people?ageFrom=-1', 'ageFrom'],
    ['case_manager', '/tasks?kind=nonsense', 'kind'],
    ['supervisor', '/cases?colour=red', 'colour'],
    ['employment_officer', '/vacancies?size=9', 'size'],
    ['finance_officer', '/statements?month=2026-03', 'month'],
  ])('%s %s: the field %s', async (who, path, field) => {
    const { status, body } = await api.as(by[who]).get(path);
    expect([status, body.errors]).toEqual([400, [expect.objectContaining({ field })]]);
  });

  test.each<[Who, string]>([
    ['employer', '/cases?manager=O-1'],
    ['employer', '/tasks?person=P-000001'],
    ['employer', '/tasks?case=C-000001'],
    ['employer', '/referrals?case=C-000001'],
    ['finance_officer', '/people?skill=welding'],
    ['supervisor', '/statements'],
    ['employment_officer', '/statements/2026-03-02'],
  ])('%s %s', async (who, path) => {
    expect((await api.as(by[who]).get(path)).status).toBe(403);
  });

  test('rows outside the caller’s area are not counted', async () => {
    expect(await ids('neighbour', '/cases')).toEqual([]);
    expect(await ids('neighbour', '/people?skill=welding')).toEqual([]);
    expect(await ids('neighbour', '/tasks?person=P-000001')).toEqual([]);
  });
});
