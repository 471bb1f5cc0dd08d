import { at, endOfDay } from '../../domain/day';
import type { WageApplication } from '../../contracts/subsidy';
import { taxQuestionAt } from '../../domain/money/claim-due';
import { PINFL, STIR } from '../../test/support/bench';
import {
  accounts,
  apply,
  approve,
  claimsOf,
  financeOfficer,
  headOfEmployment,
  line,
  type MoneyBench,
  ordered,
  reviewer,
  secondFinanceOfficer,
  startMoneyBench,
  withAnotherWorker,
} from '../../test/support/money';
import { changedLaw } from '../../test/support/policies';

let bench: MoneyBench;
const begin = async (from = '2024-03-04T09:00:00+05:00', options = {}) => {
  bench = await startMoneyBench(from, options);
};
afterEach(() => bench.close());

const wage = (month: string, accrued: number, tax: number) => ({
  pinfl: PINFL,
  stir: STIR,
  month,
  accrued,
  tax,
  on: `${month === '2024-12' ? '2025-01' : `2024-${String(Number(month.slice(5)) + 1).padStart(2, '0')}`}-14`,
});
const snapshot = { listedStaff: 100, filledReserved: 7, on: '2023-12-28' };
const aboveQuota = (more: Partial<WageApplication> = {}) =>
  ordered(bench, '2024-03-01', { programme: 'above_quota', category: 'disability', snapshot, ...more });
const declare = (id: string, accrued: number, tax: number) =>
  bench.give(`claim/${id}`, 'declaration', { accrued, tax }, bench.employer);
const document = { number: '7', date: '2024-04-10', issuer: 'Nur Tikuv' };
const LINE = 'hire_pwd-1726-2024';

/** From 1 January on a month's wage must reach a multiple of the minimum wage, in hundredths. */
const floorOfWages = (hundredths: number): Promise<void> =>
  changedLaw(bench.db, '2024-01-01', {
    programmes: { above_quota: { eligibility: { wageFloor: hundredths } } },
  });

describe('above the quota', () => {
  test('declared, confirmed by the tax authority after the 15th, ready', async () => {
    await begin();
    const id = await aboveQuota();
    await bench.pass('29d');
    const claim = `${id}-2024-03`;
    expect(await bench.waits(`claim/${claim}`)).toEqual([
      { kind: 'declaration', role: 'employer', rank: null, due: '2024-04-22T23:59' },
    ]);
    await bench.sandbox.script({ tax: { accrues: wage('2024-03', 2_000_000, 240_000) } });
    expect(await declare(claim, 2_000_000, 240_000)).toMatchObject({ status: 200 });
    await bench.pass('12d');
    expect(await claimsOf(bench, id)).toEqual([['2024-03', 'awaiting_register', 0]]);
    await bench.pass('4d');
    expect(await claimsOf(bench, id)).toEqual([['2024-03', 'ready', 680_000]]);
  });

  test.each([
    ['2024-01', '2024-01-03', ['2024-02-05', '2024-02-15']],
    ['2024-03, whose 20th is a Saturday', '2024-03-01', ['2024-04-05', '2024-04-15']],
  ])('the employer is reminded on the 5th and 15th: %s', async (_month, hiredOn, days) => {
    await begin(`${hiredOn.slice(0, 8)}04T09:00:00+05:00`);
    const id = await ordered(bench, hiredOn, { programme: 'above_quota', category: 'disability', snapshot });
    await bench.pass('49d');
    const reminders = await bench.db.notice.findMany({
      where: { subject: `claim/${id}-${hiredOn.slice(0, 7)}`, type: 'reminder', channel: 'sms' },
      orderBy: { createdAt: 'asc' },
    });
    expect(reminders.map(({ createdAt }) => createdAt)).toEqual(days.map((day) => at(day, '09:00')));
  });

  test('a late declaration is accepted for three months, then the month has lapsed and its money is free', async () => {
    await begin();
    const id = await aboveQuota();
    const reserved = (await accounts(bench, 'above_quota-1726-2024'))['committed'] ?? 0;
    await bench.pass('50d');
    expect(await bench.waits(`claim/${id}-2024-03`)).toMatchObject([
      { kind: 'declaration', role: 'employer' },
    ]);
    await bench.pass('95d');
    const states = Object.fromEntries((await claimsOf(bench, id)).map(([month, state]) => [month, state]));
    expect(states).toMatchObject({ '2024-03': 'lapsed', '2024-04': 'awaiting_declaration' });
    expect((await accounts(bench, 'above_quota-1726-2024'))['committed']).toBe(reserved - 680_000);
    expect(await declare(`${id}-2024-03`, 1, 0)).toMatchObject({ status: 409 });
    await bench.sandbox.script({ tax: { accrues: wage('2024-04', 2_000_000, 240_000) } });
    expect(await declare(`${id}-2024-04`, 2_000_000, 240_000)).toMatchObject({ status: 200 });
    expect((await claimsOf(bench, id))[1]).toEqual(['2024-04', 'ready', 680_000]);
  });

  describe('the labour register is asked for the days, too', () => {
    const agreed = async (id: string, month = '2024-03') => {
      await bench.sandbox.script({ tax: { accrues: wage(month, 2_000_000, 240_000) } });
      await declare(`${id}-${month}`, 2_000_000, 240_000);
    };
    const yammt = (action: object) => bench.sandbox.script({ yammt: action });

    test('a worker left within the month: the days before are paid, though nobody reported the end', async () => {
      await begin();
      const id = await aboveQuota();
      await yammt({ ends: { pinfl: PINFL, stir: STIR, on: '2024-03-10', reason: 'resigned' } });
      await bench.pass('30d');
      expect(await bench.db.subsidy.findUniqueOrThrow({ where: { id } })).toMatchObject({
        lastDay: '2024-03-10',
      });
      await agreed(id);
      await bench.pass('14d');
      const worth = Math.floor((680_000 * 10) / 31);
      expect(await claimsOf(bench, id)).toEqual([['2024-03', 'ready', worth]]);
      expect(await accounts(bench, 'above_quota-1726-2024')).toMatchObject({ committed: worth });
    });

    test('silent: the wages come first, a person is asked after the register’s time, and its answer goes on by itself', async () => {
      await begin();
      const id = await aboveQuota();
      const claim = `claim/${id}-2024-03`;
      await yammt({ down: { for: '90d' } });
      await bench.pass('42d');
      expect(await claimsOf(bench, id)).toEqual([['2024-03', 'awaiting_declaration', 0]]);
      await agreed(id);
      await bench.pass('2d');
      expect(await claimsOf(bench, id)).toEqual([['2024-03', 'awaiting_register', 0]]);
      expect(await bench.waits(claim)).toMatchObject([{ kind: 'days_answer', role: 'register' }]);
      await bench.pass('11d');
      expect(await claimsOf(bench, id)).toEqual([['2024-03', 'to_review', 0]]);
      expect(await bench.waits(claim)).toContainEqual(
        expect.objectContaining({ kind: 'mismatch', role: 'employment_officer' }),
      );
      await yammt({ up: {} });
      await bench.pass('13h');
      expect(await claimsOf(bench, id)).toEqual([['2024-03', 'ready', 680_000]]);
    });

    test('no contract known: a person decides which side is right, once the wages agree', async () => {
      await begin();
      const id = await aboveQuota();
      await yammt({ contradicts: { pinfl: PINFL, stir: STIR, first: 'none' } });
      await bench.pass('29d');
      expect(await claimsOf(bench, id)).toEqual([['2024-03', 'awaiting_declaration', 0]]);
      await agreed(id);
      await bench.pass('15d');
      expect(await bench.db.claim.findFirst()).toMatchObject({
        state: 'to_review',
        mismatch: { why: 'no_contract' },
      });
      const resolution = { resolution: 'register_stands', document };
      await bench.give(`claim/${id}-2024-03`, 'resolution', resolution, reviewer);
      expect(await claimsOf(bench, id)).toEqual([['2024-03', 'zero', 0]]);
    });

    test('different wages are resolved, and the days still count', async () => {
      await begin();
      const id = await aboveQuota();
      await yammt({ down: { for: '47d' } });
      await bench.pass('29d');
      await bench.sandbox.script({ tax: { accrues: wage('2024-03', 1_900_000, 240_000) } });
      await declare(`${id}-2024-03`, 2_000_000, 240_000);
      await bench.pass('16d');
      expect(await bench.db.claim.findFirst()).toMatchObject({ mismatch: { why: 'wages_differ' } });
      const resolution = { resolution: 'declaration_stands', document };
      await bench.give(`claim/${id}-2024-03`, 'resolution', resolution, reviewer);
      expect(await claimsOf(bench, id)).toEqual([['2024-03', 'awaiting_register', 0]]);
      await bench.pass('3d');
      expect(await claimsOf(bench, id)).toEqual([['2024-03', 'ready', 680_000]]);
    });
  });

  test('the tax authority is asked in the claim’s own second of the 16th; after 10 silent days a person brings evidence', async () => {
    await begin();
    const id = await aboveQuota();
    const claim = `${id}-2024-03`;
    await bench.pass('29d');
    await declare(claim, 2_000_000, 240_000);
    const question = () =>
      bench.db.task.findFirstOrThrow({ where: { kind: 'wages_answer', closedAt: null } });
    expect((await question()).nextAt).toEqual(taxQuestionAt(claim, '2024-03'));
    await bench.sandbox.script({ tax: { down: { for: '60d' } } });
    await bench.sandbox.script({ tax: { accrues: wage('2024-03', 2_000_000, 240_000) } });
    bench.clock.set(endOfDay('2024-04-26'));
    await bench.settle();
    expect(await claimsOf(bench, id)).toEqual([['2024-03', 'awaiting_register', 0]]);
    await bench.pass('1h');
    expect(await claimsOf(bench, id)).toEqual([['2024-03', 'to_review', 0]]);
    expect(await bench.db.claim.findUniqueOrThrow({ where: { id: claim } })).toMatchObject({
      mismatch: { why: 'register_silent' },
    });
    expect(await bench.waits(`claim/${claim}`)).toMatchObject([
      { kind: 'wages_answer', role: 'register' },
      { kind: 'mismatch', role: 'employment_officer' },
    ]);
    await bench.sandbox.script({ tax: { up: {} } });
    await bench.pass('13h');
    expect(await claimsOf(bench, id)).toEqual([['2024-03', 'ready', 680_000]]);
  });

  test('the tax authority is down for days and then answers: nobody is bothered', async () => {
    await begin();
    const id = await aboveQuota();
    await bench.pass('29d');
    await declare(`${id}-2024-03`, 2_000_000, 240_000);
    await bench.sandbox.script({ tax: { accrues: wage('2024-03', 2_000_000, 240_000) } });
    await bench.sandbox.script({ tax: { down: { for: '19d' } } });
    await bench.pass('20d');
    expect(await claimsOf(bench, id)).toEqual([['2024-03', 'ready', 680_000]]);
    expect(await bench.events(`claim/${id}-2024-03`)).not.toContain('claim_to_review');
  });

  test.each([
    ['the register stands: nothing was accrued', 'register_stands', 'zero', 0],
    ['the declaration stands, by a document', 'declaration_stands', 'ready', 680_000],
  ])('declared, and the register says nothing: %s', async (_, resolution, state, amount) => {
    await begin();
    const id = await aboveQuota();
    const claim = `${id}-2024-03`;
    await bench.pass('29d');
    await declare(claim, 2_000_000, 240_000);
    await bench.pass('20d');
    expect(await claimsOf(bench, id)).toEqual([['2024-03', 'awaiting_register', 0]]);
    await bench.pass('5d');
    expect(await claimsOf(bench, id)).toEqual([['2024-03', 'to_review', 0]]);
    expect(
      await bench.give(`claim/${claim}`, 'resolution', { resolution, document }, financeOfficer),
    ).toMatchObject({ status: 403 });
    for (const other of [
      { resolution: 'answered', words: 'it is right' },
      { resolution: 'evidence', inForce: true, document },
    ])
      expect(await bench.give(`claim/${claim}`, 'resolution', other, reviewer)).toMatchObject({
        status: 409,
        body: { code: 'not_the_question' },
      });
    expect(await claimsOf(bench, id)).toEqual([['2024-03', 'to_review', 0]]);
    await bench.give(`claim/${claim}`, 'resolution', { resolution, document }, reviewer);
    expect(await claimsOf(bench, id)).toEqual([['2024-03', state, amount]]);
  });

  test('the sums differ: the employment officer has the claim, and the difference is named', async () => {
    await begin();
    const id = await aboveQuota();
    await bench.pass('29d');
    await bench.sandbox.script({ tax: { accrues: wage('2024-03', 1_900_000, 228_000) } });
    await declare(`${id}-2024-03`, 2_000_000, 240_000);
    await bench.pass('17d');
    const claim = await bench.db.claim.findUniqueOrThrow({ where: { id: `${id}-2024-03` } });
    expect(claim).toMatchObject({ state: 'to_review', mismatch: { why: 'wages_differ, tax_differs' } });
    expect(await bench.waits(`claim/${claim.id}`)).toMatchObject([
      { kind: 'mismatch', role: 'employment_officer' },
    ]);
  });

  test.each(['register_stands', 'declaration_stands'])(
    'below the law’s wage floor, though both agree: the employment officer has it, and it is paid when the %s',
    async (resolution) => {
      await begin();
      await floorOfWages(200);
      const id = await aboveQuota({ wage: 2_100_000 });
      const claim = `${id}-2024-03`;
      await bench.pass('29d');
      await bench.sandbox.script({ tax: { accrues: wage('2024-03', 2_099_999, 252_000) } });
      await declare(claim, 2_099_999, 252_000);
      await bench.pass('17d');
      expect(await bench.db.claim.findUniqueOrThrow({ where: { id: claim } })).toMatchObject({
        state: 'to_review',
        mismatch: { why: 'below_wage_floor' },
      });
      await bench.give(`claim/${claim}`, 'resolution', { resolution, document }, reviewer);
      expect(await claimsOf(bench, id)).toEqual([['2024-03', 'ready', 680_000]]);
    },
  );

  test('at the wage floor, twice the month’s minimum wage, nobody is asked', async () => {
    await begin();
    await floorOfWages(200);
    const id = await aboveQuota({ wage: 2_100_000 });
    await bench.pass('29d');
    await bench.sandbox.script({ tax: { accrues: wage('2024-03', 2_100_000, 252_000) } });
    await declare(`${id}-2024-03`, 2_100_000, 252_000);
    await bench.pass('17d');
    expect(await claimsOf(bench, id)).toEqual([['2024-03', 'ready', 680_000]]);
  });

  test('a wrong declaration is corrected while the officer has the difference: checked again, ready, both on file', async () => {
    await begin();
    const id = await aboveQuota();
    const claim = `${id}-2024-03`;
    await bench.pass('29d');
    await bench.sandbox.script({ tax: { accrues: wage('2024-03', 2_000_000, 240_000) } });
    await declare(claim, 200_000, 24_000);
    await bench.pass('17d');
    expect(await claimsOf(bench, id)).toEqual([['2024-03', 'to_review', 0]]);
    expect((await declare(claim, 2_000_000, 240_000)).status).toBe(200);
    expect(await claimsOf(bench, id)).toEqual([['2024-03', 'ready', 680_000]]);
    expect(await bench.db.claim.findUniqueOrThrow({ where: { id: claim } })).toMatchObject({
      declaration: { accrued: 2_000_000, tax: 240_000 },
      earlierDeclarations: [{ declaration: { accrued: 200_000, tax: 24_000 }, correctedOn: '2024-04-19' }],
      mismatch: null,
    });
    expect((await bench.waits(`claim/${claim}`)).map(({ kind }) => kind)).toEqual(['claim_decision']);
    expect(await bench.events(`claim/${claim}`)).toContain('declared_anew');
  });

  test('a right declaration that is made wrong goes to the employment officer, also from the finance officer', async () => {
    await begin();
    const id = await aboveQuota();
    const claim = `${id}-2024-03`;
    await bench.pass('29d');
    await bench.sandbox.script({ tax: { accrues: wage('2024-03', 2_000_000, 240_000) } });
    await declare(claim, 2_000_000, 240_000);
    await bench.pass('17d');
    expect(await claimsOf(bench, id)).toEqual([['2024-03', 'ready', 680_000]]);
    await declare(claim, 1_000_000, 120_000);
    expect(await bench.db.claim.findUniqueOrThrow({ where: { id: claim } })).toMatchObject({
      state: 'to_review',
      mismatch: { why: 'wages_differ, tax_differs' },
    });
    expect((await bench.waits(`claim/${claim}`)).map(({ kind }) => kind)).toEqual(['mismatch']);
  });

  test('before the 16th it is only replaced: the tax authority is asked once, about the last declaration', async () => {
    await begin();
    const id = await aboveQuota();
    const claim = `${id}-2024-03`;
    await bench.pass('29d');
    await bench.sandbox.script({ tax: { accrues: wage('2024-03', 2_000_000, 240_000) } });
    await declare(claim, 200_000, 24_000);
    await declare(claim, 2_000_000, 240_000);
    expect(await claimsOf(bench, id)).toEqual([['2024-03', 'awaiting_register', 0]]);
    await bench.pass('17d');
    expect(await claimsOf(bench, id)).toEqual([['2024-03', 'ready', 680_000]]);
  });

  test('an approved declaration is not changed', async () => {
    await begin();
    const id = await aboveQuota();
    const claim = `${id}-2024-03`;
    await bench.pass('29d');
    await bench.sandbox.script({ tax: { accrues: wage('2024-03', 2_000_000, 240_000) } });
    await declare(claim, 2_000_000, 240_000);
    await bench.pass('17d');
    await approve(bench, claim);
    expect((await declare(claim, 1_000_000, 120_000)).status).toBe(409);
  });

  test('more tax than wages is a mistake, and the same figures are not declared twice', async () => {
    await begin();
    const id = await aboveQuota();
    await bench.pass('29d');
    expect(await declare(`${id}-2024-03`, 100, 200)).toMatchObject({ status: 422 });
    await declare(`${id}-2024-03`, 2_000_000, 240_000);
    expect(await declare(`${id}-2024-03`, 2_000_000, 240_000)).toMatchObject({
      status: 409,
      body: { code: 'declared' },
    });
  });

  test('not above the quota by the staff list: not proposed', async () => {
    await begin();
    const id = await apply(bench, '2024-03-01', { programme: 'above_quota', category: 'disability' });
    const propose = (body: object) =>
      bench.give(`subsidy/${id}`, 'review', { outcome: 'propose', ...body }, reviewer);
    expect(await propose({})).toMatchObject({ status: 422 });
    expect(await propose({ snapshot: { ...snapshot, filledReserved: 6 } })).toMatchObject({
      status: 409,
      body: { code: 'not_above_quota' },
    });
    expect(await propose({ snapshot })).toMatchObject({ status: 200, body: { state: 'ordering' } });
  });
});

describe('the labour register', () => {
  test('down over a month’s end: after ten days a person brings evidence, and the first answer settles it', async () => {
    await begin('2024-03-18T09:00:00+05:00');
    const id = await ordered(bench, '2024-03-15');
    await bench.sandbox.script({ yammt: { down: { for: '60d' } } });
    await bench.pass('15d');
    expect(await claimsOf(bench, id)).toEqual([['2024-03', 'awaiting_register', 0]]);
    await bench.pass('11d');
    expect(await claimsOf(bench, id)).toEqual([['2024-03', 'to_review', 0]]);
    for (const other of [
      { resolution: 'answered', words: 'it is right' },
      { resolution: 'register_stands', document },
    ])
      expect(await bench.give(`claim/${id}-2024-03`, 'resolution', other, reviewer)).toMatchObject({
        status: 409,
        body: { code: 'not_the_question' },
      });
    const evidence = { resolution: 'evidence', inForce: true, document };
    await bench.give(`claim/${id}-2024-03`, 'resolution', evidence, reviewer);
    expect(await claimsOf(bench, id)).toEqual([['2024-03', 'ready', 279_677]]);
  });

  test.each([
    ['the register stands: the days from then on', 'register_stands', Math.floor((510_000 * 7) / 31)],
    ['a document shows the days before', 'declaration_stands', 510_000],
  ])('a contract that began later than ordered is a person’s to resolve: %s', async (_, side, amount) => {
    await begin('2024-03-18T09:00:00+05:00');
    const id = await ordered(bench, '2024-03-01');
    const parties = { pinfl: PINFL, stir: STIR };
    await bench.sandbox.script({ yammt: { ends: { ...parties, on: '2024-03-08' } } });
    await bench.sandbox.script({ yammt: { hires: { ...parties, on: '2024-03-25', contract: 'K-000001' } } });
    await bench.pass('15d');
    const claim = `claim/${id}-2024-03`;
    expect(await bench.db.claim.findFirst()).toMatchObject({
      state: 'to_review',
      mismatch: { why: 'later_contract' },
    });
    const resolve = (body: object) => bench.give(claim, 'resolution', body, reviewer);
    expect(await resolve({ resolution: side, document })).toMatchObject({ body: { state: 'ready' } });
    expect(await claimsOf(bench, id)).toEqual([['2024-03', 'ready', amount]]);
    await bench.give(claim, 'return', { code: 'other', words: 'sure?' }, financeOfficer);
    await resolve({ resolution: 'answered', words: 'yes' });
    expect(await claimsOf(bench, id)).toEqual([['2024-03', 'ready', amount]]);
    await bench.pass('30d');
    expect((await claimsOf(bench, id))[1]).toEqual(['2024-04', 'ready', 510_000]);
  });

  test('another contract with the same employer: its days do not count, and the days before the end are paid', async () => {
    await begin('2024-03-18T09:00:00+05:00');
    const id = await ordered(bench, '2024-03-01');
    const parties = { pinfl: PINFL, stir: STIR };
    await bench.sandbox.script({ yammt: { ends: { ...parties, on: '2024-03-08', reason: 'resigned' } } });
    await bench.sandbox.script({ yammt: { hires: { ...parties, on: '2024-03-25' } } });
    await bench.pass('16d');
    const worth = Math.floor((510_000 * 8) / 31);
    expect(await claimsOf(bench, id)).toEqual([['2024-03', 'ready', worth]]);
    expect(await bench.events(`claim/${id}-2024-03`)).not.toContain('claim_to_review');
    expect(await bench.db.subsidy.findUniqueOrThrow({ where: { id } })).toMatchObject({
      lastDay: '2024-03-08',
    });
    expect(await accounts(bench, LINE)).toMatchObject({ committed: worth });
  });

  test('an end in the register’s answer is confirmed a day later; the days before it are paid', async () => {
    await begin('2024-03-18T09:00:00+05:00');
    const id = await ordered(bench, '2024-03-15');
    await bench.sandbox.script({
      yammt: { ends: { pinfl: PINFL, stir: STIR, on: '2024-03-20', reason: 'resigned' } },
    });
    await bench.pass('16d');
    expect(await claimsOf(bench, id)).toEqual([['2024-03', 'ready', Math.floor((510_000 * 6) / 31)]]);
    await approve(bench, `${id}-2024-03`);
    await bench.pass('3d');
    const paid = Math.floor((510_000 * 6) / 31);
    expect(await accounts(bench, 'hire_pwd-1726-2024')).toEqual({ free: 1e9 - paid, paid });
    expect(await bench.db.subsidy.findUniqueOrThrow({ where: { id } })).toMatchObject({ state: 'ended' });
  });
});

describe('approval', () => {
  const ready = async () => {
    await begin('2024-03-18T09:00:00+05:00');
    const id = await ordered(bench, '2024-03-15');
    await bench.pass('15d');
    return `${id}-2024-03`;
  };

  test('a claim is approved as seen, once, by a finance officer', async () => {
    const claim = await ready();
    const give = (body: object, actor = financeOfficer) =>
      bench.give(`claim/${claim}`, 'approval', body, actor);
    expect(await give({ revision: 1, amount: 1 })).toMatchObject({ status: 409, body: { code: 'changed' } });
    expect(await give({ revision: 0, amount: 279_677 })).toMatchObject({ body: { code: 'changed' } });
    expect(await give({ revision: 1, amount: 279_677 }, headOfEmployment)).toMatchObject({ status: 403 });
    expect(await give({ revision: 1, amount: 279_677 })).toMatchObject({ status: 200 });
    expect(await give({ revision: 1, amount: 279_677 }, secondFinanceOfficer)).toMatchObject({ status: 409 });
  });

  test('one person with two accounts does not approve by one account after a review by the other', async () => {
    await begin('2024-03-18T09:00:00+05:00');
    await bench.db.official.updateMany({
      where: { id: { in: [reviewer.id, financeOfficer.id] } },
      data: { person: 'the-same' },
    });
    const id = await ordered(bench, '2024-03-15');
    await bench.pass('15d');
    expect(await approve(bench, `${id}-2024-03`)).toMatchObject({ status: 403, body: { code: 'took_part' } });
    expect(await approve(bench, `${id}-2024-03`, secondFinanceOfficer)).toMatchObject({ status: 200 });
  });

  test('returned with a code, answered by the employment officer, ready again', async () => {
    const claim = await ready();
    await bench.give(
      `claim/${claim}`,
      'return',
      { code: 'document_missing', words: 'which order?' },
      financeOfficer,
    );
    expect(await bench.waits(`claim/${claim}`)).toMatchObject([
      { kind: 'mismatch', role: 'employment_officer' },
    ]);
    const resolve = (body: object) => bench.give(`claim/${claim}`, 'resolution', body, reviewer);
    expect(await resolve({ resolution: 'register_stands', document })).toMatchObject({
      status: 409,
      body: { code: 'not_the_question' },
    });
    await resolve({ resolution: 'answered', words: 'order B-1' });
    expect(await approve(bench, claim)).toMatchObject({ status: 200 });
  });

  test('without a confirmed account it is blocked, and the state says so', async () => {
    const claim = await ready();
    await bench.db.account.updateMany({ data: { state: 'replaced' } });
    expect(await approve(bench, claim)).toMatchObject({
      status: 409,
      body: { code: 'blocked', errors: [{ field: 'blockers', detail: 'account_unconfirmed' }] },
    });
  });
});

describe('payment', () => {
  const sent = async (treats: object) => {
    await begin('2024-03-18T09:00:00+05:00');
    const id = await ordered(bench, '2024-03-15');
    await bench.pass('15d');
    await bench.sandbox.script({ treasury: { treats } });
    await approve(bench, `${id}-2024-03`);
    return id;
  };
  const orders = async () =>
    (await (await fetch(`${bench.sandbox.url}/orders`)).json()) as { key: string; executed: number }[];

  test('the answer is lost after accepting: the same key is sent again and executed once', async () => {
    const id = await sent({ times: 1, loses_answer: {} });
    await bench.pass('3d');
    expect(await claimsOf(bench, id)).toEqual([['2024-03', 'settled', 279_677]]);
    expect(await orders()).toMatchObject([{ key: `${id}-2024-03/1`, executed: 1 }]);
  });

  test('nothing said for three working days: the finance officer has it, and it is not paid a second time', async () => {
    const id = await sent({ settles: 'never' });
    await bench.pass('6d');
    expect(await bench.waits(`claim/${id}-2024-03`)).toMatchObject([
      { kind: 'payment_answer' },
      { kind: 'payment_watch', role: 'finance_officer' },
    ]);
    expect(await orders()).toHaveLength(1);
  });

  test('refused: the employer corrects the account; nobody can be paid: closed, the money is free', async () => {
    const id = await sent({ times: 1, refuses: 'account_closed' });
    await bench.pass('1d');
    const claim = `claim/${id}-2024-03`;
    expect(await bench.waits(claim)).toMatchObject([{ kind: 'account_correction', role: 'employer' }]);
    expect(
      await bench.give(claim, 'unpayable', { reason: 'no account any more' }, financeOfficer),
    ).toMatchObject({
      status: 200,
      body: { state: 'lapsed' },
    });
    expect(await accounts(bench, LINE)).toMatchObject({ free: 1e9 - 6 * 510_000 + 279_678 });
  });

  test('the money of a month for which nobody can be paid goes to a subsidy that waits for money', async () => {
    const claim = `claim/${await sent({ times: 1, refuses: 'account_closed' })}-2024-03`;
    await bench.pass('1d');
    const bound = 1e9 - ((await accounts(bench, LINE))['free'] ?? 0);
    const lineHas = (amount: number) => line(bench, 'hire_pwd', 2024, BigInt(amount));
    await lineHas(bound);
    const waiting = await apply(await withAnotherWorker(bench), '2024-04-01');
    await bench.give(`subsidy/${waiting}`, 'review', { outcome: 'propose' }, reviewer);
    const stateOf = async (id: string) => (await bench.db.subsidy.findUniqueOrThrow({ where: { id } })).state;
    expect(await stateOf(waiting)).toBe('awaiting_funds');
    const months = await bench.db.commitment.findMany({ where: { subsidyId: waiting, lineId: LINE } });
    await lineHas(bound + Number(months.reduce((sum, { needed }) => sum + needed, 0n)) - 200_000);
    await bench.give(claim, 'unpayable', { reason: 'no account any more' }, financeOfficer);
    expect(await stateOf(waiting)).toBe('ordering');
  });
});
