import { addDays } from '../../domain/day';
import { type Pathway, plannedCase, seedOffices, somebody, startPathway } from '../../test/support/pathway';

let pathway: Pathway;
beforeAll(async () => {
  pathway = await startPathway();
  await seedOffices(pathway);
});
afterAll(() => pathway.close());

const manager = () => pathway.as(somebody.case_manager);
const officer = () => pathway.as(somebody.employment_officer);
const today = () => pathway.time.now.toISOString().slice(0, 10);

async function proposed() {
  const { id: caseId } = await plannedCase(pathway);
  const measures = [{ kind: 'public_works' }, { kind: 'job' }];
  await manager().put(`/cases/${caseId}/plan`, { measures, services: [] });
  const { status, body } = await manager().post(`/cases/${caseId}/public-works`, { wish: 'near home' });
  expect(status).toBe(201);
  await pathway.settled();
  return { caseId, id: body.id as string };
}

const place = () => ({
  organiser: 'E-900001',
  work: 'sewing',
  title: 'Sewing of flags',
  hoursPerWeek: 30,
  firstOn: today(),
  lastOn: addDays(today(), 40),
  pay: 1_400_000,
});

test('one referral to public works, with names, and lists of the caller’s area', async () => {
  const { caseId, id } = await proposed();
  const agreed = await officer().post(`/public-works/${id}/agreement`, place());
  expect(agreed.body).toMatchObject({
    state: 'agreed',
    caseId,
    employer: { name: 'Nur Tikuv MChJ' },
    person: { name: expect.any(String) },
    work: '753',
    workName: expect.any(String),
    pay: 1_400_000,
  });
  for (const who of ['case_manager', 'supervisor', 'employment_officer', 'auditor'] as const) {
    const { body } = await pathway.as(somebody[who]).get(`/public-works?case=${caseId}`);
    expect(body).toMatchObject({ total: 1, items: [{ id, state: 'agreed', pay: 1_400_000 }] });
  }
  expect((await officer().get('/public-works?state=working&overdue=no')).body.total).toBe(0);
  expect((await officer().get('/public-works?employer=E-900001&from=2026-01-01')).body.total).toBe(1);
  const [item] = (await officer().get(`/public-works?case=${caseId}`)).body.items as object[];
  expect(item).toMatchObject({
    waitingFor: { what: 'works_begin', role: 'employment_officer' },
    allowedActions: ['begin', 'ending'],
  });
});

test('others see nothing of them, and may give none of their commands', async () => {
  const { id } = await proposed();
  for (const who of ['far_manager', 'far_supervisor'] as const)
    expect((await pathway.as(somebody[who]).get(`/public-works/${id}`)).status).toBe(404);
  for (const who of ['employer', 'labour_inspector', 'finance_officer'] as const) {
    expect((await pathway.as(somebody[who]).get(`/public-works/${id}`)).status).toBe(403);
    expect(
      (await pathway.as(somebody[who]).post(`/public-works/${id}/decline`, { words: 'no' })).status,
    ).toBe(403);
  }
  expect((await manager().post(`/public-works/${id}/agreement`, place())).status).toBe(403);
  expect((await officer().post(`/public-works/${id}/hearing`, { confirmed: true, words: 'w' })).status).toBe(
    403,
  );
});

test('wrong fields are named', async () => {
  const { id } = await proposed();
  const { status, body } = await officer().post(`/public-works/${id}/agreement`, {
    ...place(),
    organiser: 'Nur',
    pay: -1,
    lastOn: '2026-02-30',
  });
  expect([status, (body.errors as { field: string }[]).map(({ field }) => field)]).toEqual([
    422,
    ['organiser', 'lastOn', 'pay'],
  ]);
  const month = await officer().post(`/public-works/${id}/months`, { month: '2026-13', days: 1, pay: 1 });
  expect((month.body.errors as { field: string }[]).map(({ field }) => field)).toEqual(['month']);
});

test('a preview says what would end and begin, and writes nothing', async () => {
  const { caseId, id } = await proposed();
  const { body } = await manager().post(`/public-works/${id}/decline?preview=true`, { words: 'no' });
  expect(body).toMatchObject({
    rows: [
      {
        subject: { kind: 'public-works', id },
        to: 'declined',
        words: 'a place is looked for, then declined by the person',
      },
      { subject: { kind: 'case', id: caseId }, to: 'planning' },
    ],
    ends: [{ what: 'works_place' }],
    begins: [{ what: 'next_step' }],
  });
  expect((await manager().get(`/public-works/${id}`)).body.state).toBe('proposed');
});

test('a repeated request is done once, and the messages are listed', async () => {
  const { caseId, id } = await proposed();
  const { body } = await manager().get(`/public-works/${id}/messages`);
  expect((body.items as { to: object }[]).length).toBeGreaterThan(0);
  const story = await manager().get(`/cases/${caseId}/messages`);
  expect(JSON.stringify(story.body)).toContain('paid public works');
});
