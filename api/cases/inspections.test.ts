import {
  type Pathway,
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

const inspector = () => pathway.as(somebody.labour_inspector);
const manager = () => pathway.as(somebody.case_manager);
const employer = () => pathway.as(somebody.employer);
const today = () => pathway.time.now.toISOString().slice(0, 10);
const justified = { resolution: 'justified', grounds: 'the workshop has closed' };

async function inspected(vacancy?: string) {
  const made = await referred(pathway, vacancy);
  const rejected = await employer().post(`/referrals/${made.referral}/decision`, {
    decision: 'reject',
    code: 'other',
    grounds: 'no',
  });
  await pathway.settled();
  return { ...made, inspection: (rejected.body.inspections as { id: string }[])[0]?.id ?? 'none' };
}

describe('GET /inspections', () => {
  test('shows the region’s to its inspectorate, and the caller’s own to the others', async () => {
    const { referral, inspection, caseId } = await inspected();
    const listed = await inspector().get(
      `/inspections?referral=${referral}&state=examining&ground=rejection`,
    );
    expect(listed.body.items).toMatchObject([
      {
        id: inspection,
        caseId,
        waitingFor: { role: 'labour_inspector', what: 'resolution' },
        allowedActions: ['resolution', 'extension', 'step'],
      },
    ]);
    expect((await inspector().get(`/inspections?referral=${referral}&overdue=yes`)).body.items).toEqual([]);
    const own = await employer().get(`/inspections/${inspection}`);
    expect(own.status).toBe(200);
    expect(own.body).not.toHaveProperty('caseId');
    expect((await manager().get(`/inspections/${inspection}`)).body).toMatchObject({
      facts: { code: 'other', grounds: 'no', deliveredAt: expect.any(String) },
    });
    expect((await pathway.as(somebody.far_inspector).get(`/inspections/${inspection}`)).status).toBe(404);
    expect((await pathway.as(somebody.other_employer).get(`/inspections/${inspection}`)).status).toBe(404);
    expect((await pathway.as(somebody.far_inspector).get('/inspections')).body.items).toEqual([]);
    expect((await pathway.as(somebody.finance_officer).get('/inspections')).status).toBe(403);
  });

  test.each(['hearing', 'not_opened'])(
    'one that is not opened (%s) is the case manager’s alone',
    async (state) => {
      const { referral, inspection } = await inspected();
      const { db } = pathway;
      await db.inspection.update({
        where: { id: inspection },
        data: { state, open: state === 'hearing', ground: 'ended_early' },
      });
      expect((await manager().get(`/inspections/${inspection}`)).body).toMatchObject({ state });
      for (const nobody of [inspector, employer]) {
        expect((await nobody().get(`/inspections/${inspection}`)).status).toBe(404);
        expect((await nobody().get(`/inspections?referral=${referral}`)).body.items).toEqual([]);
      }
      const shown = await employer().get(`/referrals/${referral}`);
      expect(shown.body.inspections).toEqual([]);
    },
  );
});

describe('POST /inspections/{id}/resolution', () => {
  test('once, by the inspectorate of the region', async () => {
    const { inspection } = await inspected();
    const path = `/inspections/${inspection}/resolution`;
    expect((await employer().post(path, justified)).status).toBe(403);
    expect((await pathway.as(somebody.far_inspector).post(path, justified)).status).toBe(404);
    expect((await inspector().post(path, { resolution: 'justified' })).body).toMatchObject({
      status: 422,
      errors: [{ field: 'grounds' }],
    });
    expect((await inspector().post(path, { ...justified, colour: 'red' })).body).toMatchObject({
      code: 'unknown_field',
    });
    const key = { 'Idempotency-Key': `resolve-${inspection}` };
    const resolved = await inspector().post(path, justified, key);
    expect(resolved.body).toMatchObject({
      state: 'justified',
      resolution: { ...justified, by: 'O-5' },
      waitingFor: null,
      allowedActions: [],
    });
    expect((await inspector().post(path, justified, key)).body).toEqual(resolved.body);
    const second = await inspector().post(path, justified);
    expect(second.body).toMatchObject({
      status: 409,
      code: 'resolved',
      state: 'justified',
      allowedActions: [],
    });
  });

  test('a vacant job admits no directive any more, a reserved one does', async () => {
    const directed = { resolution: 'directed', number: 'P-1', grounds: 'no reason given' };
    const vacant = await inspected();
    const refused = await inspector().post(`/inspections/${vacant.inspection}/resolution`, directed);
    expect(refused.body).toMatchObject({
      status: 409,
      code: 'directive_not_possible',
      state: 'examining',
      allowedActions: ['resolution', 'extension', 'step'],
    });
    const reserved = await inspected('V-900002');
    const answer = await inspector().post(`/inspections/${reserved.inspection}/resolution`, directed);
    expect(answer.body).toMatchObject({
      state: 'directed',
      waitingFor: { role: 'employer', what: 'compliance' },
    });
  });
});

test('an extension, once, with a reason', async () => {
  const { inspection } = await inspected();
  const path = `/inspections/${inspection}/extension`;
  const before = await inspector().get(`/inspections/${inspection}`);
  const extended = await inspector().post(path, { days: 5, reason: 'a witness is ill' });
  expect(extended.body.waitingFor.due > before.body.waitingFor.due).toBe(true);
  expect((await inspector().post(path, { days: 5, reason: 'again' })).body).toMatchObject({
    status: 409,
    code: 'extended_before',
  });
  expect((await inspector().post(path, { days: 0, reason: 'x' })).status).toBe(422);
  expect((await manager().post(path, { days: 5, reason: 'x' })).status).toBe(403);
  expect((await pathway.as(somebody.far_inspector).post(path, { days: 5, reason: 'x' })).status).toBe(404);
});

test('settled and not kept: the breach, and the chief inspector’s measure', async () => {
  const { inspection } = await inspected();
  await inspector().post(`/inspections/${inspection}/resolution`, {
    resolution: 'settled',
    startOn: today(),
  });
  const path = `/inspections/${inspection}/measure`;
  const taken = { kind: 'fine', number: 'J-7', on: today() };
  const chief = pathway.as(somebody.chief_inspector);
  expect((await chief.post(path, taken)).body).toMatchObject({ status: 409, state: 'settled' });
  await pathway.pass('12d');
  expect((await chief.get(`/inspections/${inspection}`)).body).toMatchObject({
    state: 'breached',
    breachedAt: expect.any(String),
    waitingFor: { rank: 'head' },
  });
  expect((await inspector().post(path, taken)).status).toBe(403);
  expect((await chief.post(path, { kind: 'fine' })).status).toBe(422);
  expect((await chief.post(path, taken)).body).toMatchObject({ state: 'measured', measure: taken });
});

test('settled and kept: evidence in place of a silent register', async () => {
  const { inspection, referral } = await inspected();
  await inspector().post(`/inspections/${inspection}/resolution`, {
    resolution: 'settled',
    startOn: today(),
  });
  await pathway.sandbox.script({ yammt: { down: {} } });
  await employer().post(`/referrals/${referral}/contract`, { contract: 'K-3' });
  const path = `/inspections/${inspection}/evidence`;
  const body = { inForce: true, contract: 'K-3', document: { number: 'M-2', date: today(), issuer: STIR } };
  expect((await employer().post(path, body)).status).toBe(403);
  expect((await pathway.as(somebody.far_manager).post(path, body)).status).toBe(404);
  expect((await manager().post(path, { ...body, document: {} })).status).toBe(422);
  expect((await manager().post(path, body)).body).toMatchObject({ state: 'complied' });
  expect((await manager().post(path, body)).body).toMatchObject({ status: 409, state: 'complied' });
  await pathway.sandbox.script({ yammt: { up: {} } });
});

test('a question to the employer, its explanation, and what nobody else may do', async () => {
  const { inspection } = await inspected();
  const path = `/inspections/${inspection}`;
  const asked = await inspector().post(`${path}/step`, { kind: 'explanation', question: 'Who decided?' });
  expect(asked.body).toMatchObject({ steps: [{ kind: 'explanation' }], waitingFor: { what: 'explanation' } });
  expect((await employer().post(`${path}/step`, { kind: 'explanation', question: 'q' })).status).toBe(403);
  const explained = { words: 'The director did.' };
  const other = pathway.as(somebody.other_employer);
  expect((await other.post(`${path}/explanation`, explained)).status).toBe(404);
  expect((await employer().get(path)).body.allowedActions).toEqual(['explanation']);
  expect((await employer().post(`${path}/explanation`, {})).status).toBe(422);
  expect((await employer().post(`${path}/explanation`, explained)).body).toMatchObject({
    steps: [{ answer: explained }],
    waitingFor: { what: 'resolution' },
  });
  expect((await employer().post(`${path}/explanation`, explained)).body).toMatchObject({
    status: 409,
    code: 'nothing_asked',
  });
});

test('a resolution by mistake is withdrawn by two inspectors, and the inspection goes on', async () => {
  const { inspection } = await inspected();
  const path = `/inspections/${inspection}`;
  await inspector().post(`${path}/resolution`, justified);
  const chief = pathway.as(somebody.chief_inspector);
  const withdrawal = { reason: 'entered for another employer' };
  expect((await inspector().post(`${path}/resolution-withdrawal`, withdrawal)).status).toBe(403);
  expect((await chief.get(path)).body.allowedActions).toEqual(['resolutionWithdrawal']);
  const proposed = await chief.post(`${path}/resolution-withdrawal`, withdrawal);
  expect(proposed).toMatchObject({ status: 201, body: { kind: 'resolution_withdrawal' } });
  const decision = `/approvals/${proposed.body.id}/decision`;
  expect((await chief.post(decision, { approve: true })).body).toMatchObject({ code: 'took_part' });
  expect((await pathway.as(somebody.far_inspector).post(decision, { approve: true })).status).toBe(404);
  expect((await employer().get('/approvals')).body.items).toEqual([]);
  expect((await inspector().get('/approvals?mine=yes')).body.items).toMatchObject([{ id: proposed.body.id }]);
  expect((await inspector().post(decision, { approve: true })).body).toMatchObject({ state: 'approved' });
  await pathway.settled();
  expect((await inspector().get(path)).body).toMatchObject({
    state: 'examining',
    resolution: null,
    earlierResolutions: [{ resolution: { resolution: 'justified' } }],
    waitingFor: { what: 'resolution', role: 'labour_inspector' },
  });
  expect((await inspector().post(`${path}/resolution`, justified)).body).toMatchObject({
    state: 'justified',
  });
});
