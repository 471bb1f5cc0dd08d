import { orderedSubsidy, payers, startPaidPathway } from '../../test/support/paid-pathway';
import type { Pathway } from '../../test/support/pathway';
import { protection, protectionPaysForHires } from '../../test/support/two-funds';

/* What the finance officers of two funds see and do [measures §4]. */

const ours = { sub: 'O-56', role: 'finance_officer', area: '1703' } as const;
const second = { sub: 'O-57', role: 'finance_officer', area: '1703' } as const;

let pathway: Pathway;
let claim: string;
const admin = () => pathway.as(payers.administrator);
const employment = () => pathway.as(payers.second_finance);

/** The social protection fund pays for hires. It has two officers in the region, and a claim is ready. */
beforeAll(async () => {
  pathway = await startPaidPathway();
  await protectionPaysForHires(pathway.db, '2024-01-01');
  for (const { sub: id, role, area } of [ours, second])
    await admin().post('/officials', { id, name: id, role, area, fund: protection });
  claim = `${await orderedSubsidy(pathway, '2024-03-01')}-2024-03`;
  await pathway.pass('28d');
  await pathway.pass('12h');
});
afterAll(() => pathway.close());

test('an official of another role has no fund, and a fund is one of the two', async () => {
  expect((await admin().get('/officials/O-56')).body).toMatchObject({ fund: protection });
  const official = { id: 'O-58', name: 'Somebody', role: 'supervisor', area: '1703202', fund: protection };
  expect(await admin().post('/officials', official)).toMatchObject({
    status: 422,
    body: { errors: [{ field: 'fund', detail: 'Only a finance officer acts for a fund. Leave it out.' }] },
  });
  expect((await admin().post('/officials', { ...official, fund: 'pension' })).status).toBe(422);
  expect(await admin().post('/officials/O-5/move', { fund: protection })).toMatchObject({ status: 422 });
  const csv = `id,name,role,area,fund\nO-58,Somebody,supervisor,1703202,${protection}\nO-59,Another,finance_officer,1703,${protection}\n`;
  expect((await admin().post('/officials/import', csv, { 'Content-Type': 'text/csv' })).body).toMatchObject({
    accepted: 1,
    rejected: [{ line: 2, field: 'fund' }],
  });
});

test('claims, lines, statements and tasks of a fund exist for its own finance officers alone', async () => {
  const { total, items } = (await pathway.as(ours).get('/claims')).body;
  expect([total, items[0].id]).toEqual([1, claim]);
  expect((await employment().get('/claims')).body.total).toBe(0);
  for (const url of [
    `/claims/${claim}`,
    `/subsidies/${claim.slice(0, 8)}`,
    '/budget-lines/hire_pwd-1703-2024',
  ]) {
    expect([url, (await pathway.as(ours).get(url)).status]).toEqual([url, 200]);
    expect([url, (await employment().get(url)).status]).toEqual([url, 404]);
    expect([url, (await pathway.as(payers.auditor).get(url)).status]).toEqual([url, 200]);
  }
  const kindsOf = async (who: typeof ours | typeof payers.second_finance) =>
    (await pathway.as(who).get('/tasks')).body.items.map(({ kind }: { kind: string }) => kind);
  expect(await kindsOf(ours)).toEqual(['claim_decision']);
  expect(await kindsOf(payers.second_finance)).toEqual([]);
  const entries = (await pathway.as(ours).get('/ledger')).body;
  expect(entries.total).toBeGreaterThan(0);
  expect((await employment().get('/ledger?line=hire_pwd-1703-2024')).body.total).toBe(0);
});

test('a line is proposed by an officer of the fund that pays the programme', async () => {
  const raised = { amount: 2_000_000_000, act: 'Budget law' };
  expect(await employment().put('/budget-lines/hire_pwd-1703-2024', raised)).toMatchObject({
    status: 404,
    body: { detail: 'Another fund pays this programme. Its finance officers keep the line.' },
  });
  expect((await pathway.as(ours).put('/budget-lines/above_quota-1703-2024', raised)).status).toBe(404);
  const { status, body } = await pathway.as(ours).put('/budget-lines/hire_pwd-1703-2024', raised);
  expect(status).toBe(201);
  expect((await employment().get(`/approvals/${body.id}`)).status).toBe(404);
  expect((await pathway.as(second).post(`/approvals/${body.id}/decision`, { approve: true })).status).toBe(
    200,
  );
});

test("the other fund's officer approves nothing; the fund's own pays, and reads its own reconciliation", async () => {
  const { revision, amount } = (await pathway.as(ours).get(`/claims/${claim}`)).body;
  expect((await employment().post(`/claims/${claim}/approval`, { revision, amount })).status).toBe(404);
  expect((await pathway.as(ours).post(`/claims/${claim}/approval`, { revision, amount })).status).toBe(200);
  await pathway.settled();
  await pathway.pass('3d');
  const statement = 'social_protection-2024-04-02';
  expect((await pathway.as(ours).get(`/statements/${statement}`)).body).toMatchObject({
    fund: protection,
    day: '2024-04-02',
    state: 'matched',
  });
  expect((await employment().get(`/statements/${statement}`)).status).toBe(404);
  expect((await pathway.as(ours).get('/statements/2024-04-02')).status).toBe(404);
  const url = '/reports/reconciliation?date=2024-04-02';
  expect((await pathway.as(ours).get(url)).body).toMatchObject({ matched: { count: 1, out: 510_000 } });
  expect((await employment().get(`${url}&fund=${protection}`)).status).toBe(404);
  expect((await pathway.as(payers.auditor).get(url)).status).toBe(404);
  expect((await pathway.as(payers.auditor).get(`${url}&fund=${protection}`)).body.matched.count).toBe(1);
  expect(
    (
      await employment().post('/reports/reconciliation/2024-04-02/explanation', {
        ref: 'X-1',
        words: 'Seen.',
      })
    ).status,
  ).toBe(404);
});

test('the report of subsidies counts a fund alone, if it is asked to', async () => {
  const url = '/reports/subsidies?from=2024-01-01&to=2024-12-31';
  const of = async (fund: string) => (await pathway.as(payers.auditor).get(`${url}&fund=${fund}`)).body;
  const paid = await of(protection);
  expect(paid.republic.total).toMatchObject({ applied: 1, paid: 510_000, people: 1 });
  expect(new Set(paid.rows.map(({ programme }: { programme: string }) => programme))).toEqual(
    new Set(['hire_pwd']),
  );
  expect((await of('employment')).republic.total).toMatchObject({ applied: 0, paid: 0, people: 0 });
});

test('a version of the policy moves no programme with money to another fund, and names the account of each', async () => {
  const version = (changes: object) => ({
    kind: 'version',
    act: 'Another act',
    validFrom: '2024-06-01',
    appliesTo: 'new',
    changes,
  });
  const moves = version({ programmes: { hire_pwd: { fund: 'employment' } } });
  expect(await admin().post('/policies', moves)).toMatchObject({
    status: 409,
    body: { code: 'fund_in_use' },
  });
});

test('nobody in the office of a fund is a gap of its own', async () => {
  await pathway.db.official.updateMany({ where: { fund: protection }, data: { leftOn: '2024-04-01' } });
  await orderedSubsidy(pathway, '2024-04-01');
  await pathway.pass('31d');
  const gaps = await pathway.db.task.findMany({ where: { kind: 'office_gap', closedAt: null } });
  expect(gaps.map(({ subject }) => subject)).toContain('office/finance_officer/1703/social_protection');
  const about = (await admin().get('/tasks')).body.items.map((task: { about: string }) => task.about);
  expect(about.join('\n')).toContain('social protection');
});
