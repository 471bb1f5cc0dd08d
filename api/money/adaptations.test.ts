import {
  orderedSubsidy,
  paper,
  payers,
  startPaidPathway,
  unknownWorker,
} from '../../test/support/paid-pathway';
import { type Pathway, STIR } from '../../test/support/pathway';

let pathway: Pathway;
beforeAll(async () => {
  pathway = await startPaidPathway();
});
afterAll(() => pathway.close());

const employer = () => pathway.as(payers.employer);
const officer = () => pathway.as(payers.employment_officer);
const finance = () => pathway.as(payers.finance_officer);
const HIRED = '2024-02-01';

let documents = 0;
const cost = (workplace: string, amount: number) => ({
  workplace,
  what: 'A ramp',
  amount,
  document: { issuerStir: '305555555', number: `F-${++documents}`, date: '2024-02-10' },
});

/** An application for several workers. YAMMT knows only the first ones. */
async function application(workplaces: object[], hires: { workers?: number; known?: number } = {}) {
  const { workers = 1 } = hires;
  const pinfls = Array.from({ length: workers }, () => unknownWorker());
  for (const pinfl of pinfls.slice(0, hires.known))
    await pathway.sandbox.script({ yammt: { hires: { pinfl, stir: STIR, on: HIRED } } });
  return {
    workers: pinfls.map((pinfl) => ({ pinfl, name: 'Karimova Nodira', hiredOn: HIRED })),
    costs: workplaces,
    documents: { expert_conclusion: paper, hiring_order: paper },
    entrepreneur: true,
  };
}

async function applied(...args: Parameters<typeof application>): Promise<string> {
  const { status, body } = await employer().post('/adaptations', await application(...args));
  if (status !== 201) throw new Error(JSON.stringify(body));
  await pathway.settled();
  return (body as { id: string }).id;
}

describe('POST /adaptations', () => {
  test('every worker is asked about; those without a contract are simply not counted', async () => {
    const body = await application([cost('W-1', 1_250_000.55)], { workers: 3, known: 2 });
    const key = { 'Idempotency-Key': 'adapt-1' };
    const made = await employer().post('/adaptations', body, key);
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      id: expect.stringMatching(/^A-\d{6}$/),
      state: 'checking',
      personId: null,
      application: { costs: [{ workplace: 'W-1', tiyin: 125_000_055 }] },
    });
    expect((await employer().post('/adaptations', body, key)).body).toEqual(made.body);
    await pathway.settled();
    expect((await officer().get(`/adaptations/${made.body.id}`)).body).toMatchObject({
      state: 'review',
      waitingFor: { what: 'review' },
    });
    const hired = await pathway.db.employment.findMany({ where: { employerId: 'E-900001', hiredOn: HIRED } });
    expect(hired).toHaveLength(2);
    const again = await employer().post('/adaptations', body);
    expect(again.body).toMatchObject({ status: 422, code: 'workplace_subsidised' });
  });

  test('nobody of them is known to the labour register: refused, and its papers are free again', async () => {
    const body = await application([cost('W-2', 100_000)], { known: 0 });
    const made = await employer().post('/adaptations', body);
    await pathway.settled();
    expect((await employer().get(`/adaptations/${made.body.id}`)).body).toMatchObject({
      state: 'refused',
      refusal: { code: 'not_confirmed' },
    });
    expect((await employer().post('/adaptations', body)).status).toBe(201);
    await pathway.settled();
  });

  test('refused by rule, incomplete, or of the wrong role', async () => {
    const body = await application([cost('W-3', 100_000)]);
    const other = await employer().post('/adaptations', { ...body, entrepreneur: false });
    expect(other.body).toMatchObject({ state: 'refused', refusal: { code: 'not_entrepreneur' } });
    expect((await employer().post('/adaptations', { ...body, workers: undefined })).body).toMatchObject({
      errors: [{ field: 'workers' }],
    });
    expect((await employer().post('/adaptations', { ...body, documents: {} })).body).toMatchObject({
      status: 422,
      errors: [{ field: 'documents.expert_conclusion' }, { field: 'documents.hiring_order' }],
    });
    expect(
      (await employer().post('/adaptations', { ...body, costs: [cost('W-3', 0.001)] })).body,
    ).toMatchObject({
      errors: [{ field: 'costs.0.amount' }],
    });
    const nameless = { ...body, workers: [{ pinfl: unknownWorker(), hiredOn: HIRED }] };
    expect((await employer().post('/adaptations', nameless)).body).toMatchObject({
      state: 'checking',
      application: { workers: [{ hiredOn: HIRED }] },
    });
    expect((await finance().post('/adaptations', body)).status).toBe(403);
    const tooMany = await application([cost('W-4', 1), cost('W-5', 1)]);
    expect((await employer().post('/adaptations', tooMany)).body).toMatchObject({
      code: 'too_many_workplaces',
    });
  });
});

test('reviewed per cost, ordered, approved and paid; seen only by its offices', async () => {
  const id = await applied([cost('W-6', 2_000_000.99), cost('W-6', 500_000)]);
  const path = `/adaptations/${id}`;
  expect((await pathway.as(payers.far_finance).get(path)).status).toBe(404);
  expect((await pathway.as(payers.other_employer).get(path)).status).toBe(404);
  expect((await employer().get(`/adaptations?state=review`)).body.items).toMatchObject(
    expect.arrayContaining([expect.objectContaining({ id })]),
  );
  expect((await employer().get('/subsidies?limit=200')).body.items).toEqual([]);
  expect((await finance().post(`${path}/approval`, { revision: 1, amount: 1 })).body).toMatchObject({
    status: 409,
    code: 'not_in_this_state',
    state: 'review',
  });
  const wrong = { outcome: 'propose', accepted: [1] };
  expect((await officer().post(`${path}/review`, wrong)).body).toMatchObject({
    errors: [{ field: 'accepted' }],
  });
  const proposed = await officer().post(`${path}/review`, {
    outcome: 'propose',
    accepted: [2_000_000.99, 0.5],
  });
  expect(proposed.body).toMatchObject({ state: 'ordering' });
  await pathway
    .as(payers.employment_head)
    .post(`${path}/order`, { number: `B-${id}`, date: pathway.time.now.toISOString().slice(0, 10) });
  const ordered = await finance().get(path);
  expect(ordered.body).toMatchObject({
    state: 'running',
    amount: 2_000_001,
    claims: [{ id: `${id}-pay`, state: 'ready', amount: 2_000_001 }],
    allowedActions: ['approval'],
  });
  const claim = (await employer().get(`/claims/${id}-pay`)).body as { revision: number };
  expect(claim).toMatchObject({ reached: expect.stringContaining("W-6: 2 000 001 so'm = 2 000 001 so'm") });
  const body = { revision: claim.revision, amount: 2_000_001 };
  expect((await pathway.as(payers.far_finance).post(`${path}/approval`, body)).status).toBe(404);
  expect((await employer().post(`${path}/approval`, body)).status).toBe(403);
  expect((await finance().post(`${path}/approval`, body)).body).toMatchObject({
    id: `${id}-pay`,
    state: 'approved',
  });
  await pathway.settled();
  await pathway.pass('5d');
  expect((await employer().get(path)).body).toMatchObject({
    state: 'ended',
    claims: [{ state: 'settled' }],
  });
});

test('returned for completion: other costs take the place of those before', async () => {
  const first = cost('W-7', 1_000_000);
  const id = await applied([first]);
  const path = `/adaptations/${id}`;
  const missing = [{ field: 'costs', detail: 'The invoice is of another workplace.' }];
  await officer().post(`${path}/review`, { outcome: 'return', missing });
  const done = await employer().post(`${path}/completion`, { costs: [cost('W-8', 900_000)] });
  expect(done.body).toMatchObject({ state: 'review', application: { costs: [{ workplace: 'W-8' }] } });
  expect((await employer().post('/adaptations', await application([first]))).status).toBe(201);
  await pathway.settled();
});

test('a document stands in for a register that is silent about all of them; stopped by waiver', async () => {
  await pathway.sandbox.script({ yammt: { down: {} } });
  const body = await application([cost('W-9', 1_000_000)], { workers: 2, known: 0 });
  const made = await employer().post('/adaptations', body);
  await pathway.settled();
  const path = `/adaptations/${made.body.id}`;
  expect((await officer().post(`${path}/evidence`, { inForce: true, document: paper })).body).toMatchObject({
    state: 'review',
  });
  await pathway.sandbox.script({ yammt: { up: {} } });
  const waiver = { from: '2024-06-01', code: 'waived', words: 'We pay ourselves.' };
  expect((await employer().post(`${path}/stop`, waiver)).body).toMatchObject({ state: 'stopped' });
  expect((await officer().post(`${path}/review`, { outcome: 'propose' })).body).toMatchObject({
    status: 409,
    state: 'stopped',
  });
});

test('the order is a wage subsidy’s way too', async () => {
  const id = await applied([cost('W-10', 50_000)]);
  await orderedSubsidy(pathway, HIRED, { base: '/adaptations', id });
  expect((await employer().get(`/adaptations/${id}`)).body).toMatchObject({
    state: 'running',
    amount: 50_000,
    waitingFor: { what: 'claim_decision', role: 'finance_officer' },
  });
  const overdue = async () =>
    ((await finance().get('/adaptations?overdue=yes')).body.items as { id: string }[]).filter(
      (one) => one.id === id,
    );
  expect(await overdue()).toEqual([]);
  await pathway.pass('6d');
  expect(await overdue()).toMatchObject([
    { id, waitingFor: { what: 'claim_decision', rank: 'head' }, allowedActions: ['approval'] },
  ]);
});
