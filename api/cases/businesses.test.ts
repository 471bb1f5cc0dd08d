import { type Pathway, plannedCase, seedOffices, somebody, startPathway } from '../../test/support/pathway';

let pathway: Pathway;
beforeAll(async () => {
  pathway = await startPathway();
  await seedOffices(pathway);
});
afterAll(() => pathway.close());

const manager = () => pathway.as(somebody.case_manager);

async function begun() {
  const { id: caseId } = await plannedCase(pathway);
  const { status, body } = await manager().post(`/cases/${caseId}/businesses`, { wish: 'to sew at home' });
  expect(status).toBe(201);
  await pathway.settled();
  return { caseId, id: body.id as string };
}

const prepared = { form: 'self_employed', trade: 'Sewing of dresses' };

test('one business, with names, and lists of the caller’s area', async () => {
  const { caseId, id } = await begun();
  const registering = await manager().post(`/businesses/${id}/preparation`, prepared);
  expect(registering.body).toMatchObject({
    state: 'registering',
    caseId,
    ...prepared,
    person: { name: expect.any(String) },
    allowedActions: expect.arrayContaining(['preparation', 'withdrawal', 'evidence']),
  });
  for (const who of ['case_manager', 'supervisor', 'employment_officer', 'auditor'] as const) {
    const { body } = await pathway.as(somebody[who]).get(`/businesses?case=${caseId}`);
    expect(body).toMatchObject({ total: 1, items: [{ id, state: 'registering', trade: prepared.trade }] });
  }
  expect((await manager().get('/businesses?state=active&from=2026-01-01')).body.total).toBe(0);
});

test('others see nothing of it, and may give none of its commands', async () => {
  const { id } = await begun();
  for (const who of ['far_manager', 'far_supervisor'] as const)
    expect((await pathway.as(somebody[who]).get(`/businesses/${id}`)).status).toBe(404);
  for (const who of ['employer', 'labour_inspector', 'finance_officer'] as const)
    expect((await pathway.as(somebody[who]).get(`/businesses/${id}`)).status).toBe(403);
  for (const who of ['employer', 'employment_officer', 'auditor'] as const)
    expect((await pathway.as(somebody[who]).post(`/businesses/${id}/preparation`, prepared)).status).toBe(
      403,
    );
});

test('wrong fields are named', async () => {
  const { id } = await begun();
  const { status, body } = await manager().post(`/businesses/${id}/preparation`, {
    form: 'shop',
    trade: '',
    help: [{ kind: 'legal', provider: 'x' }],
  });
  expect([status, (body.errors as { field: string }[]).map(({ field }) => field)]).toEqual([
    422,
    ['form', 'trade', 'help.0.kind'],
  ]);
  const late = await manager().post(`/businesses/${id}/preparation`, {
    ...prepared,
    help: [{ kind: 'pick_up', provider: 'Uzum', dueOn: '2020-01-01' }],
  });
  expect([late.status, late.body]).toMatchObject([
    422,
    { code: 'past_day', errors: [{ field: 'help.0.dueOn' }] },
  ]);
});

test('a preview says what would end and begin, and writes nothing', async () => {
  const { caseId, id } = await begun();
  const { body } = await manager().post(`/businesses/${id}/withdrawal?preview=true`, { words: 'no' });
  expect(body).toMatchObject({
    rows: [
      { subject: { kind: 'business', id }, to: 'withdrawn', words: 'being prepared, then given up' },
      { subject: { kind: 'case', id: caseId }, to: 'planning' },
    ],
    ends: [{ what: 'business_preparation' }],
    begins: [{ what: 'next_step' }],
  });
  expect((await manager().get(`/businesses/${id}`)).body.state).toBe('preparing');
});

describe('a mark', () => {
  const consent = { by: 'person', on: '2023-03-01' };

  async function marked() {
    const { id } = await begun();
    const pinfl = (await pathway.db.business.findUniqueOrThrow({ where: { id }, include: { case: true } }))
      .case.personId;
    const person = await pathway.db.person.findUniqueOrThrow({ where: { id: pinfl } });
    await pathway.sandbox.script({ self_employed: { registers: { pinfl: person.pinfl } } });
    await manager().post(`/businesses/${id}/preparation`, prepared);
    await pathway.settled();
    const { status, body } = await manager().post(`/businesses/${id}/marks`, {
      goods: 'embroidery',
      consent,
    });
    expect([status, body.state]).toEqual([200, 'active']);
    const [{ code } = { code: '' }] = body.marks as { code: string }[];
    return { id, code, person };
  }

  const asked = (code: string, language = 'en') =>
    fetch(`${pathway.base}/v1/marks/${code}`, { headers: { 'Accept-Language': language } });

  test('is answered to everybody, without a token and without the person', async () => {
    const { code, person } = await marked();
    const answer = await asked(code.toLowerCase());
    const text = await answer.text();
    expect(JSON.parse(text)).toEqual({
      valid: true,
      goods: 'embroidery',
      goodsName: 'embroidery',
      until: expect.any(String),
      words: expect.stringMatching(/^Valid mark for embroidery, until \d+ \w+ \d{4}\.$/),
    });
    expect(answer.headers.get('cache-control')).toBe('public, max-age=300');
    for (const word of [person.name, person.id, person.pinfl, person.mahalla])
      expect(text).not.toContain(word);
    expect(await (await asked(code, 'uz')).json()).toMatchObject({ goodsName: 'kashta' });
  });

  test('unknown and revoked are answered alike', async () => {
    const { id, code } = await marked();
    await manager().post(`/businesses/${id}/mark-revocation`, {});
    const answers = await Promise.all([asked(code), asked('nobody'), asked('x'.repeat(900))]);
    for (const answer of answers) {
      expect(await answer.json()).toEqual({ valid: false, words: 'Not valid.' });
      expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'public, max-age=300']);
    }
  });

  test('its label is a picture with the words and a QR code', async () => {
    const { id, code } = await marked();
    const label = await manager().get(`/businesses/${id}/label?goods=embroidery`);
    expect(label.headers['content-type']).toContain('image/svg+xml');
    expect((await manager().get(`/businesses/${id}/label?goods=toys`)).status).toBe(409);
    expect(
      (await pathway.as(somebody.far_manager).get(`/businesses/${id}/label?goods=embroidery`)).status,
    ).toBe(404);
    expect((await pathway.as(somebody.auditor).get(`/businesses/${id}/label?goods=embroidery`)).status).toBe(
      403,
    );
    expect(code).toHaveLength(24);
  });
});

test('the messages are listed, also with those of the case', async () => {
  const { caseId, id } = await begun();
  expect(((await manager().get(`/businesses/${id}/messages`)).body.items as object[]).length).toBeGreaterThan(
    0,
  );
  const story = await manager().get(`/cases/${caseId}/messages`);
  expect(JSON.stringify(story.body)).toContain('We prepare an own business with you');
});
