import {
  newPerson,
  type Pathway,
  plannedCase,
  referred,
  seedOffices,
  somebody,
  startPathway,
  STIR,
} from '../../test/support/pathway';

let pathway: Pathway;
beforeAll(async () => {
  pathway = await startPathway();
  await seedOffices(pathway);
});
afterAll(() => pathway.close());

const manager = () => pathway.as(somebody.case_manager);
const supervisor = () => pathway.as(somebody.supervisor);
const consent = { by: 'person' };
const words = {
  capabilities: 'sews',
  needs: 'quiet',
  wishes: 'a job',
  conditions: 'none',
  barriers: 'transport',
};
const nobody = 'C-999999';

async function openedCase() {
  const person = await newPerson(pathway);
  const { body } = await manager().post('/cases', { person: person.id, consent });
  await pathway.settled();
  return { id: (body as { id: string }).id, person };
}

describe('POST /cases', () => {
  test('opens a case for a person of the mahalla, by number or PINFL, and its workflow asks TIEK', async () => {
    const person = await newPerson(pathway);
    const answer = await manager().post('/cases', {
      pinfl: person.pinfl,
      consent: { ...consent, purpose: 'a job' },
    });
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({
      id: expect.stringMatching(/^C-\d{6}$/),
      state: 'assessment',
      personId: person.id,
      managerId: 'O-1',
      area: '1703202001',
      consent: { by: 'person', on: '2026-03-02' },
      waitingFor: { what: 'assessment', role: 'case_manager', overdue: false, then: expect.any(String) },
      allowedActions: expect.arrayContaining(['assessment', 'withdrawal']),
    });
    await pathway.settled();
    const now = await manager().get(`/cases/${answer.body.id}`);
    expect(now.body).toMatchObject({ eligibility: 'yes' });
  });

  test('twice: the same key gives the same case, another body is refused', async () => {
    const person = await newPerson(pathway);
    const key = { 'Idempotency-Key': 'open-1' };
    const first = await manager().post('/cases', { person: person.id, consent }, key);
    const again = await manager().post('/cases', { person: person.id, consent }, key);
    expect(again.status).toBe(201);
    expect(again.body).toEqual(first.body);
    const other = await manager().post('/cases', { person: person.id, consent, personsWish: 'x' }, key);
    expect(other.status).toBe(409);
    expect(other.body).toMatchObject({ code: 'key_reused' });
    const second = await manager().post('/cases', { person: person.id, consent });
    expect(second.status).toBe(409);
    expect(second.body).toMatchObject({ code: 'open_case' });
  });

  test('needs no worker, but Temporal: 503, and the same key starts the workflow', async () => {
    const person = await newPerson(pathway);
    const key = { 'Idempotency-Key': 'open-2' };
    const refresh = jest.spyOn(pathway.workflows, 'refresh');
    refresh.mockRejectedValueOnce(Object.assign(new Error('14 UNAVAILABLE'), { code: 'ECONNREFUSED' }));
    const down = await manager().post('/cases', { person: person.id, consent }, key);
    expect(down.status).toBe(503);
    expect(down.headers['retry-after']).toBeDefined();
    expect(down.body.detail).toContain('send the same key again');
    const up = await manager().post('/cases', { person: person.id, consent }, key);
    expect(up.status).toBe(201);
    await pathway.settled();
    expect(await pathway.db.case.count({ where: { personId: person.id } })).toBe(1);
    refresh.mockRestore();
  });

  test('a person with an open case elsewhere: that case is asked for', async () => {
    const { id, person } = await openedCase();
    await pathway.db.person.update({ where: { id: person.id }, data: { mahalla: '1703202002' } });
    const key = { 'Idempotency-Key': 'open-3' };
    for (let time = 1; time <= 2; time++) {
      const answer = await pathway.as(somebody.neighbour).post('/cases', { person: person.id, consent }, key);
      expect(answer.status).toBe(409);
      expect(answer.body).toMatchObject({ code: 'open_case_elsewhere' });
    }
    const asked = await pathway.db.task.findMany({
      where: { caseId: id, kind: 'transfer_request', closedAt: null },
    });
    expect(asked).toHaveLength(1);
    expect((await pathway.as(somebody.neighbour).get(`/cases/${id}`)).status).toBe(404);
  });

  test('a newcomer with a case elsewhere, known by PINFL: that case is asked for; without one they are not of this mahalla', async () => {
    const { id, person } = await openedCase();
    const { pinfl } = await pathway.db.person.findUniqueOrThrow({ where: { id: person.id } });
    const asked = await pathway.as(somebody.neighbour).post('/cases', { pinfl, consent });
    expect([asked.status, asked.body['code']]).toEqual([409, 'open_case_elsewhere']);
    const request = { caseId: id, kind: 'transfer_request', closedAt: null };
    expect(await pathway.db.task.count({ where: request })).toBe(1);
    await manager().post(`/cases/${id}/withdrawal`, { reason: 'moved away' });
    const without = await pathway.as(somebody.neighbour).post('/cases', { pinfl, consent });
    expect(without.status).toBe(404);
  });

  test.each([
    ['no consent', {}, 422, 'wrong_fields'],
    ['an unknown field', { consent, colour: 'red' }, 422, 'unknown_field'],
    ['an impossible date', { consent: { by: 'person', on: '2026-02-30' } }, 422, 'impossible_date'],
    ['a wrong PINFL', { person: undefined, pinfl: '31210632040240', consent }, 422, 'pinfl_check_digit'],
    ['a guardian without a name', { consent: { by: 'guardian' } }, 422, 'guardians_consent'],
  ])('refuses %s', async (_, more, status, code) => {
    const person = await newPerson(pathway);
    const answer = await manager().post('/cases', { person: person.id, ...more });
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ code, errors: [expect.any(Object)] });
  });

  test('another mahalla’s person does not exist, and other roles may not', async () => {
    const person = await newPerson(pathway);
    expect((await pathway.as(somebody.neighbour).post('/cases', { person: person.id, consent })).status).toBe(
      404,
    );
    expect((await pathway.as(somebody.employer).post('/cases', { person: person.id, consent })).status).toBe(
      403,
    );
    const bySupervisor = await supervisor().post('/cases', { person: person.id, consent });
    expect(bySupervisor.body).toMatchObject({ managerId: 'O-1' });
  });
});

describe('GET /cases', () => {
  test('lists and filters the cases of the area, page by page', async () => {
    const { id, person } = await openedCase();
    const byPerson = await manager().get(`/cases?person=${person.id}`);
    expect(byPerson.body).toMatchObject({
      items: [
        { id, state: 'assessment', waitingFor: { role: 'case_manager' }, allowedActions: expect.any(Array) },
      ],
      next: null,
    });
    const all: string[] = [];
    let next: string | null = '';
    while (next !== null) {
      const answer = await supervisor().get(
        `/cases?limit=2${next && `&cursor=${next}`}&waitingFor=case_manager`,
      );
      all.push(...(answer.body.items as { id: string }[]).map((row) => row.id));
      next = answer.body.next as string | null;
    }
    expect(all).toContain(id);
    expect(new Set(all).size).toBe(all.length);
    expect((await supervisor().get('/cases?area=1703202003')).body.items).toEqual([]);
    expect((await supervisor().get(`/cases?person=${person.id}&state=planning`)).body.items).toEqual([]);
    expect((await supervisor().get(`/cases?person=${person.id}&waitingFor=employer`)).body.items).toEqual([]);
    expect((await supervisor().get(`/cases?person=${person.id}&overdue=true`)).body.items).toEqual([]);
    expect((await pathway.as(somebody.far_supervisor).get('/cases')).body.items).toEqual([]);
    expect((await pathway.as(somebody.auditor).get(`/cases?person=${person.id}`)).body.items).toHaveLength(1);
  });

  test('refuses unknown filters, wrong cursors and other roles', async () => {
    expect((await manager().get('/cases?colour=red')).status).toBe(400);
    expect((await manager().get('/cases?cursor=%25')).status).toBe(400);
    expect((await pathway.as(somebody.employer).get('/cases')).status).toBe(403);
  });

  test('one case is not there outside the area', async () => {
    const { id } = await openedCase();
    expect((await pathway.as(somebody.far_manager).get(`/cases/${id}`)).status).toBe(404);
    expect((await manager().get(`/cases/${nobody}`)).status).toBe(404);
    expect((await manager().get('/cases/x')).status).toBe(400);
  });
});

describe('POST /cases/search', () => {
  test('finds by name or PINFL within the area', async () => {
    const { id, person } = await openedCase();
    const byPinfl = await manager().post('/cases/search', { pinfl: person.pinfl });
    expect(byPinfl.body.items).toMatchObject([{ id, person: { id: person.id } }]);
    const { name } = await pathway.db.person.findUniqueOrThrow({ where: { id: person.id } });
    const byName = await manager().post('/cases/search', { name: name.toUpperCase() });
    expect(byName.body.items).toEqual(expect.arrayContaining([expect.objectContaining({ id })]));
    const far = await pathway.as(somebody.far_manager).post('/cases/search', { pinfl: person.pinfl });
    expect(far.body.items).toEqual([]);
  });

  test('refuses neither, both and other roles', async () => {
    expect((await manager().post('/cases/search', {})).status).toBe(422);
    expect((await pathway.as(somebody.employer).post('/cases/search', { name: 'Person' })).status).toBe(403);
  });
});

test('the timeline tells in words who acted, in which role and how', async () => {
  const { id } = await plannedCase(pathway);
  const { body } = await manager().get(`/cases/${id}/timeline`);
  expect(body.items[0]).toMatchObject({
    at: '2026-03-02T04:00:00.000Z',
    type: 'case_opened',
    words: 'Case opened with consent.',
    by: { id: 'O-1', name: 'Official O-1', role: 'case_manager' },
    citation: null,
  });
  const types = (body.items as { type: string }[]).map(({ type }) => type);
  expect(types).toEqual(expect.arrayContaining(['eligibility_yes', 'assessed', 'planned']));
  const first = await manager().get(`/cases/${id}/timeline?limit=1`);
  const second = await manager().get(`/cases/${id}/timeline?limit=100&cursor=${first.body.next}`);
  expect([...first.body.items, ...second.body.items]).toEqual(body.items);
  expect((await pathway.as(somebody.far_manager).get(`/cases/${id}/timeline`)).status).toBe(404);
});

describe('assessment and plan', () => {
  test('two people do not overwrite each other unknowingly', async () => {
    const { id } = await openedCase();
    const read = await manager().get(`/cases/${id}`);
    expect([read.headers['etag'], read.body.revision]).toEqual(['"0"', 0]);
    const ifMatch = { 'If-Match': read.headers['etag'] as string };
    const first = await supervisor().put(`/cases/${id}/assessment`, { ...words, needs: 'light' }, ifMatch);
    expect([first.status, first.headers['etag']]).toEqual([200, '"1"']);
    const second = await manager().put(`/cases/${id}/assessment`, words, ifMatch);
    expect(second.status).toBe(412);
    expect(second.body).toMatchObject({ code: 'changed_meanwhile', errors: [{ field: 'assessment' }] });
    expect((await manager().get(`/cases/${id}`)).body.assessment).toMatchObject({ needs: 'light' });
    const assessed = await pathway.db.event.count({ where: { caseId: id, type: 'assessed' } });
    expect(assessed).toBe(1);

    const plan = { measures: [{ kind: 'job' }] };
    const planned = await manager().put(`/cases/${id}/plan`, plan, { 'If-Match': '"1"' });
    expect([planned.status, planned.headers['etag']]).toEqual([200, '"2"']);
    const training = { measures: [{ kind: 'training' }, { kind: 'job' }] };
    const changed = await supervisor().put(`/cases/${id}/plan`, training, { 'If-Match': '"2"' });
    expect([changed.status, changed.headers['etag']]).toEqual([200, '"3"']);
    const stale = await manager().put(`/cases/${id}/plan`, plan, { 'If-Match': '"2"' });
    expect([stale.status, stale.body.errors]).toMatchObject([412, [{ field: 'plan' }]]);
    const both = await manager().put(`/cases/${id}/plan`, plan, { 'If-Match': '"0"' });
    expect(both.body.errors.map(({ field }: { field: string }) => field)).toEqual(['assessment', 'plan']);
    expect((await manager().put(`/cases/${id}/plan`, plan)).status).toBe(200);
  });

  test('an answer of a register is no edit', async () => {
    const { id } = await openedCase();
    const { revision } = (await manager().get(`/cases/${id}`)).body as { revision: number };
    await manager().post(`/cases/${id}/eligibility`, { step: 'ask_again' });
    await pathway.settled();
    const answer = await manager().put(`/cases/${id}/assessment`, words, { 'If-Match': `"${revision}"` });
    expect(answer.status).toBe(200);
  });

  test('lead to planning, once per key', async () => {
    const { id } = await openedCase();
    const early = await manager().put(`/cases/${id}/plan`, { measures: [{ kind: 'job' }] });
    expect(early.status).toBe(409);
    expect(early.body).toMatchObject({
      code: 'not_in_this_state',
      state: 'assessment',
      allowedActions: expect.arrayContaining(['assessment']),
    });
    const key = { 'Idempotency-Key': `assess-${id}` };
    const assessed = await manager().put(`/cases/${id}/assessment`, words, key);
    expect(assessed.body).toMatchObject({
      state: 'planning',
      assessment: words,
      waitingFor: { what: 'plan' },
    });
    const again = await manager().put(`/cases/${id}/assessment`, words, key);
    expect(again.body).toEqual(assessed.body);
    expect(again.headers['idempotent-replayed']).toBe('true');
    const planned = await manager().put(`/cases/${id}/plan`, {
      measures: [{ kind: 'training', provider: 'Monomarkaz' }, { kind: 'job' }],
      services: [{ kind: 'escort', provider: 'Mahalla' }],
    });
    expect(planned.body).toMatchObject({
      state: 'planning',
      plan: {
        measures: [
          { n: 1, kind: 'training' },
          { n: 2, kind: 'job' },
        ],
        services: [{ kind: 'escort' }],
      },
    });
    const typed = { measures: [{ kind: 'training', startedOn: '2026-03-02' }] };
    expect((await manager().put(`/cases/${id}/plan`, typed)).body).toMatchObject({
      status: 422,
      code: 'training_begin_by_referral',
      errors: [{ field: 'measures.0.startedOn' }],
    });
    const ticked = { measures: [{ kind: 'job', subsidised: true }] };
    expect((await manager().put(`/cases/${id}/plan`, ticked)).body).toMatchObject({
      status: 422,
      code: 'unknown_field',
      errors: [{ field: expect.stringContaining('subsidised') }],
    });
    const wrong = await manager().put(`/cases/${id}/plan`, { measures: [] });
    expect(wrong.body).toMatchObject({ status: 422, code: 'no_measure' });
  });

  test('every version is kept and read, page by page; the time line says by name what changed', async () => {
    const { id } = await openedCase();
    await manager().put(`/cases/${id}/assessment`, words);
    const escort = { kind: 'escort', provider: 'Mahalla' };
    await manager().put(`/cases/${id}/plan`, { measures: [{ kind: 'job' }], services: [escort] });
    const dropping = await manager().put(`/cases/${id}/plan`, { measures: [{ kind: 'job' }] });
    expect(dropping.body).toMatchObject({ status: 422, code: 'service_under_way' });
    expect(dropping.body.errors[0]).toMatchObject({
      field: 'services',
      detail: expect.stringContaining('escort, Mahalla'),
    });
    const ended = await manager().post(`/cases/${id}/services`, { service: 1, outcome: 'no longer needed' });
    expect(ended.body).toMatchObject({ plan: { services: [{ n: 1, outcome: 'no longer needed' }] } });
    await manager().put(`/cases/${id}/plan`, { measures: [{ kind: 'training' }, { kind: 'job' }] });

    const first = await manager().get(`/cases/${id}/plans?limit=1`);
    expect(first.body.items).toMatchObject([
      {
        n: 1,
        by: { id: somebody.case_manager.sub },
        body: { measures: [{ kind: 'job' }], services: [escort] },
      },
    ]);
    const rest = await manager().get(`/cases/${id}/plans?cursor=${first.body.next}`);
    expect(rest.body).toMatchObject({
      items: [{ n: 2, body: { measures: [{ kind: 'training' }, { kind: 'job' }], services: [] } }],
      next: null,
    });
    expect((await manager().get(`/cases/${id}/assessments`)).body.items).toMatchObject([
      { n: 1, body: words },
    ]);
    for (const list of ['plans', 'assessments'])
      expect((await pathway.as(somebody.far_manager).get(`/cases/${id}/${list}`)).status).toBe(404);
    const { items } = (await manager().get(`/cases/${id}/timeline?limit=200`)).body;
    const said = (items as { type: string; words: string }[])
      .filter(({ type }) => type.startsWith('service_') || type.startsWith('measure_'))
      .map((event) => event.words);
    expect(said).toEqual([
      'New service in the plan: escort by Mahalla.',
      'Service ended, escort by Mahalla: no longer needed.',
      'New in the plan: training.',
    ]);
  });

  test.each(['assessment', 'plan'])('%s is the case worker’s, in the area', async (command) => {
    const { id } = await openedCase();
    const body = command === 'plan' ? { measures: [{ kind: 'job' }] } : words;
    expect((await pathway.as(somebody.labour_inspector).put(`/cases/${id}/${command}`, body)).status).toBe(
      403,
    );
    expect((await pathway.as(somebody.far_manager).put(`/cases/${id}/${command}`, body)).status).toBe(404);
    expect((await manager().put(`/cases/${id}/${command}`, { ...body, colour: 'red' })).body).toMatchObject({
      code: 'unknown_field',
    });
  });
});

test('eligibility: a certificate waits for TIEK’s silence; TIEK can be asked again', async () => {
  const { id } = await openedCase();
  expect((await manager().post(`/cases/${id}/eligibility`, { step: 'ask_again' })).status).toBe(200);
  await pathway.settled();
  const certificate = {
    number: 'T-1',
    date: '2026-01-10',
    issuer: 'TIEK',
    validUntil: '2027-01-10',
    group: 2,
  };
  const early = await manager().post(`/cases/${id}/eligibility`, { step: 'certificate', certificate });
  expect(early.body).toMatchObject({
    status: 409,
    code: 'eligible_already',
    allowedActions: expect.any(Array),
  });
  const unneeded = await manager().post(`/cases/${id}/eligibility`, {
    step: 'new_examination',
    on: '2026-04-01',
  });
  expect(unneeded.body).toMatchObject({ status: 409, code: 'no_need' });
  expect((await manager().post(`/cases/${id}/eligibility`, { step: 'guess' })).status).toBe(422);
});

test('matches: suitable jobs ranked with their reasons, unsuitable ones apart', async () => {
  const { id } = await plannedCase(pathway);
  const { status, body } = await manager().get(`/cases/${id}/matches`);
  expect(status).toBe(200);
  expect(body.recommendation).toBe('light work');
  expect(body.suitable[0]).toMatchObject({
    vacancy: { id: 'V-900002', title: 'Tailor', wage: 2_000_000, employer: { name: 'Nur Tikuv MChJ' } },
    reasons: expect.arrayContaining([
      { code: 'same_district', for: true, words: 'It is in your district: Area 1703202.' },
    ]),
  });
  expect(body.notSuitable).toMatchObject([
    {
      vacancy: { id: 'V-900004' },
      because: [{ code: 'kind_unsuitable', for: false, words: expect.stringContaining('not suitable') }],
    },
  ]);
  expect((await pathway.as(somebody.far_manager).get(`/cases/${id}/matches`)).status).toBe(404);
  expect((await pathway.as(somebody.employer).get(`/cases/${id}/matches`)).status).toBe(403);
});

test('matches by a certificate: nobody knows where it says nothing about work', async () => {
  const { id } = await plannedCase(pathway);
  const certified = (said: object) =>
    pathway.db.case.update({
      where: { id },
      data: { eligibility: 'evidence', evidence: { number: 'T-1', validUntil: '2030-01-01', ...said } },
    });
  await certified({ words: 'No heavy loads.' });
  const unknown = await manager().get(`/cases/${id}/matches`);
  expect(unknown.body).toMatchObject({ recommendation: 'No heavy loads.', suitable: [] });
  expect(unknown.body.notSuitable[0].because).toEqual([
    { code: 'recommendation_not_known', for: false, words: expect.stringContaining('not known') },
  ]);
  await certified({ suitableKinds: ['sewing'] });
  const known = await manager().get(`/cases/${id}/matches`);
  expect(known.body.suitable[0].vacancy).toMatchObject({ title: 'Tailor' });
});

describe('POST /cases/{id}/referrals', () => {
  test('answers the referral it made', async () => {
    const { id } = await plannedCase(pathway);
    const key = { 'Idempotency-Key': `refer-${id}` };
    const made = await manager().post(`/cases/${id}/referrals`, { vacancy: 'V-900001' }, key);
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      id: expect.stringMatching(/^R-/),
      caseId: id,
      state: 'issued',
      job: { title: 'Tailor' },
    });
    const again = await manager().post(`/cases/${id}/referrals`, { vacancy: 'V-900001' }, key);
    expect(again.body).toEqual(made.body);
    const same = await manager().post(`/cases/${id}/referrals`, { vacancy: 'V-900001' });
    expect(same.body).toMatchObject({ status: 409, code: 'already_referred', state: 'referred' });
    expect((await manager().get(`/cases/${id}`)).body).toMatchObject({ state: 'referred' });
    await pathway.settled();
    const overdue = await supervisor().get(`/cases?waitingFor=employer`);
    expect((overdue.body.items as { id: string }[]).map((row) => row.id)).toContain(id);
  });

  test('to an unsuitable job: the supervisor’s yes', async () => {
    const { id, person } = await plannedCase(pathway);
    const plain = await manager().post(`/cases/${id}/referrals`, { vacancy: 'V-900004' });
    expect(plain.body).toMatchObject({ status: 422, code: 'not_suitable' });
    const exception = { wish: 'I want it', adaptation: 'a trolley' };
    const asked = await manager().post(`/cases/${id}/referrals`, { vacancy: 'V-900004', exception });
    expect(asked.status).toBe(200);
    expect(asked.body).toMatchObject({ id, state: 'planning' });
    expect(
      (await manager().post(`/cases/${id}/referrals`, { vacancy: 'V-900004', declined: 'no' })).status,
    ).toBe(403);
    const seen = await consentOn(id);
    expect(seen).toMatchObject({
      kind: 'referral_consent',
      asked: {
        person: await nameOf(person.id),
        job: { vacancy: 'V-900004', title: expect.any(String), employer: expect.any(String) },
        ...exception,
        recommendation: expect.any(String),
      },
    });
    const said = await supervisor().post(`/cases/${id}/referrals`, { vacancy: 'V-900004', exception });
    expect(said.status).toBe(201);
  });

  test('is refused without a plan, for unknown jobs, other roles and areas', async () => {
    const { id } = await openedCase();
    expect((await manager().post(`/cases/${id}/referrals`, { vacancy: 'V-900001' })).status).toBe(409);
    const planned = await plannedCase(pathway);
    const unknown = await manager().post(`/cases/${planned.id}/referrals`, { vacancy: 'V-999999' });
    expect(unknown.body).toMatchObject({ status: 422, code: 'unknown_vacancy' });
    expect(
      (await pathway.as(somebody.employer).post(`/cases/${id}/referrals`, { vacancy: 'V-900001' })).status,
    ).toBe(403);
    expect(
      (await pathway.as(somebody.neighbour).post(`/cases/${id}/referrals`, { vacancy: 'V-900001' })).status,
    ).toBe(404);
  });
});

test('withdrawal stops everything together; a closed case refuses and reopens', async () => {
  const { caseId, referral } = await referred(pathway);
  const gone = await manager().post(`/cases/${caseId}/withdrawal`, { reason: 'I changed my mind' });
  expect(gone.body).toMatchObject({
    state: 'closed',
    outcome: 'withdrew',
    waitingFor: null,
    allowedActions: ['reopening'],
  });
  expect((await manager().get(`/referrals/${referral}`)).body).toMatchObject({ state: 'withdrawn' });
  const late = await manager().post(`/cases/${caseId}/withdrawal`, { reason: 'again' });
  expect(late.body).toMatchObject({
    status: 409,
    code: 'not_in_this_state',
    state: 'closed',
    allowedActions: ['reopening'],
  });
  expect((await manager().get(`/cases/${caseId}`)).body).toMatchObject({
    form: { daysOpen: expect.any(Number), steps: expect.any(Array) },
  });
  await pathway.settled();
  const again = await manager().post(`/cases/${caseId}/reopening`, { reason: 'a job after all' });
  expect(again.body).toMatchObject({ state: 'planning', outcome: null });
  expect((await manager().post(`/cases/${caseId}/reopening`, { reason: 'twice' })).status).toBe(409);
  expect(
    (await pathway.as(somebody.employer).post(`/cases/${caseId}/withdrawal`, { reason: 'x' })).status,
  ).toBe(403);
  expect(
    (await pathway.as(somebody.far_manager).post(`/cases/${caseId}/reopening`, { reason: 'x' })).status,
  ).toBe(404);
});

const nameOf = async (id: string) =>
  (await pathway.db.person.findUniqueOrThrow({ where: { id }, select: { name: true } })).name;

/** The supervisor's task for a consent on a case. */
const consentOn = async (id: string) =>
  (await supervisor().get(`/tasks?case=${id}`)).body.items[0] as { kind: string; asked: object | null };

test('closure against the person’s wish needs the supervisor’s yes', async () => {
  const { id, person } = await plannedCase(pathway);
  const closure = { outcome: 'no_suitable_job', summary: 'nothing found', personAgrees: false };
  const asked = await manager().post(`/cases/${id}/closure`, closure);
  expect(asked.body).toMatchObject({ state: 'planning', closureAsked: closure });
  expect(await consentOn(id)).toMatchObject({
    kind: 'closure_consent',
    asked: { person: await nameOf(person.id), outcome: 'no_suitable_job', summary: 'nothing found' },
  });
  expect((await manager().post(`/cases/${id}/closure`, { declined: 'no' })).status).toBe(403);
  const closed = await supervisor().post(`/cases/${id}/closure`, closure);
  expect(closed.body).toMatchObject({ state: 'closed', outcome: 'no_suitable_job' });
  expect((await manager().post(`/cases/${id}/closure`, { ...closure, outcome: 'rich' })).status).toBe(422);
});

test('transfer: the person moved, and the new case manager takes over', async () => {
  const { id, person } = await plannedCase(pathway);
  await pathway.db.person.update({ where: { id: person.id }, data: { mahalla: '1703202002' } });
  const started = await manager().post(`/cases/${id}/transfer`, { to: '1703202002', reason: 'moved' });
  expect(started.body).toMatchObject({ area: '1703202001', movesTo: '1703202002' });
  const taken = await pathway.as(somebody.neighbour).post(`/cases/${id}/transfer`, { takeOver: true });
  expect(taken.body).toMatchObject({ area: '1703202002', managerId: 'O-2', movesTo: null });
  expect(
    (await pathway.as(somebody.far_manager).post(`/cases/${id}/transfer`, { takeOver: true })).status,
  ).toBe(404);
  expect(
    (await pathway.as(somebody.neighbour).post(`/cases/${id}/transfer`, { to: '17', reason: 'x' })).status,
  ).toBe(422);
});

describe('POST /assignments', () => {
  test('moves cases with their tasks to the office and back', async () => {
    const { id } = await plannedCase(pathway);
    const key = { 'Idempotency-Key': `assign-${id}` };
    const moved = await supervisor().post('/assignments', { cases: [id], to: 'office' }, key);
    expect(moved.body).toMatchObject({ cases: 1, tasks: expect.any(Number) });
    expect((await supervisor().post('/assignments', { cases: [id], to: 'office' }, key)).body).toEqual(
      moved.body,
    );
    expect((await supervisor().get(`/cases/${id}`)).body).toMatchObject({
      managerId: null,
      waitingFor: { role: 'supervisor' },
    });
    await supervisor().post('/assignments', { cases: [id], to: 'O-1' });
    expect((await supervisor().get(`/cases/${id}`)).body).toMatchObject({
      managerId: 'O-1',
      waitingFor: { role: 'case_manager', assignee: 'O-1' },
    });
  });

  test('is the supervisor’s, for cases and officials of the district', async () => {
    const { id } = await plannedCase(pathway);
    expect((await manager().post('/assignments', { cases: [id], to: 'office' })).status).toBe(403);
    expect(
      (await pathway.as(somebody.far_supervisor).post('/assignments', { cases: [id], to: 'office' })).status,
    ).toBe(404);
    expect((await supervisor().post('/assignments', { cases: [id], to: 'O-21' })).status).toBe(422);
    expect((await supervisor().post('/assignments', { to: 'office' })).status).toBe(422);
    expect(
      (await supervisor().post('/assignments', { cases: [id], to: 'office', colour: 'red' })).body,
    ).toMatchObject({ code: 'unknown_field' });
  });
});

test('work found alone is told to the case', async () => {
  const { id, person } = await plannedCase(pathway);
  await pathway.sandbox.script({ yammt: { hires: { pinfl: person.pinfl, stir: STIR, on: '2026-03-02' } } });
  const told = await manager().post('/employments', {
    case: id,
    stir: STIR,
    since: '2026-03-02',
    checks: true,
  });
  expect(told.status).toBe(200);
  await pathway.settled();
  expect((await manager().get(`/cases/${id}`)).body).toMatchObject({
    state: 'employed',
    employments: [{ state: 'in_force' }],
  });
});
