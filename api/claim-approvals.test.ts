import { Unavailable } from './problem';
import { orderedSubsidy, payers, seeClaim, startPaidPathway } from '../test/support/paid-pathway';
import type { Pathway } from '../test/support/pathway';

let pathway: Pathway;
beforeAll(async () => {
  pathway = await startPaidPathway();
});
afterAll(() => pathway.close());

const finance = () => pathway.as(payers.finance_officer);
const HIRED = '2024-02-01';

interface Item {
  claim: string;
  revision: number;
  amount: number;
}
type Result = { claim: string; result: string; decision?: { by: string } };

async function readyItems(n: number): Promise<Item[]> {
  const items: Item[] = [];
  const ids: string[] = [];
  for (let i = 0; i < n; i++) ids.push(await orderedSubsidy(pathway, HIRED));
  for (const id of ids) {
    const { id: claim, ...seen } = await seeClaim(pathway, `${id}-2024-02`);
    items.push({ claim, ...seen });
  }
  return items;
}

const outcomes = (body: { results: Result[] }) => body.results.map(({ claim, result }) => [claim, result]);

test('each by its own command, results in their order; the same key gives the same', async () => {
  const [good, blocked, changed, decided, mine] = await readyItems(5);
  if (!good || !blocked || !changed || !decided || !mine) throw new Error('too few claims');
  const { claim: decidedBefore, ...seen } = decided;
  await pathway.as(payers.second_finance).post(`/claims/${decidedBefore}/approval`, seen);
  await pathway.db.hand.create({
    data: { subject: `claim/${mine.claim}`, person: 'O-6', act: 'evidence', at: pathway.time.now },
  });
  await pathway.db.claim.update({ where: { id: blocked.claim }, data: { checkPassed: false } });
  const nowhere = { claim: 'S-999999-2024-02', revision: 1, amount: 1 };
  const items = [nowhere, mine, decided, { ...changed, amount: changed.amount + 1 }, blocked, good];
  const key = { 'Idempotency-Key': 'batch-1' };
  const { status, body } = await finance().post('/claims/approvals', { items }, key);
  expect(status).toBe(200);
  expect(outcomes(body)).toEqual([
    [nowhere.claim, 'not_allowed'],
    [mine.claim, 'not_allowed'],
    [decided.claim, 'already_decided'],
    [changed.claim, 'changed'],
    [blocked.claim, 'blocked'],
    [good.claim, 'approved'],
  ]);
  expect(body.results[2]).toMatchObject({ decision: { by: 'O-16', what: 'approved' } });
  expect(body.results[4]).toMatchObject({ blockers: ['check_not_passed'] });
  await pathway.settled();
  await pathway.db.claim.update({ where: { id: blocked.claim }, data: { checkPassed: true } });
  const again = await finance().post('/claims/approvals', { items }, key);
  expect(again.body).toEqual(body);
  const reused = await finance().post('/claims/approvals', { items: [good] }, key);
  expect(reused.body).toMatchObject({ status: 409, code: 'key_reused' });
  expect(
    await pathway.db.event.count({ where: { type: 'claim_approved', subject: `claim/${good.claim}` } }),
  ).toBe(1);
});

test('two batches at once over the same claims: each is approved once', async () => {
  const items = await readyItems(6);
  const [one, other] = await Promise.all([
    finance().post('/claims/approvals', { items }),
    pathway.as(payers.second_finance).post('/claims/approvals', { items }),
  ]);
  const results = items.map((_item, n) =>
    [one.body.results[n] as Result, other.body.results[n] as Result].map(({ result }) => result).toSorted(),
  );
  expect(results).toEqual(items.map(() => ['already_decided', 'approved']));
  for (const { claim } of items)
    expect(
      await pathway.db.event.count({ where: { type: 'claim_approved', subject: `claim/${claim}` } }),
    ).toBe(1);
});

test('without a worker: not tried, and the same key goes on when it is back', async () => {
  const items = await readyItems(2);
  const { workflows } = pathway;
  const { carryOut } = workflows;
  workflows.carryOut = () => Promise.reject(new Unavailable('no worker'));
  const key = { 'Idempotency-Key': 'batch-2' };
  const first = await finance().post('/claims/approvals', { items }, key);
  workflows.carryOut = carryOut;
  expect(outcomes(first.body)).toEqual(items.map(({ claim }) => [claim, 'not_tried']));
  const second = await finance().post('/claims/approvals', { items }, key);
  expect(outcomes(second.body)).toEqual(items.map(({ claim }) => [claim, 'approved']));
});

test('of the wrong role or shape', async () => {
  const item = { claim: 'S-000001-2024-02', revision: 1, amount: 1 };
  for (const who of [payers.employer, payers.employment_head, payers.auditor] as const)
    expect((await pathway.as(who).post('/claims/approvals', { items: [item] })).status).toBe(403);
  expect((await finance().post('/claims/approvals', { items: [] })).status).toBe(422);
  expect((await finance().post('/claims/approvals', { items: [item, item] })).body).toMatchObject({
    errors: [{ field: 'items' }],
  });
  const many = Array.from({ length: 201 }, (_, n) => ({
    ...item,
    claim: `S-${String(n).padStart(6, '0')}-2024-02`,
  }));
  expect((await finance().post('/claims/approvals', { items: many })).status).toBe(422);
});
