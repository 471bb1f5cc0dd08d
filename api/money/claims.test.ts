import { Prisma } from '../../prisma/generated/client';
import { orderedSubsidy, paper, payers, seeClaim, startPaidPathway } from '../../test/support/paid-pathway';
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

/** A claim for February that a finance officer has before them. */
async function readyClaim(): Promise<{ id: string; revision: number; amount: number }> {
  const subsidy = await orderedSubsidy(pathway, HIRED);
  return seeClaim(pathway, `${subsidy}-2024-02`);
}

describe('GET /claims', () => {
  test('one claim: its calculation, its wait, its day of payment, and the chain for auditors', async () => {
    const { id, amount } = await readyClaim();
    const theirs = (await employer().get(`/claims/${id}`)).body as Record<string, unknown>;
    expect(theirs).toMatchObject({
      state: 'ready',
      month: '2024-02',
      amount: 510_000,
      reached: expect.stringMatching(/^BHM 340 000 so'm × 1\.5 × 1 = 510 000 so'm \(.+, version PV-\d+\)$/),
      calculation: { share: 377_580, multiple: 150, act: expect.any(String), version: expect.any(String) },
      waitingFor: { what: 'claim_decision', role: 'finance_officer' },
      paidBy: '2024-04-04',
      blockers: [],
      payments: [],
      allowedActions: [],
    });
    expect(theirs['chain']).toBeUndefined();
    expect(theirs['facts']).toBeUndefined();
    for (const role of ['employment_officer', 'finance_officer', 'chief_finance', 'administrator'] as const)
      expect((await pathway.as(payers[role]).get(`/claims/${id}`)).body.chain).toBeUndefined();
    const { chain } = (await pathway.as(payers.auditor).get(`/claims/${id}`)).body as {
      chain: { answers: unknown[]; steps: { type: string; by: { id: string } }[] };
    };
    expect(chain).toMatchObject({
      order: { number: expect.any(String) },
      calculation: { amount },
      attempts: [],
    });
    expect(chain.answers).toContainEqual(
      expect.objectContaining({
        register: 'yammt',
        question: 'days_answer',
        answer: 'yes',
        raw: expect.any(String),
      }),
    );
    const by = (type: string) => chain.steps.find((step) => step.type === type)?.by.id;
    expect([by('applied'), by('subsidy_proposed'), by('subsidy_ordered')]).toEqual(['S-1', 'O-4', 'O-14']);
  });

  test('lists and filters the caller’s rows', async () => {
    const { id } = await readyClaim();
    const subsidy = id.slice(0, 8);
    const ids = async (who: Parameters<Pathway['as']>[0], query: string) =>
      ((await pathway.as(who).get(`/claims?${query}`)).body.items as { id: string }[]).map((row) => row.id);
    expect(await ids(payers.finance_officer, `subsidy=${subsidy}&state=ready&month=2024-02`)).toEqual([id]);
    expect(await ids(payers.employer, 'employer=E-900001&limit=200')).toContain(id);
    expect(await ids(payers.finance_officer, `subsidy=${subsidy}&blocked=no`)).toEqual([id]);
    expect(await ids(payers.finance_officer, `subsidy=${subsidy}&blocked=yes`)).toEqual([]);
    expect(await ids(payers.finance_officer, 'region=1703&overdue=yes')).toEqual([]);
    expect(await ids(payers.far_finance, 'limit=200')).toEqual([]);
    expect(await ids(payers.other_employer, 'limit=200')).toEqual([]);
    expect((await pathway.as(payers.far_finance).get(`/claims/${id}`)).status).toBe(404);
    expect(await ids(payers.supervisor, 'limit=200')).toEqual([]);
    expect((await finance().get('/claims?month=2024-13')).status).toBe(400);
    expect((await finance().get('/claims/S-000001')).status).toBe(400);
    await pathway.db.account.updateMany({ data: { state: 'proposed' } });
    const blocked = await finance().get(`/claims?subsidy=${subsidy}&blocked=yes`);
    expect(blocked.body.items).toMatchObject([{ id, blockers: ['account_unconfirmed'] }]);
    await pathway.db.account.updateMany({ data: { state: 'confirmed' } });
  });

  test('the filter `blocked` finds each blocker that a claim names', async () => {
    const { id } = await readyClaim();
    const subsidy = id.slice(0, 8);
    const its = async (blocked: string) =>
      (await finance().get(`/claims?subsidy=${subsidy}&blocked=${blocked}`)).body.items as {
        blockers: string[];
      }[];
    const { db } = pathway;
    const { employmentId } = await db.subsidy.findUniqueOrThrow({ where: { id: subsidy } });
    const untouched = `UPDATE claims SET revision = revision WHERE id = '${id}'`;
    const ending = (on: string) =>
      `UPDATE employments SET state = 'ending', ending = '{"on": "${on}"}' WHERE id = '${employmentId}'`;
    const reported = (on: string) =>
      `UPDATE subsidies SET end_reported = '{"on": "${on}"}' WHERE id = '${subsidy}'`;
    const lessReserved = `UPDATE commitments SET amount = amount - 1 WHERE subsidy_id = '${subsidy}'`;
    const paid = (state: string, word: string) =>
      `INSERT INTO payments (key, claim_id, attempt, amount, account_id, state, created_at, word)
       SELECT '${id}/9', '${id}', 9, 1, id, '${state}', now(), ${word} FROM accounts LIMIT 1`;
    const differs = `INSERT INTO tasks (subject, kind, ref, role, area, since)
       VALUES ('statement/2024-03-05', 'difference', '${id}/9', 'finance_officer', '1703', now())`;
    for (const [blockers, ...changes] of [
      [[], untouched],
      [['check_not_passed'], `UPDATE claims SET check_passed = false WHERE id = '${id}'`],
      [['end_unconfirmed'], reported('2024-02-29')],
      [[], reported('2024-03-01')],
      [['end_unconfirmed'], ending('2024-01-10')],
      [[], ending('2024-03-01')],
      [['end_unconfirmed'], reported('2024-03-01'), ending('2024-02-01')],
      [['no_commitment'], lessReserved],
      [[], lessReserved, `UPDATE claims SET set_off = 1, set_off_done = 1 WHERE id = '${id}'`],
      [['no_commitment'], `DELETE FROM commitments WHERE subsidy_id = '${subsidy}'`],
      [['account_unconfirmed'], `UPDATE accounts SET usable_from = '2030-01-01'`],
      [['account_unconfirmed'], `UPDATE accounts SET state = 'proposed'`],
      [['disputed'], paid('returned', `'officer'`)],
      [[], paid('settled', `'officer'`)],
      [[], paid('returned', 'NULL')],
      [['disputed'], paid('returned', 'NULL'), differs],
    ] as const) {
      await changed(changes, async () => {
        expect(await its(blockers.length > 0 ? 'yes' : 'no')).toMatchObject([{ blockers }]);
        expect(await its(blockers.length > 0 ? 'no' : 'yes')).toEqual([]);
      });
    }
  });
});

/** Changes rows without their triggers while something is looked at, and then has them as before. */
async function changed(statements: readonly string[], look: () => Promise<void>): Promise<void> {
  const tables = ['claims', 'subsidies', 'employments', 'commitments', 'accounts', 'payments', 'tasks'];
  const run = (all: readonly string[]) =>
    pathway.db.$transaction(async (tx) => {
      await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
      for (const one of all) await tx.$executeRaw(Prisma.raw(one));
    });
  await run(tables.map((table) => `CREATE TABLE before_${table} AS TABLE ${table}`));
  await run(statements);
  try {
    await look();
  } finally {
    await run(
      tables.flatMap((table) => [
        `DELETE FROM ${table}`,
        `INSERT INTO ${table} OVERRIDING SYSTEM VALUE SELECT * FROM before_${table}`,
        `DROP TABLE before_${table}`,
      ]),
    );
  }
}

describe('POST /claims/{id}/approval and return', () => {
  test('approved as seen, by a finance officer, once', async () => {
    const { id, ...seen } = await readyClaim();
    const path = `/claims/${id}/approval`;
    expect((await employer().post(path, seen)).status).toBe(403);
    expect((await officer().post(path, seen)).status).toBe(403);
    expect((await pathway.as(payers.far_finance).post(path, seen)).status).toBe(404);
    expect((await finance().post(path, { ...seen, amount: -1 })).status).toBe(422);
    expect((await finance().post(path, { ...seen, amount: seen.amount - 1 })).body).toMatchObject({
      status: 409,
      code: 'changed',
    });
    const key = { 'Idempotency-Key': `approve-${id}` };
    const approved = await finance().post(path, seen, key);
    expect(approved.body).toMatchObject({ state: 'approved' });
    expect((await finance().post(path, seen, key)).body).toEqual(approved.body);
    expect((await pathway.as(payers.second_finance).post(path, seen)).body).toMatchObject({
      status: 409,
      code: 'not_in_this_state',
    });
    await pathway.settled();
    await pathway.pass('5d');
    expect((await employer().get(`/claims/${id}`)).body).toMatchObject({
      state: 'settled',
      paidBy: expect.stringMatching(/^2024-03-/),
      payments: [{ key: `${id}/1`, state: 'settled', amount: 510_000 }],
    });
  });

  test('approved and not sent in time, by whatever machine there is: on the finance officer’s worklist', async () => {
    const { id } = await readyClaim();
    const { now } = pathway.time;
    const watch = { subject: `claim/${id}`, kind: 'sending_watch', role: 'clock', area: '1703202' };
    const { id: task } = await pathway.db.task.create({
      data: { ...watch, since: now, due: new Date(now.getTime() + 1000) },
    });
    const onWorklist = async (who: Parameters<Pathway['as']>[0]) =>
      ((await pathway.as(who).get('/tasks?limit=200')).body.items as { id: string }[]).some(
        (one) => one.id === String(task),
      );
    expect(await onWorklist(payers.finance_officer)).toBe(false);
    await pathway.db.task.update({ where: { id: task }, data: { due: new Date(now.getTime() - 1000) } });
    expect(await onWorklist(payers.finance_officer)).toBe(true);
    expect(await onWorklist(payers.chief_finance)).toBe(true);
    expect(await onWorklist(payers.far_finance)).toBe(false);
    expect(await onWorklist(payers.employment_officer)).toBe(false);
    await pathway.db.task.delete({ where: { id: task } });
  });

  test('a person who took part is not offered the approval, and is refused it', async () => {
    const { id, ...seen } = await readyClaim();
    await pathway.db.participation.create({
      data: { subject: `claim/${id}`, person: 'O-6', act: 'resolved_mismatch', at: pathway.time.now },
    });
    expect((await finance().get(`/claims/${id}`)).body.allowedActions).toEqual(['return']);
    expect((await pathway.as(payers.second_finance).get(`/claims/${id}`)).body.allowedActions).toEqual([
      'approval',
      'return',
    ]);
    expect((await finance().post(`/claims/${id}/approval`, seen)).body).toMatchObject({
      status: 403,
      code: 'took_part',
    });
  });

  test('returned with a code, answered by the employment officer, ready anew', async () => {
    const { id } = await readyClaim();
    const body = { code: 'document_missing', words: 'Whose order is it?' };
    expect((await officer().post(`/claims/${id}/return`, body)).status).toBe(403);
    expect((await finance().post(`/claims/${id}/return`, { ...body, code: 'mood' })).status).toBe(422);
    expect((await finance().post(`/claims/${id}/return`, body)).body).toMatchObject({
      state: 'to_review',
      waitingFor: { what: 'mismatch', role: 'employment_officer' },
    });
    expect((await finance().post(`/claims/${id}/return`, body)).body).toMatchObject({
      status: 409,
      state: 'to_review',
    });
    const answer = { resolution: 'answered', words: 'Hers: see the order.' };
    expect((await finance().post(`/claims/${id}/resolution`, answer)).status).toBe(403);
    expect((await employer().post(`/claims/${id}/resolution`, answer)).status).toBe(403);
    const resolved = await pathway.as(payers.second_employment).post(`/claims/${id}/resolution`, answer);
    expect(resolved.body).toMatchObject({ state: 'ready', amount: 510_000 });
    expect(
      (await officer().post(`/claims/${id}/resolution`, { resolution: 'amount', amount: 5 })).status,
    ).toBe(422);
    expect(
      (await officer().post(`/claims/${id}/resolution`, { resolution: 'register_stands', document: paper }))
        .body,
    ).toMatchObject({ status: 409, state: 'ready' });
    expect(
      (await finance().post(`/claims/${id}/resolution`, { unpayable: true, reason: 'x' })).body,
    ).toMatchObject({
      status: 409,
      state: 'ready',
    });
  });
});

describe('POST /claims/{id}/declaration', () => {
  const above = {
    programme: 'above_quota',
    category: 'graduate',
    snapshot: { listedStaff: 100, filledReserved: 8, on: '2024-01-15' },
  };
  const declared = { accrued: 2_000_000, tax: 240_000 };

  test('declared, confirmed by the tax authority, ready', async () => {
    const id = await orderedSubsidy(pathway, HIRED, { changed: above });
    const claim = `${id}-2024-02`;
    const path = `/claims/${claim}/declaration`;
    expect((await employer().get(`/claims/${claim}`)).body).toMatchObject({
      state: 'awaiting_declaration',
      waitingFor: { what: 'declaration', role: 'employer' },
      allowedActions: ['declaration'],
      reached: null,
    });
    expect((await employer().post(path, { accrued: 1, tax: 2 })).body).toMatchObject({
      errors: [{ field: 'tax' }],
    });
    const { personId } = await pathway.db.subsidy.findUniqueOrThrow({ where: { id } });
    const { pinfl } = await pathway.db.person.findUniqueOrThrow({ where: { id: personId } });
    await pathway.sandbox.script({ tax: { accrues: { pinfl, stir: STIR, month: '2024-02', ...declared } } });
    const key = { 'Idempotency-Key': `declare-${claim}` };
    const said = await employer().post(path, declared, key);
    expect(said.body).toMatchObject({ state: 'awaiting_register', declaration: declared });
    expect((await employer().post(path, declared, key)).body).toEqual(said.body);
    expect((await employer().post(path, declared)).body).toMatchObject({ status: 409, code: 'declared' });
    await pathway.pass('13d');
    await pathway.settled();
    expect((await finance().get(`/claims/${claim}`)).body).toMatchObject({
      state: 'ready',
      amount: 680_000,
      facts: declared,
    });
  });

  test('the two say different things: the employment officer resolves it by a document', async () => {
    const id = await orderedSubsidy(pathway, HIRED, { changed: above });
    const claim = `${id}-2024-02`;
    await employer().post(`/claims/${claim}/declaration`, declared);
    await pathway.pass('22d');
    expect((await officer().get(`/claims/${claim}`)).body).toMatchObject({
      state: 'to_review',
      waitingFor: { what: 'mismatch' },
    });
    const body = { resolution: 'declaration_stands', document: paper };
    expect((await employer().post(`/claims/${claim}/resolution`, body)).status).toBe(403);
    const resolved = await officer().post(`/claims/${claim}/resolution`, body);
    expect(resolved.body).toMatchObject({ state: 'ready', amount: 680_000 });
  });
});

test('POST /claims/{id}/declaration: not asked for by this programme', async () => {
  const { id } = await readyClaim();
  const body = { accrued: 2_000_000, tax: 240_000 };
  expect((await finance().post(`/claims/${id}/declaration`, body)).status).toBe(403);
  expect((await employer().post(`/claims/${id}/declaration`, { accrued: 1 })).status).toBe(422);
  expect((await employer().post(`/claims/${id}/declaration`, body)).body).toMatchObject({
    status: 409,
    code: 'nothing_to_declare',
  });
  expect((await pathway.as(payers.other_employer).post(`/claims/${id}/declaration`, body)).status).toBe(404);
});
