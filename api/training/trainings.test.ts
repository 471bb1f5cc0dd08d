import { addDays } from '../../domain/day';
import { type Pathway, plannedCase, seedOffices, somebody, startPathway } from '../../test/support/pathway';

const CENTRE = 'TC-000001';
const COURSE = 'CO-000001';
const officer = { sub: 'T-1', role: 'training_officer', area: '1703202' } as const;
const stranger = { sub: 'T-2', role: 'training_officer', area: '1703202' } as const;

let pathway: Pathway;
beforeAll(async () => {
  pathway = await startPathway();
  await seedOffices(pathway);
  for (const [n, id] of [CENTRE, 'TC-000002'].entries())
    await pathway.db.centre.create({
      data: { id, stir: `30000040${n}`, kind: 'ngo', name: `Hunar ${n}`, district: '1703202' },
    });
  for (const [{ sub, role, area }, centreId] of [
    [officer, CENTRE],
    [stranger, 'TC-000002'],
  ] as const)
    await pathway.db.official.create({ data: { id: sub, name: sub, role, rank: 'officer', area, centreId } });
  await pathway.db.course.create({
    data: {
      id: COURSE,
      centreId: CENTRE,
      field: 'entrepreneurship',
      title: 'Own business',
      level: 'beginner',
      language: 'uz',
      places: 9,
      firstDay: addDays(today(), 30),
      lastDay: addDays(today(), 90),
      heldOn: ['monday'],
      startsAt: '09:00',
      endsAt: '13:00',
    },
  });
});
afterAll(() => pathway.close());

const manager = () => pathway.as(somebody.case_manager);
const today = () => pathway.time.now.toISOString().slice(0, 10);

async function referred() {
  const { id: caseId } = await plannedCase(pathway);
  const measures = [{ kind: 'training' }, { kind: 'job' }];
  await manager().put(`/cases/${caseId}/plan`, { measures, services: [] });
  const { status, body } = await manager().post(`/cases/${caseId}/trainings`, {
    course: COURSE,
    wish: 'mornings',
  });
  expect([status, body]).toMatchObject([201, { state: 'referred', measure: 1, wish: 'mornings' }]);
  await pathway.settled();
  return { caseId, id: body.id as string };
}

test('those who see the case, and the department of the centre, see a training; the lists filter', async () => {
  const { caseId, id } = await referred();
  for (const who of ['case_manager', 'supervisor', 'employment_officer', 'auditor'] as const) {
    const seen = pathway.as(somebody[who]);
    expect((await seen.get(`/trainings?case=${caseId}`)).body).toMatchObject({
      total: 1,
      items: [{ id, caseId, state: 'referred', waitingFor: { what: 'training_decision' } }],
    });
    expect((await seen.get(`/trainings/${id}`)).body).toMatchObject({
      caseId,
      course: { title: 'Own business' },
      centreName: 'Hunar 0',
    });
  }
  const list = async (query: string) => (await manager().get(`/trainings?${query}`)).body.total;
  expect(await list(`course=${COURSE}&state=referred`)).toBeGreaterThan(0);
  expect(await list('centre=TC-000002')).toBe(0);
  expect(await list('from=2000-01-01&to=2000-01-02')).toBe(0);
  const shown = (await manager().get(`/cases/${caseId}`)).body;
  expect(shown).toMatchObject({
    state: 'in_measure',
    trainings: [{ id, state: 'referred' }],
    measures: [{ kind: 'training', training: { id } }, { kind: 'job' }],
  });
});

test('the centre sees the person as an employer does, and never the case', async () => {
  const { caseId, id } = await referred();
  const seen = await pathway.as(officer).get(`/trainings/${id}`);
  expect(seen.body).toMatchObject({
    person: {
      name: expect.any(String),
      phone: expect.any(String),
      skills: expect.any(Array),
      conditions: expect.any(Array),
    },
    allowedActions: ['decision'],
    waitingFor: { what: 'training_decision', role: 'training_officer' },
  });
  const text = JSON.stringify([
    seen.body,
    (await pathway.as(officer).get('/trainings')).body,
    (await pathway.as(officer).get('/tasks')).body,
  ]);
  expect(text).not.toContain(caseId);
  for (const hidden of ['group', 'wish', 'pinfl', 'caseArea', 'measure'])
    expect(seen.body).not.toHaveProperty(hidden);
  expect((await pathway.as(officer).get(`/trainings?case=${caseId}`)).status).toBe(403);
  expect((await pathway.as(officer).get(`/cases/${caseId}`)).status).toBe(403);
  expect((await pathway.as(stranger).get(`/trainings/${id}`)).status).toBe(404);
  expect((await pathway.as(stranger).post(`/trainings/${id}/decision`, { decision: 'offer' })).status).toBe(
    404,
  );
});

test('once nothing is open, the centre no longer sees who it was', async () => {
  const { id } = await referred();
  const refused = {
    decision: 'refuse',
    code: 'entry_conditions',
    grounds: 'School of 9 classes is missing.',
  };
  expect((await pathway.as(officer).post(`/trainings/${id}/decision`, refused)).body).toMatchObject({
    state: 'refused',
    person: null,
  });
  expect((await manager().get(`/trainings/${id}`)).body).toMatchObject({
    person: { name: expect.any(String) },
  });
});

test('a decision is refused with words that say what to do', async () => {
  const { id } = await referred();
  const decide = (body: object) => pathway.as(officer).post(`/trainings/${id}/decision`, body);
  expect(await decide({ decision: 'waiting_list' })).toMatchObject({
    status: 409,
    body: { code: 'place_free' },
  });
  expect(await decide({ decision: 'offer', firstOn: today() })).toMatchObject({
    status: 422,
    body: { code: 'impossible_day', errors: [{ field: 'firstOn' }] },
  });
  expect((await decide({ decision: 'refuse', code: 'silent', grounds: 'x' })).status).toBe(422);
  expect((await manager().post(`/trainings/${id}/decision`, { decision: 'offer' })).status).toBe(403);
});

test('offered and answered, with a preview; the messages to the person are those of the case', async () => {
  const { caseId, id } = await referred();
  await pathway.as(officer).post(`/trainings/${id}/decision`, { decision: 'offer' });
  expect(await pathway.db.participation.findMany({ where: { subject: `training/${id}` } })).toMatchObject([
    { act: 'admitted' },
  ]);
  const preview = await manager().post(`/trainings/${id}/answer?preview=true`, { yes: true, words: 'yes' });
  expect(preview.body).toMatchObject({ rows: [{ subject: { id }, from: 'offered', to: 'admitted' }] });
  expect((await manager().post(`/trainings/${id}/answer`, { yes: true, words: 'yes' })).body).toMatchObject({
    state: 'admitted',
    allowedActions: ['withdrawal'],
  });
  await pathway.settled();
  const told = await manager().get(`/cases/${caseId}/messages?limit=100`);
  const types = (told.body.items as { type: string; text: string }[]).map(({ type }) => type);
  expect(types).toEqual(
    expect.arrayContaining([
      'person_training_referred',
      'person_training_offered',
      'person_training_admitted',
    ]),
  );
  for (const { text } of told.body.items as { text: string }[]) expect(text).not.toMatch(/TC-|CO-|\bT-0/);
  const timeline = await manager().get(`/cases/${caseId}/timeline?limit=200`);
  expect(JSON.stringify(timeline.body)).toContain('Referred to the course Own business at Hunar 0');
  const theirs = await pathway.as(officer).get(`/trainings/${id}/messages`);
  expect((theirs.body.items as { to: { kind: string } }[]).every(({ to }) => to.kind === 'official')).toBe(
    true,
  );
});

test('a plan keeps a training that has a row', async () => {
  const { caseId, id } = await referred();
  const measures = [{ kind: 'training', startedOn: today() }, { kind: 'job' }];
  const typed = await manager().put(`/cases/${caseId}/plan`, { measures, services: [] });
  expect(typed).toMatchObject({ status: 422, body: { errors: [{ field: 'measures.0.startedOn' }] } });
  const dropped = await manager().put(`/cases/${caseId}/plan`, { measures: [{ kind: 'job' }], services: [] });
  expect(JSON.stringify(dropped.body)).toContain(id);
});

test('from the first day to the graduate’s help: what the centre and the case manager enter, and the report', async () => {
  const { caseId, id } = await referred();
  const centre = (path: string, body: object) => pathway.as(officer).post(`/trainings/${id}/${path}`, body);
  const ours = (path: string, body: object) => manager().post(`/trainings/${id}/${path}`, body);
  await centre('decision', { decision: 'offer' });
  const { lastOn } = (await ours('answer', { yes: true, words: 'yes' })).body as { lastOn: string };
  const month = { month: today().slice(0, 7), attended: 1, excused: 0 };
  expect(await centre('attendance', month)).toMatchObject({ status: 409 });
  await pathway.pass('31d');
  expect(await centre('attendance', { ...month, attended: -1 })).toMatchObject({ status: 422 });
  expect((await ours('attendance', month)).status).toBe(403);
  const absent = { code: 'care', from: today(), until: addDays(today(), 40), words: 'for her mother' };
  expect((await ours('absence', { ...absent, code: 'holiday' })).status).toBe(422);
  expect((await ours('absence', absent)).body).toMatchObject({
    state: 'studying',
    absence: { code: 'care' },
  });
  // A diagnosis may be in the words: the centre sees the days and the code.
  const shown = (await pathway.as(officer).get(`/trainings/${id}`)).body;
  expect(shown).toMatchObject({ absence: { code: 'care' }, absences: [{ code: 'care', from: absent.from }] });
  expect(JSON.stringify(shown)).not.toContain('for her mother');
  expect((await centre('interruption', { decision: 'interrupt', ...absent })).body).toMatchObject({
    state: 'interrupted',
    interruptions: [{ since: absent.from, to: absent.until }],
    allowedActions: expect.arrayContaining(['attendance', 'interruption', 'absence', 'word']),
  });
  expect(await centre('completion', { outcome: 'certificate' })).toMatchObject({
    status: 409,
    body: { code: 'course_runs' },
  });
  await pathway.pass('61d');
  expect(today() > lastOn).toBe(true);
  const preview = await pathway
    .as(officer)
    .post(`/trainings/${id}/completion?preview=true`, { outcome: 'certificate' });
  expect(preview.body).toMatchObject({ rows: [{ subject: { id }, from: 'studying', to: 'completed' }] });
  await centre('completion', { outcome: 'certificate' });
  expect((await centre('certificate', { number: 'HT-1' })).body).toMatchObject({
    completion: { number: 'HT-1' },
  });
  expect(await centre('placement', { kind: 'vacancy', vacancy: 'V-999999' })).toMatchObject({
    status: 422,
    body: { code: 'unknown_vacancy' },
  });
  expect((await centre('placement', { kind: 'business', words: 'She sews.' })).body).toMatchObject({
    state: 'followed',
    placements: [{ kind: 'business' }],
  });
  expect(await ours('look-back-evidence', { n: 1, inWork: true, document: paper() })).toMatchObject({
    status: 409,
    body: { code: 'nothing_owed' },
  });
  expect((await manager().get(`/cases/${caseId}`)).body).toMatchObject({ state: 'planning' });
  const seen = JSON.stringify((await manager().get(`/cases/${caseId}/timeline?limit=200`)).body);
  expect(seen).toContain('The person completed the course with a certificate.');

  const period = `from=2020-01-01&to=${today()}`;
  const report = async (query: string) =>
    (await pathway.as(somebody.auditor).get(`/reports/training?${period}${query}`)).body;
  const counted = { completed: 1, with_certificate: 1 };
  expect((await report('')).republic).toMatchObject(counted);
  expect(await report('&area=1703')).toMatchObject({
    districts: expect.arrayContaining([expect.objectContaining({ soato: '1703202', ...counted })]),
  });
  expect(await report('&by=centre')).toMatchObject({
    centres: [{ centre: CENTRE, name: 'Hunar 0', ...counted }],
    whole: counted,
  });
  expect(await report('&by=field&area=1703')).toMatchObject({
    area: '1703',
    fields: [{ field: 'entrepreneurship', ...counted }],
  });
  const csv = await pathway.as(somebody.auditor).get(`/reports/training?${period}&by=field&format=csv`);
  expect(csv.text.split('\n')[0]).toMatch(/^key,name,referred,admitted,refused_no_place,/);
  expect((await pathway.as(somebody.employer).get(`/reports/training?${period}`)).status).toBe(403);
  expect((await pathway.as(somebody.auditor).get(`/reports/training?${period}&by=person`)).status).toBe(400);
});

const paper = () => ({ number: 'B-1', date: today(), issuer: 'Nur' });
