import { strFromU8, unzipSync } from 'fflate';
import { orderedSubsidy, payers, seeClaim, startPaidPathway } from '../../test/support/paid-pathway';
import type { Pathway } from '../../test/support/pathway';

let pathway: Pathway;
let key: string;
const auditor = () => pathway.as(payers.auditor);
const finance = () => pathway.as(payers.finance_officer);

/** March 2024 is approved, paid on the 2nd of April, and not in the treasury's statement of that day, which has another order. */
beforeAll(async () => {
  pathway = await startPaidPathway();
  const subsidy = await orderedSubsidy(pathway, '2024-03-01');
  await pathway.pass('28d');
  const claim = await seeClaim(pathway, `${subsidy}-2024-03`);
  key = `${claim.id}/1`;
  const { revision, amount } = claim;
  const approved = await pathway
    .as(payers.second_finance)
    .post(`/claims/${claim.id}/approval`, { revision, amount });
  if (approved.status !== 200) throw new Error(JSON.stringify(approved.body));
  await pathway.settled();
  await pathway.sandbox.script({
    treasury: {
      invents: { day: '2024-04-02', kind: 'settled', key: 'X-1', amount: 7, account: '20208000900123456001' },
    },
  });
  await pathway.sandbox.script({
    treasury: { omits: { day: '2024-04-02', key, until: '2024-04-03' } },
  });
  await pathway.pass('3d');
});
afterAll(() => pathway.close());

const reconciliationOf = async (date: string) =>
  (await auditor().get(`/reports/reconciliation?date=${date}`)).body;

test('the reconciliation of a day shows lines without a match, balances and identity', async () => {
  expect(await reconciliationOf('2024-04-02')).toMatchObject({
    date: '2024-04-02',
    state: 'differing',
    balances: { out: 7, in: 0, faults: [] },
    matched: { count: 0, out: 0, in: 0 },
    lines: [
      { reference: 'X-1', verdict: 'not_in_ledger', statement: 7, ledger: null, difference: 'open' },
      { reference: key, verdict: 'not_in_statement', statement: null, ledger: 510_000, workingDays: 1 },
    ],
    identity: { treasury: 7, ledger: 510_000, payments: 509_993, incoming: 0, unexplained: 0 },
  });
  expect(await reconciliationOf('2024-04-03')).toMatchObject({
    state: 'matched',
    matched: { count: 1 },
    lines: [],
  });
  const csv = await finance().get('/reports/reconciliation?date=2024-04-03', { Accept: 'text/csv' });
  expect(csv.text.trim().split('\n')).toEqual([
    'reference,verdict,kind,on,statement,ledger,workingDays,difference,words',
    `${key},matched,settled,2024-04-03,510000,510000,,,`,
  ]);
});

test('a difference is explained once, by a finance officer of its area', async () => {
  const url = '/reports/reconciliation/2024-04-02/explanation';
  const body = { ref: 'X-1', words: 'Another fund’s order, taken back by the treasury.' };
  expect((await auditor().post(url, body)).status).toBe(403);
  expect((await finance().post(url, body)).body).toMatchObject({ code: 'not_yours' });
  expect((await finance().post(url, { ref: 'X-1' })).status).toBe(422);
  expect((await finance().post('/reports/reconciliation/2024-03-03/explanation', body)).status).toBe(404);
  const { status, body: done } = await pathway.as(payers.republic_finance).post(url, body);
  expect({ status, done }).toMatchObject({
    status: 200,
    done: { state: 'matched', differences: [], allowedActions: [] },
  });
  expect((await pathway.as(payers.republic_finance).post(url, body)).status).toBe(409);
  expect((await reconciliationOf('2024-04-02')).lines[0]).toMatchObject({
    difference: 'explained',
    words: body.words,
  });
});

test('subsidies by region and programme, as JSON, CSV and workbook', async () => {
  const url = '/reports/subsidies?from=2024-01-01&to=2024-12-31';
  const { body } = await auditor().get(url);
  expect(body.rows).toHaveLength(42);
  const figures = {
    applied: 1,
    ordered: 1,
    paid: 510_000,
    returned: 0,
    recovered: 0,
    committed: 2_550_000,
    payable: 0,
    people: 1,
    months: 1,
    average: 510_000,
  };
  const row = { soato: '1703', region: 'Andijon viloyati', programme: 'hire_pwd', ...figures };
  expect(body.rows).toContainEqual(row);
  expect(body.republic).toMatchObject({
    total: figures,
    hire_pwd: figures,
    above_quota: { paid: 0, average: null },
  });
  const csv = (await auditor().get(`${url}&format=csv`)).text.trim().split('\n');
  expect(csv).toHaveLength(43);
  expect(csv).toContain('1703,Andijon viloyati,hire_pwd,1,1,510000,0,0,2550000,0,1,1,510000');
  const token = await pathway.token(payers.auditor);
  const file = await fetch(`${pathway.base}/v1${url}&format=xlsx`, {
    headers: { Authorization: `Bearer ${token}` },
  });
  expect(file.headers.get('content-type')).toContain('spreadsheetml.sheet');
  const parts = unzipSync(new Uint8Array(await file.arrayBuffer()));
  const xml = (name: string): string => strFromU8(parts[name] ?? new Uint8Array());
  const words = [...xml('xl/sharedStrings.xml').matchAll(/<t[^>]*>([^<]*)<\/t>/g)].map(([, word]) => word);
  const lines = [...xml('xl/worksheets/sheet1.xml').matchAll(/<row .*?<\/row>/g)].map(([line]) =>
    [...line.matchAll(/<c ([^>]*)>.*?<v>([^<]*)<\/v>/g)].map(([, kind, value]) =>
      kind?.includes('t="s"') ? words[Number(value)] : Number(value),
    ),
  );
  expect(lines).toHaveLength(43);
  expect(lines[0]).toEqual(['soato', 'region', 'programme', ...Object.keys(figures)]);
  expect(lines).toContainEqual(Object.values(row));
});

test('a report of a past period never changes, except by month worked', async () => {
  const april = '/reports/subsidies?from=2024-04-01&to=2024-04-30';
  const march = '/reports/subsidies?from=2024-03-01&to=2024-03-31&basis=worked';
  expect((await auditor().get(march)).body.republic.total).toMatchObject({ paid: 510_000, people: 1 });
  await pathway.pass('28d');
  const past = (await auditor().get(april)).body;
  expect(past.republic.total).toMatchObject({ applied: 0, ordered: 0, paid: 510_000, people: 1 });
  await pathway.sandbox.script({ treasury: { returns: { key, code: 'account_closed' } } });
  await pathway.pass('3d');
  expect((await auditor().get(april)).body).toEqual(past);
  const after = (await auditor().get('/reports/subsidies?from=2024-05-01&to=2024-05-31')).body.republic.total;
  expect(after).toMatchObject({ paid: 0, returned: 510_000, payable: 510_000, people: 0, average: null });
  expect((await auditor().get(march)).body.republic.total).toMatchObject({
    paid: 510_000,
    returned: 510_000,
    people: 0,
    months: 0,
  });
});

test('refuses other roles, days without a statement, impossible days', async () => {
  expect(
    (await pathway.as(payers.employer).get('/reports/subsidies?from=2024-01-01&to=2024-02-01')).status,
  ).toBe(403);
  expect((await pathway.as(payers.administrator).get('/reports/reconciliation?date=2024-04-02')).status).toBe(
    403,
  );
  expect((await auditor().get('/reports/reconciliation?date=2024-03-03')).status).toBe(404);
  expect((await auditor().get('/reports/reconciliation?date=2024-02-30')).status).toBe(400);
  expect((await auditor().get('/reports/subsidies?from=2024-03-02&to=2024-03-01')).status).toBe(400);
});
