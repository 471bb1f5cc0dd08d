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
  await seedOffices(pathway, { places: 100 });
});
afterAll(() => pathway.close());

const manager = () => pathway.as(somebody.case_manager);
const employer = () => pathway.as(somebody.employer);
const today = () => pathway.time.now.toISOString().slice(0, 10);
const document = () => ({ number: 'M-1', date: today(), issuer: 'employer' });

async function hired() {
  const { caseId, person, referral } = await referred(pathway);
  await pathway.sandbox.script({ yammt: { hires: { pinfl: person.pinfl, stir: STIR, on: today() } } });
  await employer().post(`/referrals/${referral}/decision`, { decision: 'accept', startOn: today() });
  await employer().post(`/referrals/${referral}/contract`, { contract: 'K-1' });
  await pathway.settled();
  const { body } = await manager().get(`/employments?case=${caseId}`);
  return { caseId, person, employment: (body.items as { id: string }[])[0]?.id ?? 'none' };
}

test('one employment with its six checks, and lists of the caller’s employments', async () => {
  const { caseId, employment } = await hired();
  const { body } = await manager().get(`/employments/${employment}`);
  expect(body).toMatchObject({
    caseId,
    state: 'in_force',
    how: 'referral',
    proof: 'yammt',
    waitingFor: { what: 'check' },
  });
  expect((body.checks as { on: string }[]).map(({ on }) => on)).toHaveLength(6);
  const listed = await employer().get('/employments?state=in_force&employer=E-900001&limit=200');
  const mine = (listed.body.items as { id: string; caseId?: string }[]).find(({ id }) => id === employment);
  expect(mine).toMatchObject({ id: employment, allowedActions: ['separation'] });
  expect(mine?.caseId).toBeUndefined();
  const theirs = await employer().get(`/employments/${employment}`);
  expect(JSON.stringify(theirs.body)).not.toContain(caseId);
  expect((await pathway.as(somebody.other_employer).get(`/employments/${employment}`)).status).toBe(404);
  expect((await pathway.as(somebody.far_manager).get(`/employments/${employment}`)).status).toBe(404);
  expect((await manager().get(`/employments?case=${caseId}&overdue=yes`)).body.items).toEqual([]);
  expect((await pathway.as(somebody.finance_officer).get('/employments')).status).toBe(403);
});

test('an employment known from a subsidy alone is not the case managers’ and supervisors’ to see', async () => {
  const { id: personId } = await newPerson(pathway);
  await pathway.db.employment.create({
    data: {
      id: 'J-900001',
      personId,
      employerId: 'E-900001',
      hiredOn: today(),
      confirmedAt: pathway.time.now,
      how: 'alone',
      proof: 'yammt',
      area: '1703202',
      state: 'unmonitored',
      open: false,
      since: pathway.time.now,
      correlationId: 'test',
    },
  });
  const seen = async (who: keyof typeof somebody) => {
    const { body } = await pathway.as(somebody[who]).get('/employments?limit=200');
    const { status } = await pathway.as(somebody[who]).get('/employments/J-900001');
    return [status, (body.items as { id: string }[]).some(({ id }) => id === 'J-900001')];
  };
  for (const who of ['case_manager', 'supervisor'] as const) expect(await seen(who)).toEqual([404, false]);
  for (const who of ['employment_officer', 'employer', 'auditor'] as const)
    expect(await seen(who)).toEqual([200, true]);
});

test('an employer finds no case by its number, whether there is one or not', async () => {
  const { caseId } = await hired();
  for (const path of ['employments', 'referrals', 'tasks'])
    for (const number of [caseId, 'C-999999'])
      expect((await employer().get(`/${path}?case=${number}`)).body).toMatchObject({
        status: 403,
        code: 'not_yours',
      });
});

describe('POST /employments (found alone)', () => {
  test('a document confirms at once', async () => {
    const { id } = await plannedCase(pathway);
    const body = { case: id, stir: STIR, since: today(), checks: false, document: document() };
    const key = { 'Idempotency-Key': `alone-${id}` };
    const told = await manager().post('/employments', body, key);
    expect(told.body).toMatchObject({
      id,
      state: 'employed',
      employments: [{ state: 'unmonitored' }],
      waitingFor: { what: 'closure' },
    });
    expect((await manager().post('/employments', body, key)).body).toEqual(told.body);
  });

  test('a mistake is taken back', async () => {
    const { id } = await plannedCase(pathway);
    const body = { case: id, takenBack: true, words: 'a rumour' };
    expect((await manager().post('/employments', body)).body).toMatchObject({
      status: 409,
      code: 'nothing_asked',
      state: 'planning',
    });
    await pathway.sandbox.script({ yammt: { down: {} } });
    await manager().post('/employments', { case: id, stir: STIR, since: today(), checks: true });
    await pathway.settled();
    expect((await manager().post('/employments', body)).body).toMatchObject({ id, foundAlone: null });
    await pathway.sandbox.script({ yammt: { up: {} } });
  });

  test('is refused to others, elsewhere, and when wrong', async () => {
    const { id } = await plannedCase(pathway);
    const body = { case: id, stir: STIR, since: today(), checks: true };
    expect((await employer().post('/employments', body)).status).toBe(403);
    expect((await pathway.as(somebody.far_manager).post('/employments', body)).status).toBe(404);
    expect((await manager().post('/employments', { ...body, since: '2027-01-01' })).body).toMatchObject({
      status: 422,
      code: 'impossible_day',
    });
    expect((await manager().post('/employments', { ...body, stir: '399999999' })).body).toMatchObject({
      status: 422,
      code: 'unknown_employer',
    });
    expect((await manager().post('/employments', { ...body, stir: '1' })).body).toMatchObject({
      status: 422,
      code: 'stir',
    });
    expect((await manager().post('/employments', { ...body, colour: 'red' })).body).toMatchObject({
      code: 'unknown_field',
    });
  });
});

test('checks: a conversation with each; not paid opens an inspection; evidence for a silent register', async () => {
  const { employment } = await hired();
  const path = `/employments/${employment}`;
  const spoken = { check: 1, reached: true, works: true, paid: false };
  expect((await manager().post(`${path}/conversation`, spoken)).body).toMatchObject({
    status: 409,
    code: 'no_check_yet',
  });
  expect(
    (await manager().post(`${path}/evidence`, { inForce: true, document: document() })).body,
  ).toMatchObject({
    status: 409,
    code: 'nothing_waits',
    state: 'in_force',
    allowedActions: expect.arrayContaining(['separation']),
  });
  await pathway.sandbox.script({ yammt: { down: {} } });
  await pathway.pass('32d');
  const held = await manager().post(`${path}/conversation`, spoken);
  expect(held.body).toMatchObject({
    checks: expect.arrayContaining([
      expect.objectContaining({
        n: 1,
        conversation: expect.objectContaining({ paid: false, inspection: expect.any(String) }),
      }),
    ]),
  });
  expect((await employer().post(`${path}/conversation`, spoken)).status).toBe(403);
  expect((await pathway.as(somebody.far_manager).post(`${path}/conversation`, spoken)).status).toBe(404);
  expect((await manager().post(`${path}/conversation`, { ...spoken, colour: 'red' })).body).toMatchObject({
    code: 'unknown_field',
  });
  const evidence = { inForce: true, document: document() };
  expect((await employer().post(`${path}/evidence`, evidence)).status).toBe(403);
  expect((await pathway.as(somebody.far_manager).post(`${path}/evidence`, evidence)).status).toBe(404);
  const key = { 'Idempotency-Key': `evidence-${employment}` };
  const entered = await manager().post(`${path}/evidence`, evidence, key);
  expect(entered.body).toMatchObject({
    checks: expect.arrayContaining([expect.objectContaining({ n: 1, state: 'passed' })]),
  });
  expect((await manager().post(`${path}/evidence`, evidence, key)).body).toEqual(entered.body);
  await pathway.sandbox.script({ yammt: { up: {} } });
});

test('separation: the employer’s word is a claim, the person is heard, the end is taken back', async () => {
  const { employment, caseId } = await hired();
  const path = `/employments/${employment}/separation`;
  const body = { on: today(), reason: 'resigned' };
  expect((await pathway.as(somebody.other_employer).post(path, body)).status).toBe(404);
  expect((await pathway.as(somebody.labour_inspector).post(path, body)).status).toBe(403);
  expect((await employer().post(path, { ...body, reason: 'tired' })).status).toBe(422);
  expect((await manager().post(path, body)).body).toMatchObject({ status: 422, code: 'missing' });
  const claimed = await employer().post(path, body);
  expect(claimed.body).toMatchObject({ state: 'ending', endedOn: null, ending: { source: 'employer' } });
  expect((await manager().get(`/cases/${caseId}`)).body).toMatchObject({ state: 'employed' });

  const hearing = `/employments/${employment}/hearing`;
  const said = { confirmed: true, wished: true, words: 'I have found something nearer.' };
  expect((await employer().post(hearing, said)).status).toBe(403);
  expect((await pathway.as(somebody.far_manager).post(hearing, said)).status).toBe(404);
  expect((await manager().post(hearing, { confirmed: true, words: 'yes' })).status).toBe(422);
  expect((await manager().post(hearing, { ...said, colour: 'red' })).body).toMatchObject({
    code: 'unknown_field',
  });
  const key = { 'Idempotency-Key': `heard-${employment}` };
  const heard = await manager().post(hearing, said, key);
  expect(heard.body).toMatchObject({ state: 'ended', endedOn: today(), endReason: 'resigned' });
  expect((await manager().post(hearing, said, key)).body).toEqual(heard.body);
  expect(JSON.stringify((await employer().get(`/employments/${employment}`)).body)).not.toContain('nearer');

  expect((await employer().post(path, body)).body).toMatchObject({
    status: 409,
    code: 'ended_already',
    state: 'ended',
    allowedActions: [],
    notAllowed: [{ action: 'separation', code: 'ended_already' }],
  });
  expect((await manager().get(`/cases/${caseId}`)).body).toMatchObject({ state: 'planning' });
  await pathway.settled();
  expect((await employer().post(path, { takenBack: true, words: 'a mistake' })).status).toBe(409);
  expect((await manager().post(path, { takenBack: true, words: 'a mistake' })).body).toMatchObject({
    state: 'in_force',
    endedOn: null,
  });
  expect((await manager().get(`/cases/${caseId}`)).body).toMatchObject({ state: 'employed' });
});
