import { makePinfl } from '../../domain/pinfl';
import { people as by, testApi, territories } from '../../test/support/api';

let api: Awaited<ReturnType<typeof testApi>>;
const CASE = 'C-000001';

beforeAll(async () => {
  api = await testApi();
  const { db, time } = api;
  await db.territory.createMany({ data: territories });
  await db.centre.createMany({
    data: ['1703202', '1706204'].map((district, n) => ({
      id: `TC-00000${n + 1}`,
      stir: `30000040${n}`,
      kind: 'ngo',
      name: `Centre ${n + 1}`,
      district,
      accessibility: ['ramp'],
    })),
  });
  const course = {
    centreId: 'TC-000001',
    field: '753',
    title: 'Sewing',
    level: 'beginner',
    language: 'uz',
    places: 8,
    firstDay: '2026-04-01',
    lastDay: '2026-06-30',
    heldOn: ['monday'],
    startsAt: '09:00',
    endsAt: '13:00',
  };
  const rolling = { rolling: true, weeks: 4, firstDay: null, lastDay: null };
  await db.course.createMany({
    data: [
      { ...course, id: 'CO-000001' },
      { ...course, id: 'CO-000002', field: '411', title: 'Office work', centreId: 'TC-000002' },
      { ...course, id: 'CO-000003', field: 'entrepreneurship', title: 'Own business', ...rolling },
      { ...course, id: 'CO-000004', field: '933', title: 'Warehouse work' },
      { ...course, id: 'CO-000005', state: 'closed' },
      { ...course, id: 'CO-000006', state: 'cancelled' },
      { ...course, id: 'CO-000007', firstDay: '2026-01-12' },
    ],
  });
  const recommendation = {
    words: 'Light manual work.',
    suitableKinds: ['sewing'],
    unsuitableKinds: ['933'],
    conditions: ['ramp'],
  };
  await db.person.create({
    data: {
      id: 'P-000001',
      pinfl: makePinfl('1990-01-01', 'female', '000001'),
      name: 'A',
      birth: '1990-01-01',
      sex: 'female',
      mahalla: '1703202001',
      recommendation,
      recommendedUntil: '2027-01-01',
      wishes: { kinds: ['sewing'] },
      createdAt: time.now,
    },
  });
  await db.case.create({
    data: {
      id: CASE,
      personId: 'P-000001',
      area: '1703202001',
      state: 'planning',
      open: false,
      since: time.now,
      openedAt: time.now,
      consent: {},
      eligibility: 'yes',
      correlationId: 'test',
    },
  });
});
afterAll(() => api.close());

const matched = async (query = '', headers = {}) => {
  const { status, body } = await api.as(by.case_manager).get(`/cases/${CASE}/courses${query}`, headers);
  expect(status).toBe(200);
  return body as {
    recommendation: string;
    suitable: { course: { id: string; centre: string }; reasons: { words: string }[] }[];
    notSuitable: { course: { id: string }; because: { code: string; words: string }[] }[];
    totals: object;
  };
};

test('courses of the region that still take people, with the reasons in words; unsuitable ones apart', async () => {
  const { recommendation, suitable, notSuitable, totals } = await matched();
  expect(recommendation).toBe('Light manual work.');
  expect(suitable.map(({ course }) => course.id)).toEqual(['CO-000001', 'CO-000003']);
  expect(suitable[0]?.course).toMatchObject({
    centre: 'Centre 1',
    districtName: 'Area 1703202',
    hoursPerWeek: 4,
  });
  expect(suitable[0]?.reasons.map(({ words }) => words)).toEqual([
    'Your work recommendation names this kind of work: Garment and related trades workers.',
    'The centre offers what you need: Ramp at the entrance.',
    'It teaches work that you asked for: Garment and related trades workers.',
    'The course is in your district: Area 1703202.',
  ]);
  expect(notSuitable).toMatchObject([
    {
      course: { id: 'CO-000004' },
      because: [{ words: expect.stringContaining('This course teaches work that is not suitable for you') }],
    },
  ]);
  expect(totals).toEqual({ suitable: 2, notSuitable: 1 });
});

test('everywhere, with a limit, and in Uzbek', async () => {
  const { suitable, totals } = await matched('?everywhere=yes&limit=1', { 'Accept-Language': 'uz' });
  expect(totals).toEqual({ suitable: 3, notSuitable: 1 });
  expect(suitable).toHaveLength(1);
  expect(suitable[0]?.reasons.map(({ words }) => words)).toContain(
    "O'quv markazida sizga kerak bo'lgan narsa bor: Kiraverishda pandus.",
  );
});

test('who may ask', async () => {
  const status = async (who: Parameters<typeof api.as>[0]) =>
    (await api.as(who).get(`/cases/${CASE}/courses`)).status;
  expect(await status(by.supervisor)).toBe(200);
  expect(await status(by.neighbour)).toBe(404);
  for (const who of [by.training_officer, by.employment_officer, by.auditor])
    expect(await status(who)).toBe(403);
});
