import { people as officials, territories, testApi } from '../../test/support/api';

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

/**
 * A case offered to the neighbouring mahalla, with referrals that the employer left unanswered (one inspection is settled
 * since), rejected, and did not follow with a contract, and an employment whose conditions are inspected.
 */
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
    const sent = { vacancyId: 'V-1', kind: 'vacant', measure: 1, area: HERE, open: false, issuedAt: now };
    const inspected = { ...about, jobKind: 'vacant', area: '1703', openedAt: now, facts: {}, ...begun };
    for (const [n, referral, ground, state] of [
      [1, 'silent', 'silence', 'examining'],
      [2, 'silent', 'silence', 'settled'],
      [3, 'rejected', 'rejection', 'examining'],
      [4, 'no_contract', 'no_contract', 'examining'],
    ] as const) {
      const referralId = `R-00000${n}`;
      await tx.referral.create({ data: { id: referralId, ...about, ...sent, state: referral, ...begun } });
      await tx.inspection.create({ data: { id: `I-00000${n}`, ...inspected, referralId, ground, state } });
    }
    await tx.employment.create({
      data: {
        id: 'J-000001',
        ...about,
        area: HERE,
        hiredOn: '2026-01-05',
        confirmedAt: now,
        how: 'referral',
        proof: 'yammt',
        state: 'monitoring',
        ...begun,
      },
    });
    await tx.inspection.create({
      data: {
        id: 'I-000005',
        ...inspected,
        employmentId: 'J-000001',
        ground: 'conditions',
        state: 'directed',
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
        ...['I-000001', 'I-000002', 'I-000003', 'I-000004', 'I-000005'].map((id) => ({
          ...waits,
          subject: `inspection/${id}`,
          kind: 'resolution',
          role: 'labour_inspector',
          area: '1703',
        })),
        { ...waits, subject: 'retention/J-000001', kind: 'check', role: 'clock', area: HERE },
      ],
    });
  });
}

const askers = [employer, officials.case_manager, officials.employment_officer, officials.auditor] as const;

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

test.each([
  ['R-000001', [['decision'], ['decision', 'withdrawal'], ['decision'], []]],
  ['R-000002', [['contract'], ['contract', 'withdrawal'], ['contract'], []]],
  ['R-000003', [[], ['withdrawal'], [], []]],
  ['R-000004', [[], ['withdrawal'], [], []]],
])(
  'ended referral %s: what its open inspection takes, in its own answer and in the list',
  async (id, all) => {
    for (const [n, who] of askers.entries())
      expect(await told(who, '/referrals', id)).toMatchObject({ one: all[n], listed: all[n] });
  },
);

test.each([
  ['I-000001', [[], ['personDeclines'], [], []]],
  ['I-000002', [['contract'], ['contract', 'personDeclines'], ['contract'], []]],
  ['I-000003', [[], ['personDeclines'], [], []]],
  ['I-000004', [[], ['personDeclines'], [], []]],
  ['I-000005', [[], [], undefined, []]],
])('inspection %s names what has a route of its own, and no late decision', async (id, all) => {
  for (const [n, who] of askers.entries()) {
    const shown = await told(who, '/inspections', id);
    expect([shown.one, shown.listed]).toEqual([all[n], all[n]]);
  }
});

const onPaper = { manner: 'paper', on: '2026-03-02' };
const accepted = { decision: 'accept', startOn: '2026-03-03' };

test.each([
  ['decision', 'R-000002', employer, accepted, { state: 'settled', allowedActions: ['contract'] }],
  ['contract', 'R-000001', employer, { contract: 'K' }, { state: 'silent', allowedActions: ['decision'] }],
  [
    'decision',
    'R-000003',
    officials.case_manager,
    { ...accepted, received: onPaper },
    { state: 'rejected', allowedActions: ['withdrawal'] },
  ],
])('a %s refused on %s: the answer names what is possible there', async (name, id, who, body, said) => {
  const key = { 'Idempotency-Key': `${name}-${id}` };
  const refused = await api.as(who).post(`/referrals/${id}/${name}`, body, key);
  expect(refused.body).toMatchObject({ status: 409, ...said });
});

test('an inspection: to the inspectorate, and no time of its own runs that could be extended', async () => {
  expect(await told(officials.labour_inspector, '/inspections', 'I-000001')).toEqual({
    one: ['resolution', 'step'],
    listed: ['resolution', 'step'],
    worklist: ['resolution', 'step'],
  });
  const { body } = await api.as(officials.labour_inspector).get('/inspections/I-000001');
  expect(body.notAllowed).toEqual([
    {
      action: 'extension',
      code: 'too_late',
      words: "The inspector's time is over, so it is not extended. The chief inspector has the inspection.",
    },
  ]);
});
