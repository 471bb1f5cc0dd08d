import { orderedSubsidy, payers, startPaidPathway } from '../../test/support/paid-pathway';
import type { Pathway } from '../../test/support/pathway';

let pathway: Pathway;
beforeAll(async () => {
  pathway = await startPaidPathway();
});
afterAll(() => pathway.close());

const finance = () => pathway.as(payers.finance_officer);
const second = () => pathway.as(payers.second_finance);
const LINE = 'hire_pwd-1703-2026';

async function propose(id: string, amount: number, act = 'Budget law') {
  const answer = await finance().put(`/budget-lines/${id}`, { amount, act });
  expect([answer.status, answer.body]).toMatchObject([201, { kind: 'line', state: 'deciding' }]);
  return (answer.body as { id: string }).id;
}
const decide = (who: ReturnType<typeof finance>, id: string, body: object = { approve: true }) =>
  who.post(`/approvals/${id}/decision`, body);

describe('PUT /budget-lines/{id}', () => {
  test('one finance officer proposes, another decides; then the line stands', async () => {
    const id = await propose(LINE, 90_000_000);
    expect((await finance().get(`/budget-lines/${LINE}`)).status).toBe(404);
    expect(await decide(finance(), id)).toMatchObject({ status: 403, body: { code: 'took_part' } });
    expect((await decide(second(), id)).status).toBe(200);
    expect((await finance().get(`/budget-lines/${LINE}`)).body).toMatchObject({
      id: LINE,
      state: 'running',
      amount: 90_000_000,
      accounts: { appropriation: -90_000_000, free: 90_000_000 },
      waitingFor: { what: 'year_end', role: 'clock' },
    });
  });

  test('below what is bound, unchanged, over, unknown', async () => {
    await orderedSubsidy(pathway, '2024-02-01');
    const put = (id: string, body: object) => finance().put(`/budget-lines/${id}`, body);
    const act = 'Budget law';
    expect(await put('hire_pwd-1703-2024', { amount: 1, act })).toMatchObject({
      status: 409,
      body: { code: 'below_bound' },
    });
    expect(await put('hire_pwd-1703-2024', { amount: 1_000_000_000, act })).toMatchObject({
      status: 422,
      body: { code: 'no_change' },
    });
    expect(await put('hire_pwd-1703-2023', { amount: 1, act })).toMatchObject({
      status: 409,
      body: { code: 'year_over' },
    });
    expect((await put('hire_pwd-1703-24', { amount: 1, act })).status).toBe(400);
    expect((await put('hire_pwd-1706-2024', { amount: 1, act })).status).toBe(404);
    expect((await put('hire_pwd-1703-2024', { amount: 1.5, act })).status).toBe(422);
    expect((await put('hire_pwd-1703-2024', { amount: -1, act })).status).toBe(422);
    expect(await put('hire_pwd-1703-2024', { amount: Number.MAX_SAFE_INTEGER, act })).toMatchObject({
      status: 422,
      body: { errors: [{ field: 'amount', detail: "Give at most 1 000 000 000 000 so'm." }] },
    });
    expect((await put('hire_pwd-1703-2024', { amount: 1 })).status).toBe(422);
  });

  test.each(['employment_officer', 'administrator', 'auditor', 'employer'] as const)(
    'is not for %s',
    async (role) => {
      const answer = await pathway.as(payers[role]).put(`/budget-lines/${LINE}`, { amount: 1, act: 'x' });
      expect(answer.status).toBe(403);
    },
  );
});

test('GET /budget-lines: those of the region, filtered and paged', async () => {
  const list = async (who: ReturnType<typeof finance>, query = '') =>
    (await who.get(`/budget-lines?${query}`)).body as { items: { id: string }[]; next: string | null };
  const ids = async (who: ReturnType<typeof finance>, query = '') =>
    (await list(who, query)).items.map(({ id }) => id);
  expect(await ids(finance(), 'programme=hire_pwd&year=2024')).toEqual(['hire_pwd-1703-2024']);
  expect(await ids(pathway.as(payers.auditor), 'region=1703&year=2025')).toHaveLength(5);
  expect(await ids(pathway.as(payers.far_finance))).toEqual([]);
  const first = await list(finance(), 'limit=2');
  const rest = await ids(finance(), `limit=200&cursor=${String(first.next)}`);
  expect([...first.items.map(({ id }) => id), ...rest]).toEqual(await ids(finance(), 'limit=200'));
  expect((await pathway.as(payers.employer).get('/budget-lines')).status).toBe(403);
});

test('GET /ledger: every posting sums to 0, filtered by line, account, subsidy and day, paged', async () => {
  const subsidy = await orderedSubsidy(pathway, '2024-02-01');
  type Entry = { id: number; posting: string; amount: number; account: string; event: string };
  const read = async (who: ReturnType<typeof finance>, query: string) => {
    const { status, body } = await who.get(`/ledger?${query}`);
    expect(status).toBe(200);
    return body as { items: Entry[]; next: string | null };
  };
  const whole = (await read(finance(), 'line=hire_pwd-1703-2024&limit=200')).items;
  const sums = new Map<string, number>();
  for (const { posting, amount } of whole) sums.set(posting, (sums.get(posting) ?? 0) + amount);
  expect([...sums.values()].every((sum) => sum === 0)).toBe(true);
  const reserved = (await read(finance(), `subsidy=${subsidy}&account=committed`)).items;
  expect(reserved.length).toBeGreaterThan(0);
  expect(new Set(reserved.map(({ event }) => event))).toEqual(new Set(['reserved']));
  const first = await read(finance(), 'limit=3');
  const next = await read(finance(), `limit=3&cursor=${String(first.next)}`);
  expect(next.items[0]?.id).toBeGreaterThan(first.items[2]?.id ?? Infinity);
  expect((await read(finance(), 'to=2024-03-03')).items).toEqual([]);
  expect((await read(finance(), 'from=2024-03-04&to=2024-03-04')).items.length).toBeGreaterThan(0);
  expect((await read(pathway.as(payers.far_finance), 'line=hire_pwd-1703-2024')).items).toEqual([]);
  expect((await finance().get('/ledger?cursor=eA')).status).toBe(400);
  expect((await finance().get('/ledger?to=9999-12-31')).status).toBe(400);
  for (const who of [payers.employer, payers.employment_officer])
    expect((await pathway.as(who).get('/ledger')).status).toBe(403);
});
