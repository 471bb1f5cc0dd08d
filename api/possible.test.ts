import { people as officials, territories, testApi } from '../test/support/api';

type Api = Awaited<ReturnType<typeof testApi>>;

const STIR = '301234567';
const employer = { sub: 'S-1', role: 'employer', employer: STIR } as const;
const HERE = officials.case_manager.area;
const THERE = officials.neighbour.area;

let api: Api;
beforeAll(async () => {
  api = await testApi();
  await api.db.territory.createMany({ data: territories });
  await rows(api);
});
afterAll(() => api.close());

/** A case offered to the neighbouring mahalla, with a referral that the employer left unanswered. */
async function rows({ db, time: { now } }: Api) {
  const born = { birth: '1990-05-17', sex: 'female', skills: [], createdAt: now };
  await db.person.create({
    data: { id: 'P-1', pinfl: '41705902040017', name: 'Nodira', mahalla: HERE, ...born },
  });
  await db.employer.create({
    data: { id: 'E-1', stir: STIR, name: 'Nur Tikuv MChJ', district: '1703202' },
  });
  const job = { title: 'Tailor', work: 'sewing', conditions: [], skills: [], hoursPerWeek: 40, wage: 1n };
  await db.vacancy.create({
    data: { id: 'V-1', employerId: 'E-1', kind: 'vacant', places: 1, district: '1703202', ...job },
  });
  const begun = { since: now, correlationId: 'test' };
  const about = { caseId: 'C-000001', personId: 'P-1', employerId: 'E-1' };
  await db.$transaction(async (tx) => {
    await tx.case.create({
      data: {
        id: 'C-000001',
        personId: 'P-1',
        area: HERE,
        managerId: officials.case_manager.sub,
        movesTo: THERE,
        state: 'planning',
        openedAt: now,
        consent: { by: 'person', on: '2026-03-02', for: 'a case' },
        eligibility: 'yes',
        ...begun,
      },
    });
    await tx.referral.create({
      data: {
        id: 'R-000001',
        ...about,
        vacancyId: 'V-1',
        kind: 'vacant',
        measure: 1,
        area: HERE,
        state: 'silent',
        open: false,
        issuedAt: now,
        ...begun,
      },
    });
    await tx.inspection.create({
      data: {
        id: 'I-000001',
        ...about,
        referralId: 'R-000001',
        ground: 'silence',
        jobKind: 'vacant',
        area: '1703',
        state: 'examining',
        openedAt: now,
        facts: {},
        ...begun,
      },
    });
    const waits = { since: now, nextAt: now };
    await tx.task.createMany({
      data: [
        {
          ...waits,
          subject: 'case/C-000001',
          kind: 'transfer',
          role: 'case_manager',
          area: THERE,
          assigneeId: officials.neighbour.sub,
          caseId: 'C-000001',
        },
        {
          ...waits,
          subject: 'inspection/I-000001',
          kind: 'resolution',
          role: 'labour_inspector',
          area: '1703',
        },
      ],
    });
  });
}

type Shown = { id: string; allowedActions: string[]; subject?: { id: string } };

/** What the same caller is told in the row's own answer, in the list and on the worklist. */
async function told(who: Parameters<Api['as']>[0], path: string, id: string) {
  const caller = api.as(who);
  const one = (await caller.get(`${path}/${id}`)).body as Shown;
  const listed = (await caller.get(path)).body as { items: Shown[] };
  const worklist = (await caller.get('/tasks')).body as { items: Shown[] };
  return {
    one: one.allowedActions,
    listed: listed.items.find((row) => row.id === id)?.allowedActions,
    worklist: worklist.items.find((task) => task.subject?.id === id)?.allowedActions,
  };
}

test('a case offered to another area: that area takes it over, and nothing else, wherever it is shown', async () => {
  const actions = ['transfer', 'askTransfer'];
  expect(await told(officials.neighbour, '/cases', 'C-000001')).toEqual({
    one: actions,
    listed: actions,
    worklist: actions,
  });
  expect((await told(officials.case_manager, '/cases', 'C-000001')).listed).toContain('closure');
});

test('an ended referral: what its open inspection still takes, in its own answer and in the list', async () => {
  for (const [who, actions] of [
    [employer, ['decision']],
    [officials.case_manager, ['decision', 'withdrawal']],
    [officials.employment_officer, ['decision']],
    [officials.auditor, []],
  ] as const)
    expect(await told(who, '/referrals', 'R-000001')).toMatchObject({ one: actions, listed: actions });
});

test('an inspection: by its state alone', async () => {
  expect(await told(officials.labour_inspector, '/inspections', 'I-000001')).toEqual({
    one: ['resolution', 'extension'],
    listed: ['resolution', 'extension'],
    worklist: ['resolution', 'extension'],
  });
});
