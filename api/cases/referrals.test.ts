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

const manager = () => pathway.as(somebody.case_manager);
const employer = () => pathway.as(somebody.employer);
const inspector = () => pathway.as(somebody.labour_inspector);
const today = () => pathway.time.now.toISOString().slice(0, 10);
const accepting = () => ({ decision: 'accept', startOn: today() });
const rejecting = { decision: 'reject', code: 'qualification', grounds: 'Cannot sew leather.' };

const inspectionOf = async (referral: string) => {
  const { body } = await inspector().get(`/inspections?referral=${referral}`);
  return (body.items as { id: string; state: string }[])[0]?.id ?? 'none';
};

describe('GET /referrals', () => {
  test('lists and filters the caller’s rows', async () => {
    const { caseId, referral } = await referred(pathway);
    const mine = await manager().get(`/referrals?case=${caseId}`);
    expect(mine.body).toMatchObject({
      items: [{ id: referral, caseId, state: 'delivered', waitingFor: { role: 'employer' } }],
      next: null,
    });
    const theirs = await employer().get('/referrals?employer=E-900001&state=delivered&limit=200');
    const seen = (theirs.body.items as { id: string; caseId?: string; allowedActions: string[] }[]).find(
      ({ id }) => id === referral,
    );
    expect(seen?.caseId).toBeUndefined();
    expect(seen?.allowedActions).toEqual(['decision', 'contract', 'extensionRequest']);
    expect((await pathway.as(somebody.other_employer).get('/referrals')).body.items).toEqual([]);
    expect((await pathway.as(somebody.far_manager).get('/referrals')).body.items).toEqual([]);
    expect((await manager().get(`/referrals?case=${caseId}&overdue=yes`)).body.items).toEqual([]);
    expect((await pathway.as(somebody.finance_officer).get('/referrals')).status).toBe(403);
  });

  test('the employer sees name, contact, skills and conditions, never group or recommendation', async () => {
    const { referral, person } = await referred(pathway);
    const { body } = await employer().get(`/referrals/${referral}`);
    expect(body.person).toEqual({
      id: person.id,
      name: expect.any(String),
      phone: expect.any(String),
      email: null,
      skills: ['sewing'],
      skillNames: ['Sewing'],
      conditions: [],
      conditionNames: [],
    });
    expect(JSON.stringify(body)).not.toMatch(new RegExp(`${person.pinfl}|"group"|light work|caseId`));
    expect((await pathway.as(somebody.other_employer).get(`/referrals/${referral}`)).status).toBe(404);
    expect((await pathway.as(somebody.far_manager).get(`/referrals/${referral}`)).status).toBe(404);
    expect((await manager().get(`/referrals/${referral}`)).body).toMatchObject({
      delivery: [{ state: 'delivered' }, { state: 'delivered' }],
    });
  });

  test('with a certificate in place of TIEK’s answer the employer sees the conditions of the certificate', async () => {
    const { caseId, referral } = await referred(pathway);
    const evidence = { number: 'T-1', validUntil: '2030-01-01', group: 2, conditions: ['ramp'] };
    await pathway.db.case.update({ where: { id: caseId }, data: { eligibility: 'evidence', evidence } });
    const { body } = await employer().get(`/referrals/${referral}`);
    expect(body.person).toMatchObject({ conditions: ['ramp'], conditionNames: ['Ramp at the entrance'] });
    expect(JSON.stringify(body)).not.toMatch(/"group"|T-1/);
  });
});

describe('POST /referrals/{id}/decision', () => {
  test('accepts, once; the contract that YAMMT confirms is the hire', async () => {
    const { caseId, referral, person } = await referred(pathway);
    const key = { 'Idempotency-Key': `accept-${referral}` };
    const accepted = await employer().post(`/referrals/${referral}/decision`, accepting(), key);
    expect(accepted.status).toBe(200);
    expect(accepted.body).toMatchObject({
      state: 'accepted',
      startOn: today(),
      waitingFor: { what: 'contract', role: 'employer' },
    });
    const again = await employer().post(`/referrals/${referral}/decision`, accepting(), key);
    expect(again.status).toBe(200);
    expect(again.body).toEqual(accepted.body);
    const second = await employer().post(`/referrals/${referral}/decision`, accepting());
    expect(second.status).toBe(409);
    expect(second.body).toMatchObject({
      code: 'already_decided',
      state: 'accepted',
      detail: expect.stringContaining('another start day'),
      allowedActions: ['contract', 'start', 'decision'],
    });
    await pathway.sandbox.script({
      yammt: { hires: { pinfl: person.pinfl, stir: STIR, on: today(), contract: 'K-17' } },
    });
    const contract = await employer().post(`/referrals/${referral}/contract`, { contract: 'K-17' });
    expect(contract.body).toMatchObject({ state: 'confirming' });
    await pathway.settled();
    expect((await employer().get(`/referrals/${referral}`)).body).toMatchObject({ state: 'hired' });
    const after = await manager().get(`/cases/${caseId}`);
    expect(after.body).toMatchObject({ state: 'employed' });
  });

  test('rejects with reasons: to the inspectorate, and the case goes on at once', async () => {
    const { caseId, referral } = await referred(pathway);
    const rejected = await employer().post(`/referrals/${referral}/decision`, rejecting);
    expect(rejected.body).toMatchObject({ state: 'rejected', inspections: [{ state: 'examining' }] });
    expect((await manager().get(`/cases/${caseId}`)).body).toMatchObject({ state: 'planning' });
  });

  test('replaces a rejection by mistake within the 5 days; after them the decision stands', async () => {
    const { caseId, referral } = await referred(pathway);
    const path = `/referrals/${referral}/decision`;
    await employer().post(path, rejecting);
    const replaced = await employer().post(path, accepting());
    expect(replaced.body).toMatchObject({
      state: 'accepted',
      inspections: [{ state: 'ended' }],
      earlierDecisions: [{ decision: rejecting }],
      waitingFor: { what: 'contract' },
    });
    expect((await manager().get(`/cases/${caseId}`)).body).toMatchObject({ state: 'referred' });
    await employer().post(path, rejecting);
    await pathway.pass('9d');
    expect((await employer().post(path, accepting())).body).toMatchObject({
      status: 409,
      code: 'already_decided',
      state: 'rejected',
      allowedActions: [],
    });
  });

  test('of the wrong employer, role, area, or shape', async () => {
    const { referral } = await referred(pathway);
    const path = `/referrals/${referral}/decision`;
    expect((await pathway.as(somebody.other_employer).post(path, accepting())).status).toBe(404);
    expect((await pathway.as(somebody.far_manager).post(path, accepting())).status).toBe(404);
    expect((await inspector().post(path, accepting())).status).toBe(403);
    expect((await employer().post(path, { ...accepting(), colour: 'red' })).body).toMatchObject({
      code: 'unknown_field',
    });
    expect((await employer().post(path, { decision: 'accept', startOn: '2026-02-30' })).body).toMatchObject({
      code: 'impossible_date',
    });
    expect((await employer().post(path, { decision: 'accept', startOn: '2027-01-01' })).body).toMatchObject({
      code: 'start_out_of_range',
    });
    expect((await employer().post(path, { decision: 'reject', code: 'looks', grounds: 'x' })).status).toBe(
      422,
    );
    expect((await manager().post(path, accepting())).body).toMatchObject({
      status: 422,
      errors: [{ field: 'received' }],
    });
    const onPaper = { ...accepting(), received: { manner: 'paper', on: today() } };
    expect((await manager().post(path, onPaper)).body).toMatchObject({
      state: 'accepted',
      decision: onPaper,
    });
  });

  test('received in time, entered late: the silence is taken back, and the referral’s execution goes on', async () => {
    const { caseId, referral } = await referred(pathway);
    const startOn = today();
    await pathway.pass('9d');
    const path = `/referrals/${referral}/decision`;
    const answer = { decision: 'accept', startOn, received: { manner: 'paper', on: startOn } };
    expect((await employer().post(path, answer)).body).toMatchObject({ status: 422, code: 'officials_only' });
    expect((await pathway.as(somebody.far_manager).post(path, answer)).status).toBe(404);
    expect((await inspector().post(path, answer)).status).toBe(403);
    const key = { 'Idempotency-Key': `entered-late-${referral}` };
    const entered = await manager().post(path, answer, key);
    expect(entered.body).toMatchObject({
      id: referral,
      state: 'accepted',
      inspections: [{ state: 'ended' }],
      waitingFor: { what: 'contract' },
    });
    expect((await manager().post(path, answer, key)).body).toEqual(entered.body);
    expect((await manager().post(path, answer)).body).toMatchObject({ status: 409, code: 'already_decided' });
    await pathway.pass('2d');
    expect((await manager().get(`/cases/${caseId}`)).body).toMatchObject({ state: 'planning' });
    expect((await manager().get(`/referrals/${referral}`)).body).toMatchObject({ state: 'no_contract' });
  });

  test('late: after silence it is the inspection’s, after the resolution refused', async () => {
    const first = await referred(pathway);
    const second = await referred(pathway);
    const third = await referred(pathway);
    await pathway.pass('9d');
    expect((await employer().get(`/referrals/${first.referral}`)).body).toMatchObject({ state: 'silent' });

    const reasons = await employer().post(`/referrals/${first.referral}/decision`, rejecting);
    expect(reasons.body).toMatchObject({
      id: expect.stringMatching(/^I-/),
      state: 'examining',
      lateDecision: rejecting,
    });
    const twice = await employer().post(`/referrals/${first.referral}/decision`, rejecting);
    expect(twice.body).toMatchObject({ status: 409, code: 'already_decided' });

    const key = { 'Idempotency-Key': `late-${second.referral}` };
    const late = await employer().post(`/referrals/${second.referral}/decision`, accepting(), key);
    expect(late.body).toMatchObject({ state: 'settled', startOn: today() });
    expect((await employer().post(`/referrals/${second.referral}/decision`, accepting(), key)).body).toEqual(
      late.body,
    );
    const after = await employer().post(`/referrals/${second.referral}/decision`, accepting());
    expect(after.body).toMatchObject({
      status: 409,
      code: 'resolved',
      detail: expect.stringContaining('contract'),
      state: 'settled',
    });

    const inspection = await inspectionOf(third.referral);
    await inspector().post(`/inspections/${inspection}/resolution`, {
      resolution: 'justified',
      grounds: 'closed down',
    });
    const over = await employer().post(`/referrals/${third.referral}/decision`, accepting());
    expect(over.body).toMatchObject({
      status: 409,
      code: 'resolved',
      state: 'justified',
      detail: expect.stringContaining('new referral'),
    });

    await pathway.sandbox.script({
      yammt: { hires: { pinfl: second.person.pinfl, stir: STIR, on: today(), contract: 'K-18' } },
    });
    const contract = await employer().post(`/referrals/${second.referral}/contract`, { contract: 'K-18' });
    expect(contract.body).toMatchObject({ id: late.body.id, state: 'confirming' });
    await pathway.settled();
    expect((await inspector().get(`/inspections/${late.body.id}`)).body).toMatchObject({ state: 'complied' });
    expect((await manager().get(`/cases/${second.caseId}`)).body).toMatchObject({ state: 'employed' });
  });
});

describe('POST /referrals/{id}/hearing', () => {
  test('the person is heard before the employer’s word counts', async () => {
    const { caseId, referral } = await referred(pathway);
    const path = `/referrals/${referral}/hearing`;
    const early = await manager().post(path, { confirmed: true, words: 'yes' });
    expect(early.body).toMatchObject({
      status: 409,
      code: 'not_in_this_state',
      state: 'delivered',
      allowedActions: expect.arrayContaining(['decision']),
    });
    await employer().post(`/referrals/${referral}/decision`, {
      decision: 'reject',
      code: 'did_not_come',
      grounds: 'nobody came',
    });
    expect((await employer().post(path, { confirmed: true, words: 'yes' })).status).toBe(403);
    expect(
      (await pathway.as(somebody.far_manager).post(path, { confirmed: true, words: 'yes' })).status,
    ).toBe(404);
    expect((await manager().post(path, { confirmed: 'yes', words: 'yes' })).status).toBe(422);
    const key = { 'Idempotency-Key': `hear-${referral}` };
    const heard = await manager().post(path, { confirmed: true, words: 'I was afraid' }, key);
    expect(heard.body).toMatchObject({ state: 'person_declined' });
    expect((await manager().post(path, { confirmed: true, words: 'I was afraid' }, key)).body).toEqual(
      heard.body,
    );
    expect((await manager().get(`/cases/${caseId}`)).body).toMatchObject({ state: 'planning' });
  });
});

describe('POST /referrals/{id}/withdrawal', () => {
  test('withdraws an open referral, with a reason', async () => {
    const { referral } = await referred(pathway);
    const path = `/referrals/${referral}/withdrawal`;
    const body = { reason: 'person_ill', words: 'in hospital' };
    expect((await employer().post(path, body)).status).toBe(403);
    expect((await pathway.as(somebody.far_manager).post(path, body)).status).toBe(404);
    expect((await manager().post(path, { ...body, reason: 'mood' })).status).toBe(422);
    expect((await manager().post(path, body)).body).toMatchObject({ state: 'withdrawn' });
    expect((await manager().post(path, body)).body).toMatchObject({
      status: 409,
      code: 'not_in_this_state',
      state: 'withdrawn',
      allowedActions: [],
    });
  });

  test('a person who declines during an inspection ends the directive that it could give', async () => {
    const { referral } = await referred(pathway);
    await employer().post(`/referrals/${referral}/decision`, rejecting);
    const declined = await manager().post(`/referrals/${referral}/withdrawal`, {
      reason: 'person_declined',
      words: 'no more',
    });
    expect(declined.body).toMatchObject({
      id: expect.stringMatching(/^I-/),
      state: 'examining',
      findingOnly: 'person_no_longer_wants',
    });
  });
});

describe('POST /referrals/{id}/delivery', () => {
  test('by hand when no channel arrived; the 5 days run from then', async () => {
    for (const to of ['+998711234567', 'hr@nurtikuv.uz'])
      await pathway.sandbox.script({ notifications: { undeliverable: { to } } });
    const { referral } = await referred(pathway);
    const path = `/referrals/${referral}/delivery`;
    await pathway.pass('2d');
    expect((await manager().get(`/referrals/${referral}`)).body).toMatchObject({
      state: 'undelivered',
      waitingFor: { role: 'case_manager', what: 'deliver_by_hand' },
    });
    const byPhone = { manner: 'phone', on: today(), to: 'the accountant' };
    expect((await employer().post(path, byPhone)).status).toBe(403);
    expect((await pathway.as(somebody.far_manager).post(path, byPhone)).status).toBe(404);
    expect((await manager().post(path, { undeliverable: true, reason: 'gone' })).body).toMatchObject({
      status: 403,
      code: 'not_yours',
    });
    expect((await pathway.as(somebody.employment_officer).post(path, { correctedContact: {} })).status).toBe(
      422,
    );
    const delivered = await manager().post(path, byPhone);
    expect(delivered.body).toMatchObject({ state: 'delivered', deliveredHow: 'phone' });
    expect((await manager().post(path, byPhone)).body).toMatchObject({
      status: 409,
      code: 'not_in_this_state',
      state: 'delivered',
    });
    await pathway.sandbox.script({ notifications: { delivers: { to: '+998711234567' } } });
  });
});

describe('POST /referrals/{id}/contract and evidence', () => {
  test('evidence stands in for a register that is silent', async () => {
    const { referral } = await referred(pathway);
    const document = { number: 'M-1', date: today(), issuer: 'employer' };
    const path = `/referrals/${referral}/evidence`;
    expect((await manager().post(path, { inForce: true, document })).body).toMatchObject({
      status: 409,
      state: 'delivered',
    });
    expect((await employer().post(path, { inForce: true, document })).status).toBe(403);
    expect(
      (await pathway.as(somebody.other_employer).post(`/referrals/${referral}/contract`, { contract: 'K-1' }))
        .status,
    ).toBe(404);
    await pathway.sandbox.script({ yammt: { down: {} } });
    const told = await employer().post(`/referrals/${referral}/contract`, {
      contract: 'K-19',
      since: today(),
    });
    expect(told.body).toMatchObject({ state: 'confirming', decision: { decision: 'accept' } });
    const hired = await manager().post(path, { inForce: true, contract: 'K-19', document });
    expect(hired.body).toMatchObject({ state: 'hired' });
    expect((await manager().post(path, { inForce: true, document, colour: 'red' })).body).toMatchObject({
      code: 'unknown_field',
    });
    await pathway.sandbox.script({ yammt: { up: {} } });
  });
});

describe('POST /referrals/{id}/finding', () => {
  test('closes, by the employment officer of the district alone, a referral to where the person worked already', async () => {
    const { caseId, referral, person } = await referred(pathway);
    const officer = pathway.as(somebody.employment_officer);
    const path = `/referrals/${referral}/finding`;
    const found = { words: 'The same job as before.' };
    expect((await officer.post(path, found)).body).toMatchObject({ status: 409, state: 'delivered' });
    await pathway.sandbox.script({
      yammt: { hires: { pinfl: person.pinfl, stir: STIR, on: '2020-10-22', contract: 'K-OLD' } },
    });
    await employer().post(`/referrals/${referral}/decision`, accepting());
    await employer().post(`/referrals/${referral}/contract`, { contract: 'K-OLD' });
    await pathway.settled();
    expect((await employer().get(`/referrals/${referral}`)).body).toMatchObject({
      state: 'worked_there_already',
      waitingFor: { what: 'worked_there_finding', role: 'employment_officer' },
      allowedActions: [],
    });
    expect((await manager().get(`/cases/${caseId}`)).body).toMatchObject({ state: 'planning' });
    for (const who of [manager(), employer(), inspector()])
      expect((await who.post(path, found)).status).toBe(403);
    const far = { sub: 'O-61', role: 'employment_officer', area: '1706204' } as const;
    expect((await pathway.as(far).post(path, found)).status).toBe(404);
    expect((await officer.post(path, {})).status).toBe(422);
    expect((await officer.post(path, found)).body).toMatchObject({
      state: 'no_hire',
      finding: { since: '2020-10-22', contract: 'K-OLD', ...found },
    });
    expect((await officer.post(path, found)).body).toMatchObject({ status: 409, state: 'no_hire' });
  });
});
