import { orderedSubsidy, paper, payers, seeClaim, startPaidPathway } from '../../test/support/paid-pathway';
import type { Pathway } from '../../test/support/pathway';

let pathway: Pathway;
beforeAll(async () => {
  pathway = await startPaidPathway();
});
afterAll(() => pathway.close());

const officer = () => pathway.as(payers.employment_officer);
const finance = () => pathway.as(payers.finance_officer);
const employer = () => pathway.as(payers.employer);

const untilTheTenth = {
  reason: 'contract_dates',
  words: 'The contract ended on 10 February.',
  contract: { since: '2024-02-01', until: '2024-02-10' },
  document: paper,
};

/** February of somebody hired on the 1st, paid in full. */
async function paidFebruary(): Promise<string> {
  const { id, ...seen } = await seeClaim(pathway, `${await orderedSubsidy(pathway, '2024-02-01')}-2024-02`);
  expect((await pathway.as(payers.second_finance).post(`/claims/${id}/approval`, seen)).status).toBe(200);
  await pathway.pass('2d');
  expect((await finance().get(`/claims/${id}`)).body).toMatchObject({ state: 'settled', amount: 510_000 });
  return id;
}

const propose = async (claim: string): Promise<string> => {
  const made = await officer().post(`/claims/${claim}/correction`, untilTheTenth);
  expect(made.status).toBe(201);
  return made.body.id;
};

test('a correction downwards: announced, objected to, approved by a second person, demanded, written off', async () => {
  const claim = await paidFebruary();
  const approval = await propose(claim);
  expect((await employer().get(`/approvals/${approval}`)).body).toMatchObject({
    state: 'preparing',
    kind: 'correction',
    body: { before: 510_000, after: 175_862 },
    waitingFor: { what: 'correction_objection', role: 'employer' },
    allowedActions: ['objection'],
  });
  expect((await finance().post(`/approvals/${approval}/decision`, { approve: true })).status).toBe(409);
  const objected = await employer().post(`/approvals/${approval}/objection`, { words: 'Until the 20th.' });
  expect(objected.body).toMatchObject({ state: 'deciding', objection: { words: 'Until the 20th.' } });
  expect((await employer().post(`/approvals/${approval}/objection`, { words: 'Again.' })).status).toBe(409);
  const decided = await finance().post(`/approvals/${approval}/decision`, { approve: true });
  expect(decided.body).toMatchObject({ state: 'approved' });
  await pathway.settled();

  const [recovery] = (await employer().get('/recoveries?state=demanded')).body.items;
  expect(recovery).toMatchObject({
    claimId: claim,
    amount: 334_138,
    left: 334_138,
    reason: 'The contract ended on 10 February.',
    repayTo: { holder: 'State Employment Fund', number: expect.stringMatching(/^\d{20}$/), mfo: '00014' },
    waitingFor: { what: 'repayment', role: 'employer' },
    allowedActions: [],
  });
  expect((await employer().get(`/recoveries/${recovery.id}`)).body).toMatchObject({
    month: '2024-02',
    reason: 'The contract ended on 10 February.',
    repayTo: recovery.repayTo,
    setOffs: [],
  });
  const path = `/recoveries/${recovery.id}`;
  expect((await pathway.as(payers.far_finance).get(path)).status).toBe(404);
  const writeOff = {
    decision: 'write_off',
    order: { number: '1', date: '2024-03-01' },
    grounds: 'Liquidated without assets.',
  };
  expect((await finance().post(`${path}/decision`, writeOff)).status).toBe(403);
  const chief = pathway.as(payers.chief_finance);
  expect((await chief.post(`${path}/decision`, { decision: 'extend', days: 31, reason: 'x' })).status).toBe(
    422,
  );
  const extended = await chief.post(`${path}/decision`, { decision: 'extend', days: 30, reason: 'Asked.' });
  expect(extended.body).toMatchObject({ state: 'demanded', outcome: { extended: { days: 30 } } });
  const key = { 'Idempotency-Key': 'write-off-1' };
  const off = await chief.post(`${path}/decision`, writeOff, key);
  expect(off.body).toMatchObject({ state: 'written_off', left: 0, outcome: { amount: 334_138 } });
  expect((await chief.post(`${path}/decision`, writeOff, key)).body).toEqual(off.body);
});

test('a correction is refused: no amount is typed in, nobody elsewhere, no employer, not twice', async () => {
  const claim = await paidFebruary();
  const path = `/claims/${claim}/correction`;
  expect((await officer().post(path, { ...untilTheTenth, amount: 1 })).status).toBe(422);
  expect((await officer().post(path, {})).body).toMatchObject({ status: 422, code: 'incomplete' });
  expect((await employer().post(path, untilTheTenth)).status).toBe(403);
  expect((await pathway.as(payers.far_employment).post(path, untilTheTenth)).status).toBe(404);
  const approval = await propose(claim);
  expect((await officer().post(path, untilTheTenth)).body).toMatchObject({ code: 'proposed_already' });
  expect((await finance().post(`/approvals/${approval}/proposal`, {})).status).toBe(409);
});

test('a successor: proposed by one employment officer, decided by another', async () => {
  const stir = (await pathway.db.employer.findUniqueOrThrow({ where: { id: 'E-900002' } })).stir;
  const path = '/employers/E-900001/successor';
  const body = { successor: stir, date: '2024-03-01', document: paper };
  expect((await officer().post(path, { ...body, successor: '309999991' })).status).toBe(422);
  expect((await employer().post(path, body)).status).toBe(403);
  const made = await officer().post(path, body);
  expect(made.body).toMatchObject({ kind: 'successor', state: 'deciding', about: 'employer/E-900001' });
  const decision = `/approvals/${made.body.id}/decision`;
  expect((await officer().post(decision, { approve: true })).body).toMatchObject({ code: 'took_part' });
  const decided = await pathway.as(payers.second_employment).post(decision, { approve: true });
  expect(decided.body).toMatchObject({ state: 'approved' });
  expect(await pathway.db.employer.findUniqueOrThrow({ where: { id: 'E-900001' } })).toMatchObject({
    state: 'reorganised',
    successorId: 'E-900002',
  });
  expect(await pathway.db.subsidy.count({ where: { employerId: 'E-900001' } })).toBe(0);
});
