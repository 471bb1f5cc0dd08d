import { readFileSync } from 'node:fs';
import path from 'node:path';
import { shippedPolicies } from '../../test/support/shipped-policies';
import { people as by, testApi } from '../../test/support/api';

let api: Awaited<ReturnType<typeof testApi>>;
beforeAll(async () => {
  api = await testApi();
});
afterAll(() => api.close());

const administrator = () => api.as(by.administrator);
const version = (changes: object, more: object = {}) => ({
  kind: 'version',
  act: 'UP-1',
  validFrom: '2026-04-01',
  appliesTo: 'new',
  changes,
  ...more,
});
const amount = { kind: 'amount', act: 'UP-2', name: 'bhm', validFrom: '2026-10-01', amount: 450_000 };

describe('what a fresh database holds is what the data say', () => {
  test('the versions of the policy', async () => {
    const rows = await api.db.policyVersion.findMany({
      where: { state: 'active' },
      orderBy: { validFrom: 'asc' },
    });
    expect(rows.map(({ state: _state, dryRun: _dryRun, ...row }) => row)).toEqual(shippedPolicies);
  });

  test.each([
    ['bhm', 'bhm.csv'],
    ['minimum_wage', 'minimum-wage.csv'],
  ])('%s', async (name, file) => {
    const lines = readFileSync(path.join(__dirname, '../../prisma/data', file), 'utf8')
      .trim()
      .split('\n');
    const published = lines
      .filter((line) => /^\d/.test(line))
      .map((line) => line.split(','))
      .map(([validFrom, sum, act]) => ({ validFrom, amount: BigInt(sum ?? ''), act }));
    const rows = await api.db.datedAmount.findMany({ where: { name }, orderBy: { validFrom: 'asc' } });
    expect(rows.map((row) => ({ validFrom: row.validFrom, amount: row.amount, act: row.act }))).toEqual(
      published,
    );
    for (const row of rows) expect(row.recordedAt).toEqual(new Date(`${row.validFrom}T00:00:00+05:00`));
  });
});

test('anyone signed in reads the policy and the amounts in force on a day', async () => {
  const on = async (query: string) => (await api.as(by.case_manager).get(`/policies${query}`)).body.inForce;
  expect(await on('?on=2024-03-31')).toEqual({
    on: '2024-03-31',
    policy: 'PV-2019',
    bhm: 340_000,
    minimumWage: 1_050_000,
  });
  expect(await on('')).toMatchObject({ on: '2026-03-02', policy: 'PV-2025-11', bhm: 412_000 });
  expect(await on('?on=2010-01-01')).toMatchObject({ policy: null, bhm: null });
  expect((await api.as(undefined).get('/policies')).status).toBe(401);
});

test('a version is shown with its rules, an amount with its act; an unknown one is not found', async () => {
  const shown = await api.as(by.auditor).get('/policies/PV-2019');
  expect(shown.body).toMatchObject({
    kind: 'version',
    rules: { programmes: { hire_pwd: { multiple: 150 } } },
  });
  expect((await api.as(by.auditor).get('/policies/bhm-2024-10-01')).body).toMatchObject({
    kind: 'amount',
    name: 'bhm',
    amount: 375_000,
  });
  expect((await administrator().get('/policies/PV-999999')).status).toBe(404);
});

test('a proposal is kept with its proposal for a second administrator, and is no law yet', async () => {
  const made = await administrator().post('/policies', version({ programmes: { hire_pwd: null } }));
  expect(made.status).toBe(201);
  const shown = (await administrator().get(`/policies/${made.body.id}`)).body;
  expect(shown).toMatchObject({ state: 'proposed', recordedAt: null, appliesTo: 'new' });
  expect(Object.keys(shown.rules.programmes)).toEqual([
    'above_quota',
    'training_stipend',
    'workplace_adaptation',
    'self_employment_start',
  ]);
  expect((await administrator().get(`/approvals/${made.body.approval}`)).body).toMatchObject({
    kind: 'policy',
    about: `policy/${made.body.id}`,
    state: 'deciding',
    waitingFor: { what: 'decide_policy', role: 'administrator' },
  });
  expect((await administrator().get('/policies?on=2026-04-02')).body.inForce.policy).toBe('PV-2025-11');
  expect((await api.as(by.finance_officer).post('/policies', amount)).status).toBe(403);
});

test.each([
  [
    'a multiple that is none',
    { programmes: { hire_pwd: { multiple: -1 } } },
    'changes.programmes.hire_pwd.multiple',
  ],
  [
    'a programme without its rule',
    { programmes: { hire_pwd: { months: null } } },
    'changes.programmes.hire_pwd.months',
  ],
  ['an unknown length', { lengths: { lunch: { n: 1, unit: 'days' } } }, 'changes.lengths.lunch'],
  ['a unit that is none', { lengths: { plan: { unit: 'weeks' } } }, 'changes.lengths.plan.unit'],
  ['an unknown rule', { bonus: 1 }, 'changes.bonus'],
  ['an unknown number', { numbers: { lunch: 1 } }, 'changes.numbers.lunch'],
  ['a number out of its bounds', { numbers: { leastAge: 3 } }, 'changes.numbers.leastAge'],
  ['a number that is none', { numbers: { retentionMonths: null } }, 'changes.numbers.retentionMonths'],
  [
    'groups that are none',
    { programmes: { hire_pwd: { eligibility: { groups: [4] } } } },
    'changes.programmes.hire_pwd.eligibility.groups.0',
  ],
  ['no quota', { quota: null }, 'changes.quota'],
  [
    'a fund’s account in another money',
    { fundAccount: { number: '23402840000000000000' } },
    'changes.fundAccount.number',
  ],
  [
    'two programmes for one month of a slot',
    { programmes: { hire_pwd: { excludes: [] }, above_quota: { excludes: [] } } },
    'changes.programmes.above_quota.slot',
  ],
])('%s is refused with its field, proposed or tried out', async (_what, changes, field) => {
  for (const url of ['/policies', '/policies/dry-run']) {
    const answer = await administrator().post(url, version(changes));
    expect(answer.status).toBe(422);
    expect(answer.body.errors.map((error: { field: string }) => error.field)).toEqual([field]);
  }
});

test.each([
  [{ bonus: 1 }, /^Is not a known field\. Known are: programmes, quota, lengths, numbers, /],
  [{ lengths: { lunch: { n: 1, unit: 'days' } } }, /Known are: employerDecision, delivery, /],
  [{ numbers: { lunch: 1 } }, /Known are: leastAge, reopenWithinMonths, /],
  [{ programmes: { hire_pwd: { eligibility: { age: 1 } } } }, /Known are: groups, categories, /],
])('an unknown field is refused with the known ones: %j', async (changes, detail) => {
  const answer = await administrator().post('/policies', version(changes));
  expect(answer.body.errors[0].detail).toMatch(detail);
});

test('a version names the numbers that it changes, and is shown with all', async () => {
  expect((await api.as(by.auditor).get('/policies/PV-2019')).body.rules.numbers).toMatchObject({
    leastAge: 16,
    retentionMonths: 6,
  });
  const { id } = (await administrator().post('/policies', version({ numbers: { leastAge: 15 } }))).body;
  expect((await administrator().get(`/policies/${id}`)).body.rules.numbers).toMatchObject({
    leastAge: 15,
    retentionMonths: 6,
  });
  expect((await api.db.policyVersion.findUniqueOrThrow({ where: { id } })).rules).toMatchObject({
    numbers: { leastAge: 15 },
  });
});

test('before the first version there is none to change', async () => {
  const answer = await administrator().post('/policies', version({}, { validFrom: '2015-01-01' }));
  expect(answer.body).toMatchObject({
    status: 422,
    code: 'before_the_first',
    errors: [{ field: 'validFrom' }],
  });
});

test('a dry run writes nothing, but is kept with its proposal', async () => {
  const counts = async () =>
    Promise.all([
      api.db.policyVersion.count(),
      api.db.datedAmount.count(),
      api.db.event.count(),
      api.db.command.count(),
      api.db.approval.count(),
      api.db.outbox.count(),
    ]);
  const before = await counts();
  const tried = await administrator().post('/policies/dry-run', amount);
  expect(tried.body.counts).toEqual({ subsidies: 0, claims: 0, deadlines: 0 });
  expect(await counts()).toEqual(before);
  const { id } = (await administrator().post('/policies', amount)).body;
  expect((await administrator().get(`/policies/${id}`)).body.dryRun).toBeNull();
  expect((await administrator().post('/policies/dry-run', { policy: id })).status).toBe(200);
  expect((await administrator().get(`/policies/${id}`)).body.dryRun).toEqual(tried.body);
  const decided = await administrator().post('/policies/dry-run', { policy: 'PV-2019' });
  expect(decided.body).toMatchObject({ status: 409, code: 'decided' });
});
