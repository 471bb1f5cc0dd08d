import request from 'supertest';
import { payers, startPaidPathway } from '../../test/support/paid-pathway';
import { type Pathway, STIR } from '../../test/support/pathway';

let pathway: Pathway;
beforeAll(async () => {
  pathway = await startPaidPathway();
});
afterAll(() => pathway.close());

const employer = () => pathway.as(payers.employer);
const finance = () => pathway.as(payers.finance_officer);
const second = () => pathway.as(payers.second_finance);
const MINE = 'E-900001';
const standing = '20208000900123456001';
let serial = 0;

/** An account that the treasury says is the employer's. */
async function heldAccount() {
  const account = `20208000500${String(100_000_000 + ++serial)}`;
  await pathway.sandbox.script({ treasury: { holds: { account, mfo: '00873', stir: STIR } } });
  return { account, mfo: '00873', holderStir: STIR };
}

async function propose(who = employer(), headers = {}) {
  const body = await heldAccount();
  const answer = await who.post(`/employers/${MINE}/account`, body, headers);
  expect(answer.status).toBe(201);
  await pathway.settled();
  return { id: (answer.body as { id: string }).id, ...body };
}
const decide = (who: ReturnType<typeof finance>, id: string, body: object) =>
  who.post(`/approvals/${id}/decision`, body);
const approve = { approve: true };
const reject = { approve: false, words: 'not now' };

test('proposed by the employer, confirmed by a finance officer; who need not see it sees four digits', async () => {
  const { id, account } = await propose();
  expect((await finance().get(`/approvals/${id}`)).body).toMatchObject({
    kind: 'account',
    state: 'deciding',
    holder: 'yes',
    proposedBy: 'S-1',
    account: { account, state: 'proposed' },
    waitingFor: { what: 'decide_account', role: 'finance_officer', overdue: false },
    allowedActions: ['decision'],
  });
  const theirs = (await employer().get(`/approvals/${id}`)).body as Record<string, unknown>;
  expect(theirs).toMatchObject({ allowedActions: [], account: { account } });
  expect(theirs['proposedBy']).toBeUndefined();
  const officers = await pathway.as(payers.employment_officer).get(`/approvals/${id}`);
  expect(officers.body).toMatchObject({
    allowedActions: [],
    account: { account: `****************${account.slice(-4)}` },
  });
  expect(JSON.stringify([theirs, officers.body])).not.toContain('contacts');

  expect((await decide(finance(), id, approve)).body).toMatchObject({ state: 'approved', decision: approve });
  const now = (await employer().get(`/employers/${MINE}/account`)).body as Record<string, unknown>;
  expect(now).toMatchObject({
    confirmed: { account, state: 'confirmed', usableFrom: expect.any(String) },
    proposed: null,
    history: [{ account: standing, state: 'replaced' }],
  });
  const masked = await pathway.as(payers.administrator).get(`/employers/${MINE}/account`);
  expect(masked.body.confirmed.account).toBe(`****************${account.slice(-4)}`);
  expect((await pathway.as(payers.auditor).get(`/employers/${MINE}/account`)).body).toMatchObject({
    confirmed: { account, proposedBy: 'S-1', confirmedBy: 'O-6' },
  });
});

test('the same key answers the same; while one is proposed another is not', async () => {
  const body = await heldAccount();
  const key = { 'Idempotency-Key': 'account-1' };
  const post = (said: object, headers = {}) => employer().post(`/employers/${MINE}/account`, said, headers);
  const first = await post(body, key);
  const again = await post(body, key);
  expect([again.status, again.body]).toEqual([201, first.body]);
  expect(await post(await heldAccount(), key)).toMatchObject({ status: 409, body: { code: 'key_reused' } });
  const { id } = first.body as { id: string };
  expect(await post(await heldAccount())).toMatchObject({
    status: 409,
    body: { code: 'proposed_already', detail: expect.stringContaining(id) },
  });
  expect((await employer().get(`/employers/${MINE}/account`)).body.proposed).toMatchObject({
    account: body.account,
    approval: id,
  });
  await pathway.settled();
  expect((await decide(finance(), id, reject)).body.state).toBe('rejected');
  expect(await decide(second(), id, approve)).toMatchObject({
    status: 409,
    body: { code: 'not_in_this_state', state: 'rejected', allowedActions: [] },
  });
});

test.each([
  [{ account: '2020800090012345600' }, 'account', 'wrong_fields'],
  [{ account: '20208840900123456001' }, 'account', 'not_in_soum'],
  [{ mfo: '0014' }, 'mfo', 'wrong_fields'],
  [{ holderStir: '30' }, 'holderStir', 'stir'],
  [{ holderStir: '309999999' }, 'holderStir', 'another_holder'],
  [{ name: 'x' }, 'name', 'unknown_field'],
])('%j is refused', async (wrong, field, code) => {
  const body = { ...(await heldAccount()), ...wrong };
  const answer = await employer().post(`/employers/${MINE}/account`, body);
  expect([answer.status, answer.body.code, answer.body.errors[0].field]).toEqual([422, code, field]);
});

test('a treasury account of 27 digits is one', async () => {
  const body = { account: '402020860262777097100076001', mfo: '00014', holderStir: STIR };
  await pathway.sandbox.script({ treasury: { holds: { account: body.account, mfo: body.mfo, stir: STIR } } });
  const answer = await employer().post(`/employers/${MINE}/account`, body);
  expect(answer.status).toBe(201);
  await pathway.settled();
  await decide(finance(), answer.body.id as string, reject);
});

test('other employers, other districts and other roles find nothing', async () => {
  const body = await heldAccount();
  const path = `/employers/${MINE}/account`;
  for (const [who, status] of [
    [payers.other_employer, 404],
    [payers.far_employment, 404],
    [payers.far_finance, 404],
    [payers.administrator, 403],
    [payers.auditor, 403],
    [payers.case_manager, 403],
  ] as const)
    expect([who.sub, (await pathway.as(who).post(path, body)).status]).toEqual([who.sub, status]);
  for (const [who, status] of [
    [payers.other_employer, 404],
    [payers.far_finance, 404],
    [payers.supervisor, 403],
  ] as const)
    expect([who.sub, (await pathway.as(who).get(path)).status]).toEqual([who.sub, status]);
});

test('who proposed it does not decide it, nor another role, nor another region', async () => {
  const { id } = await propose(finance());
  expect((await finance().get(`/approvals/${id}`)).body.allowedActions).toEqual([]);
  expect(await decide(finance(), id, approve)).toMatchObject({ status: 403, body: { code: 'took_part' } });
  for (const [who, status] of [
    [payers.far_finance, 404],
    [payers.other_employer, 403],
    [payers.employment_officer, 403],
    [payers.administrator, 403],
    [payers.auditor, 403],
  ] as const)
    expect([who.sub, (await decide(pathway.as(who), id, approve)).status]).toEqual([who.sub, status]);
  expect(await decide(second(), id, { approve: false })).toMatchObject({
    status: 422,
    body: { errors: [{ field: 'words' }] },
  });
  expect(await employer().post(`/approvals/${id}/objection`, { words: 'no' })).toMatchObject({ status: 409 });
  expect((await decide(second(), id, reject)).status).toBe(200);
});

describe('GET /approvals', () => {
  test('lists, filters and pages the proposals that the caller sees; "mine" are those to decide', async () => {
    const { id } = await propose(finance());
    const ids = async (who: ReturnType<typeof finance>, query: string) => {
      const { status, body } = await who.get(`/approvals?${query}`);
      expect(status).toBe(200);
      return (body.items as { id: string }[]).map((each) => each.id);
    };
    expect(await ids(finance(), 'kind=account&state=deciding')).toEqual([id]);
    expect(await ids(finance(), 'mine=yes')).toEqual([]);
    expect(await ids(second(), 'mine=yes')).toEqual([id]);
    expect(await ids(second(), 'mine=yes&overdue=yes')).toEqual([]);
    expect(await ids(second(), 'kind=line')).toEqual([]);
    expect(await ids(pathway.as(payers.other_employer), '')).toEqual([]);
    expect(await ids(pathway.as(payers.far_finance), '')).toEqual([]);
    const all = await ids(employer(), '');
    const first = await employer().get('/approvals?limit=1');
    const next = await employer().get(`/approvals?limit=200&cursor=${String(first.body.next)}`);
    expect([first.body.items, next.body.items].flat().map((each: { id: string }) => each.id)).toEqual(all);
    expect((await pathway.as(payers.case_manager).get('/approvals')).body.items).toEqual([]);
    expect((await finance().get('/approvals?kind=other')).status).toBe(400);
    await decide(second(), id, reject);
  });
});

test('no other route of employers takes an account, nor does the import', async () => {
  const officer = pathway.as(payers.employment_officer);
  for (const field of ['account', 'mfo', 'holderStir']) {
    const made = await officer.post('/employers', {
      stir: '309000001',
      name: 'X',
      district: '1703202',
      [field]: '20208000900123456001',
    });
    expect([made.status, made.body.errors[0].field]).toEqual([422, field]);
    const changed = await employer().patch(`/employers/${MINE}`, { [field]: '20208000900123456001' });
    expect([changed.status, changed.body.errors[0].field]).toEqual([422, field]);
  }
  const imported = await request(pathway.base)
    .post('/v1/employers/import')
    .set('Authorization', `Bearer ${await pathway.token(payers.employment_officer)}`)
    .set('Content-Type', 'text/csv')
    .send('stir,name,district,account\n309000001,X,1703202,20208000900123456001');
  expect([imported.status, imported.body.code]).toEqual([422, 'wrong_columns']);
});
