import {
  applied,
  orderedSubsidy,
  paper,
  payers,
  startPaidPathway,
  unknownWorker,
  wageApplication,
} from '../../test/support/paid-pathway';
import { type Pathway, STIR } from '../../test/support/pathway';

let pathway: Pathway;
beforeAll(async () => {
  pathway = await startPaidPathway();
});
afterAll(() => pathway.close());

const employer = () => pathway.as(payers.employer);
const officer = () => pathway.as(payers.employment_officer);
const head = () => pathway.as(payers.employment_head);
const finance = () => pathway.as(payers.finance_officer);
const today = () => pathway.time.now.toISOString().slice(0, 10);
const HIRED = '2024-02-01';

const hires = (pinfl: string, on = HIRED) =>
  pathway.sandbox.script({ yammt: { hires: { pinfl, stir: STIR, on, contract: `T-${pinfl}` } } });

describe('POST /subsidies', () => {
  test('for somebody whom nobody knew: the person is recorded, YAMMT asked, the review begins', async () => {
    const pinfl = unknownWorker();
    await hires(pinfl);
    const key = { 'Idempotency-Key': `apply-${pinfl}` };
    const made = await employer().post('/subsidies', wageApplication(pinfl, HIRED), key);
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({
      id: expect.stringMatching(/^S-\d{6}$/),
      state: 'checking',
      programme: 'hire_pwd',
      employerId: 'E-900001',
      waitingFor: { what: 'employment_answer', role: 'register' },
      claims: [],
    });
    const again = await employer().post('/subsidies', wageApplication(pinfl, HIRED), key);
    expect(again.body).toEqual(made.body);
    expect(await pathway.db.person.findUniqueOrThrow({ where: { pinfl } })).toMatchObject({
      name: 'Karimova Nodira',
      birth: '1988-03-09',
      sex: 'female',
      mahalla: '1703202',
    });
    await pathway.settled();
    expect((await officer().get(`/subsidies/${made.body.id}`)).body).toMatchObject({
      state: 'review',
      hiredOn: HIRED,
      waitingFor: { what: 'review', role: 'employment_officer' },
      allowedActions: ['evidence', 'review', 'stop'],
    });
    const twice = await employer().post('/subsidies', wageApplication(pinfl, HIRED));
    expect(twice.body).toMatchObject({ status: 409, code: 'applied_for' });
  });

  test('incomplete: an entry per field, and nothing is kept', async () => {
    const before = await pathway.db.person.count();
    const pinfl = unknownWorker();
    const whole = wageApplication(pinfl, HIRED);
    const shapeless = await employer().post('/subsidies', {
      ...whole,
      contract: undefined,
      pinfl: undefined,
      hiredOn: '2024-02-30',
    });
    expect(shapeless.status).toBe(422);
    expect((shapeless.body.errors as { field: string }[]).map(({ field }) => field).toSorted()).toEqual([
      'contract',
      'hiredOn',
    ]);
    const incomplete = await employer().post('/subsidies', {
      ...whole,
      name: undefined,
      group: undefined,
      documents: {},
    });
    expect(incomplete.status).toBe(422);
    expect((incomplete.body.errors as { field: string }[]).map(({ field }) => field)).toEqual([
      'documents.hiring_order',
      'group',
    ]);
    expect(
      (await employer().post('/subsidies', { ...wageApplication(pinfl, HIRED), colour: 1 })).body,
    ).toMatchObject({ status: 422, code: 'unknown_field' });
    expect(await pathway.db.person.count()).toBe(before);
  });

  test('a category that is none of the policy’s: 422 with those that are possible, and nothing is kept', async () => {
    const before = await pathway.db.subsidy.count();
    const whole = wageApplication(unknownWorker(), HIRED);
    const { status, body } = await employer().post('/subsidies', {
      ...whole,
      programme: 'above_quota',
      category: 'disabilty',
      documents: { ...whole.documents, category_proof: paper },
    });
    expect({ status, errors: body.errors }).toEqual({
      status: 422,
      errors: [{ field: 'category', detail: expect.stringContaining('graduate, released_from_service') }],
    });
    expect(await pathway.db.subsidy.count()).toBe(before);
  });

  test('the answer is the same for a person who is on record and for one who is not', async () => {
    const known = unknownWorker();
    const person = { pinfl: known, name: 'Known Already', mahalla: '1703202001' };
    const { id } = (await pathway.as(payers.case_manager).post('/people', person)).body as { id: string };
    const asked = (pinfl: string, more: object = {}) =>
      employer().post('/subsidies', {
        ...wageApplication(pinfl, HIRED),
        name: undefined,
        contract: 'K-7',
        ...more,
      });
    const plain = ({ status, body }: { status: number; body: object }) => ({
      status,
      body: { ...body, id: '', correlationId: '' },
    });
    const strange = unknownWorker();
    const incomplete = { documents: {} };
    expect(plain(await asked(known, incomplete))).toEqual(plain(await asked(strange, incomplete)));
    const ofKnown = await asked(known);
    const ofStrange = await asked(strange);
    expect(ofKnown).toMatchObject({ status: 201, body: { personId: null } });
    expect(plain(ofKnown)).toEqual(plain(ofStrange));
    const listed = await employer().get('/subsidies?limit=200');
    expect(listed.body.items).toContainEqual(
      expect.objectContaining({ id: ofKnown.body.id, personId: null }),
    );
    expect((await officer().get(`/subsidies/${ofKnown.body.id}`)).body).toMatchObject({ personId: id });
    await pathway.settled();
  });

  test('a name that nobody told is entered by the review', async () => {
    const pinfl = unknownWorker();
    await hires(pinfl);
    const made = await employer().post('/subsidies', { ...wageApplication(pinfl, HIRED), name: undefined });
    await pathway.settled();
    const { id } = await pathway.db.person.findUniqueOrThrow({ where: { pinfl } });
    const review = (names?: object) =>
      officer().post(`/subsidies/${made.body.id}/review`, { outcome: 'propose', names });
    expect((await review()).body).toMatchObject({
      status: 422,
      code: 'missing_names',
      errors: [{ field: `names.${id}` }],
    });
    expect((await review({ [id]: 'Karimova Nodira' })).body).toMatchObject({ state: 'ordering' });
    expect(await pathway.db.person.findUniqueOrThrow({ where: { pinfl } })).toMatchObject({
      name: 'Karimova Nodira',
    });
    expect((await employer().get(`/subsidies/${made.body.id}`)).text).not.toContain(id);
  });

  test('complete but excluded by law: refused, with rule, act and version, why, and what can be done', async () => {
    await pathway.db.employer.update({ where: { id: 'E-900002' }, data: { ownership: 'state' } });
    const made = await pathway
      .as(payers.other_employer)
      .post('/subsidies', wageApplication(unknownWorker(), HIRED));
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ state: 'refused', refusal: { code: expect.any(String) } });
    expect(made.body.refusal).toEqual({
      code: 'ownership',
      rule: 'hire_pwd.eligibility.excludedOwnership',
      act: 'PQ-57 (2021), VM-203 of 20.04.2022',
      version: 'PV-2019',
      others: 'above_quota',
      until: expect.stringMatching(/^2024-/),
      why: 'This programme does not pay enterprises of this kind of ownership.',
      next: expect.stringMatching(/instead. If you do not agree, you may object once, by/),
    });
    await pathway.settled();
  });

  test('on paper, by the employment officer, with its date', async () => {
    const pinfl = unknownWorker();
    await hires(pinfl);
    const body = { ...wageApplication(pinfl, HIRED), employer: STIR, receivedOn: '2024-03-01' };
    expect((await officer().post('/subsidies', { ...body, employer: undefined })).body).toMatchObject({
      status: 422,
      errors: [{ field: 'employer' }],
    });
    expect((await pathway.as(payers.far_employment).post('/subsidies', body)).status).toBe(404);
    expect((await employer().post('/subsidies', body)).body).toMatchObject({
      errors: [{ field: 'employer' }],
    });
    expect((await finance().post('/subsidies', body)).status).toBe(403);
    const made = await officer().post('/subsidies', body);
    expect(made.body).toMatchObject({ state: 'checking', appliedOn: '2024-03-01' });
    await pathway.settled();
  });

  test('the disability group is TIEK’s: another word of the employer’s is decided by a document', async () => {
    const pinfl = unknownWorker();
    await hires(pinfl);
    const { id } = (await employer().post('/subsidies', wageApplication(pinfl, HIRED))).body;
    await pathway.settled();
    await pathway.db.person.update({ where: { pinfl }, data: { recommendation: { group: 3 } } });
    const path = `/subsidies/${id}`;
    expect((await officer().get(path)).body).toMatchObject({ application: { group: 2 }, tiekGroup: 3 });
    expect((await employer().get(path)).body).toMatchObject({ application: { group: 2 }, tiekGroup: null });
    const propose = (more: object) => officer().post(`${path}/review`, { outcome: 'propose', ...more });
    expect((await propose({})).body).toMatchObject({
      status: 422,
      errors: [{ field: 'group', detail: expect.stringContaining('TIEK names disability group 3') }],
    });
    expect((await propose({ group: { stands: 3, document: paper } })).status).toBe(200);
    await pathway.settled();
    expect((await officer().get(path)).body).toMatchObject({ review: { group: { stands: 3 } } });
    expect((await employer().get(path)).body.review).not.toHaveProperty('group');
  });

  test('a paper dated before a refusal for being late is reviewed by a second person', async () => {
    const pinfl = unknownWorker();
    const hiredOn = '2023-08-15';
    await hires(pinfl, hiredOn);
    const late = await employer().post('/subsidies', wageApplication(pinfl, hiredOn));
    expect(late.body).toMatchObject({
      state: 'refused',
      refusal: { code: 'period_over', last: '2024-02-14' },
    });
    const paperOf = { ...wageApplication(pinfl, hiredOn), employer: STIR, receivedOn: '2024-02-10' };
    const { id } = (await officer().post('/subsidies', paperOf)).body;
    await pathway.settled();
    const propose = { outcome: 'propose' };
    expect((await officer().post(`/subsidies/${id}/review`, propose)).body).toMatchObject({
      status: 403,
      code: 'took_part',
    });
    const second = pathway.as(payers.second_employment);
    expect((await second.post(`/subsidies/${id}/review`, propose)).status).toBe(200);
    await pathway.settled();
  });

  test('somebody recorded by an application is known to the case manager once they are recorded there', async () => {
    const pinfl = unknownWorker();
    await hires(pinfl);
    await employer().post('/subsidies', wageApplication(pinfl, HIRED));
    await pathway.settled();
    const before = await pathway.db.person.findUniqueOrThrow({ where: { pinfl } });
    const person = { pinfl, name: 'Karimova Nodira', mahalla: '1703202001' };
    const recorded = await pathway.as(payers.case_manager).post('/people', person);
    expect(recorded.body).toMatchObject({ id: before.id, mahalla: '1703202001' });
    expect((await pathway.as(payers.case_manager).post('/people', person)).body).toMatchObject({
      status: 409,
      code: 'already_recorded',
    });
  });

  test('an unknown account becomes a proposal, and the person who named it does not approve', async () => {
    const pinfl = unknownWorker();
    await hires(pinfl);
    const account = { account: '20208000900123456777', mfo: '00014', holderStir: STIR };
    const asked = { ...wageApplication(pinfl, HIRED), account };
    expect(
      (await employer().post('/subsidies', { ...asked, account: { ...account, mfo: '1' } })).body,
    ).toMatchObject({
      errors: [{ field: 'account.mfo' }],
    });
    const made = await employer().post('/subsidies', asked);
    expect(made.status).toBe(201);
    const proposed = await pathway.db.account.findFirstOrThrow({ where: { number: account.account } });
    expect(proposed).toMatchObject({ state: 'proposed', employerId: 'E-900001' });
    const participations = await pathway.db.participation.findMany({
      where: { subject: `subsidy/${made.body.id}` },
    });
    expect(participations.map(({ act }) => act).toSorted()).toEqual(['proposed_account', 'submitted']);
    await pathway.settled();
  });

  test('our own number names a worker only to the employer they had to do with', async () => {
    const stranger = await pathway.db.person.findFirstOrThrow();
    await pathway.db.employer.update({ where: { id: 'E-900002' }, data: { ownership: 'private' } });
    const asked = {
      ...wageApplication(unknownWorker(), HIRED),
      pinfl: undefined,
      name: undefined,
      person: stranger.id,
    };
    expect((await pathway.as(payers.other_employer).post('/subsidies', asked)).status).toBe(404);
  });
});

describe('GET /subsidies', () => {
  test('lists and filters the caller’s rows', async () => {
    const id = await applied(pathway, HIRED);
    const mine = await employer().get('/subsidies?state=review&programme=hire_pwd&limit=200');
    expect((mine.body.items as { id: string }[]).map((row) => row.id)).toContain(id);
    expect(
      (await finance().get('/subsidies?region=1703&employer=E-900001&limit=200')).body.items,
    ).not.toEqual([]);
    expect((await finance().get('/subsidies?area=1706')).status).toBe(403);
    expect((await officer().get('/subsidies?overdue=yes')).body.items).toEqual([]);
    for (const who of [payers.far_employment, payers.far_finance] as const) {
      expect((await pathway.as(who).get('/subsidies')).body.items).toEqual([]);
      expect((await pathway.as(who).get(`/subsidies/${id}`)).status).toBe(404);
    }
    expect((await pathway.as(payers.other_employer).get(`/subsidies/${id}`)).status).toBe(404);
    expect((await pathway.as(payers.case_manager).get('/subsidies')).status).toBe(403);
    expect((await employer().get('/subsidies/C-000001')).status).toBe(400);
  });
});

describe('from the review to the order', () => {
  test('proposed, reserved, signed by the head; months already over get their claims', async () => {
    const id = await applied(pathway, HIRED);
    const path = `/subsidies/${id}`;
    expect((await employer().post(`${path}/review`, { outcome: 'propose' })).status).toBe(403);
    expect(
      (await pathway.as(payers.far_employment).post(`${path}/review`, { outcome: 'propose' })).status,
    ).toBe(404);
    expect((await officer().post(`${path}/review`, { outcome: 'wait' })).status).toBe(422);
    expect((await head().post(`${path}/order`, { number: '1', date: today() })).body).toMatchObject({
      status: 409,
      code: 'not_in_this_state',
      state: 'review',
    });
    const key = { 'Idempotency-Key': `review-${id}` };
    const proposed = await officer().post(`${path}/review`, { outcome: 'propose', words: 'in order' }, key);
    expect(proposed.body).toMatchObject({ state: 'ordering', waitingFor: { what: 'signing', rank: 'head' } });
    expect(
      (await officer().post(`${path}/review`, { outcome: 'propose', words: 'in order' }, key)).body,
    ).toEqual(proposed.body);
    expect((await officer().post(`${path}/order`, { number: '1', date: today() })).body).toMatchObject({
      status: 403,
    });
    expect((await head().post(`${path}/order`, { number: '1', date: '2024-03-20' })).body).toMatchObject({
      status: 422,
      errors: [{ field: 'date' }],
    });
    const signed = await head().post(`${path}/order`, { number: 'B-1', date: today() });
    expect(signed.body).toMatchObject({
      state: 'running',
      order: { number: 'B-1', date: today() },
      claims: [{ id: `${id}-2024-02`, month: '2024-02' }],
    });
    await pathway.settled();
    const employers = (await employer().get(path)).body as Record<string, unknown>;
    expect(employers['commitments']).toBeUndefined();
    expect((await finance().get(path)).body.commitments).toHaveLength(6);
    const other = await applied(pathway, HIRED);
    await officer().post(`/subsidies/${other}/review`, { outcome: 'propose' });
    expect(
      (await head().post(`/subsidies/${other}/order`, { number: 'b - 1', date: today() })).body,
    ).toMatchObject({
      status: 409,
      code: 'order_number_used',
    });
  });

  test('a person who reviewed does not sign', async () => {
    const id = await applied(pathway, HIRED);
    await head().post(`/subsidies/${id}/review`, { outcome: 'propose' });
    expect((await head().post(`/subsidies/${id}/order`, { number: '9', date: today() })).body).toMatchObject({
      status: 403,
      code: 'took_part',
    });
  });

  test('returned for completion and completed', async () => {
    const id = await applied(pathway, HIRED);
    const missing = [{ field: 'documents.category_proof', detail: 'The certificate is illegible.' }];
    const returned = await officer().post(`/subsidies/${id}/review`, { outcome: 'return', missing });
    expect(returned.body).toMatchObject({ state: 'returned', waitingFor: { role: 'employer' } });
    expect((await employer().post(`/subsidies/${id}/completion`, {})).status).toBe(422);
    expect((await finance().post(`/subsidies/${id}/completion`, { group: 1 })).status).toBe(403);
    const proof = { ...paper, number: '77' };
    const done = await employer().post(`/subsidies/${id}/completion`, {
      documents: { category_proof: proof },
    });
    expect(done.body).toMatchObject({
      state: 'review',
      application: { documents: { hiring_order: paper, category_proof: proof } },
    });
    expect((await employer().post(`/subsidies/${id}/completion`, { group: 1 })).body).toMatchObject({
      status: 409,
      state: 'review',
    });
  });

  test('refused, objected to once, and decided by a head who did not review it', async () => {
    const id = await applied(pathway, HIRED);
    const path = `/subsidies/${id}`;
    const refused = await officer().post(`${path}/review`, {
      outcome: 'refuse',
      code: 'papers',
      grounds: 'The order is of another person.',
    });
    expect(refused.body).toMatchObject({ state: 'refused', refusal: { code: 'papers' } });
    const objected = await employer().post(`${path}/objection`, { words: 'It is hers.' });
    expect(objected.body).toMatchObject({
      state: 'objected',
      waitingFor: { what: 'objection_decision', rank: 'head' },
    });
    const decision = { upheld: true, grounds: 'The order names her.' };
    expect((await employer().post(`${path}/objection`, decision)).status).toBe(403);
    expect((await officer().post(`${path}/objection`, decision)).status).toBe(403);
    expect((await head().post(`${path}/objection`, decision)).body).toMatchObject({ state: 'review' });
    await officer().post(`${path}/review`, { outcome: 'refuse', code: 'papers', grounds: 'Still.' });
    expect((await employer().post(`${path}/objection`, { words: 'Again.' })).body).toMatchObject({
      status: 409,
      code: 'objected_before',
    });
  });
});

describe('POST /subsidies/{id}/stop and evidence', () => {
  test('the employer waives from a day to come; other codes are the office’s', async () => {
    const id = await orderedSubsidy(pathway, HIRED);
    const path = `/subsidies/${id}/stop`;
    const waiver = { from: '2024-04-01', code: 'waived', words: 'No longer needed.' };
    expect((await employer().post(path, { ...waiver, code: 'other' })).status).toBe(403);
    expect((await employer().post(path, { ...waiver, from: today() })).body).toMatchObject({
      errors: [{ field: 'from' }],
    });
    expect((await finance().post(path, waiver)).status).toBe(403);
    const typo = { code: 'other', words: 'A typo.' };
    for (const from of ['1000-01-01', '9999-12-31'])
      expect((await officer().post(path, { ...typo, from })).body).toMatchObject({
        status: 422,
        code: 'impossible_date',
      });
    expect((await officer().post(path, { ...typo, from: '2024-01-01' })).body).toMatchObject({
      status: 422,
      code: 'impossible_day',
    });
    expect((await employer().post(path, waiver)).body).toMatchObject({
      state: 'running',
      lastDay: '2024-03-31',
    });
  });

  test('a document stands in for a register that is silent', async () => {
    await pathway.sandbox.script({ yammt: { down: {} } });
    const made = await employer().post('/subsidies', wageApplication(unknownWorker(), HIRED));
    await pathway.settled();
    const path = `/subsidies/${made.body.id}/evidence`;
    expect((await employer().post(path, { inForce: true, document: paper })).status).toBe(403);
    expect((await officer().post(path, { inForce: false, document: paper })).body).toMatchObject({
      errors: [{ field: 'until' }],
    });
    expect((await officer().post(path, { inForce: true, document: paper })).body).toMatchObject({
      state: 'review',
      hiredOn: HIRED,
    });
    await pathway.sandbox.script({ yammt: { up: {} } });
  });
});
