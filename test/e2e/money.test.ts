import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Claims } from '../../api/auth';
import { system } from '../../domain/roles';
import { defaultSettings } from '../../domain/settings';
import { openLine, setLine } from '../../records/money/lines';
import { nextNumber } from '../../records/numbers';
import { change } from '../../records/unit';
import { employer, officials, stir } from '../support/small-world';
import { type Stack, startStack } from '../support/stack';

/*
 * Six months of claims on the real servers, and then fifty payments, at each of which the worker is killed with `kill -9`
 * somewhere between the approval and the treasury's answer: the treasury has executed each key once, however often it saw
 * it, and every month settles.
 */

const reviewer = officials.employmentOfficer;
const head = officials.headOfEmployment;
const finance: Claims = { sub: 'finance_officer-1', role: 'finance_officer', area: '1726' };
const document = { number: '12', date: '2024-03-10', issuer: 'Nur Tikuv MChJ' };
const YEAR = 2024;

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ begins: '2024-03-18T09:00:00+05:00' });
  await furnish(stack);
});
afterAll(() => stack.close());

/** A finance officer, a confirmed account, and money on the lines of the year. */
async function furnish({ db, clock, world }: Stack): Promise<void> {
  const now = await clock.now();
  await db.official.createMany({
    data: [
      {
        id: finance.sub,
        name: finance.sub,
        role: 'finance_officer',
        rank: 'officer',
        area: '1726',
        email: 'finance@example.uz',
      },
    ],
    skipDuplicates: true,
  });
  await db.account.create({
    data: {
      id: await nextNumber(db, 'account'),
      employerId: world.employerId,
      number: '20208000900123456001',
      mfo: '00014',
      holderStir: stir,
      state: 'confirmed',
      proposedBy: 'somebody',
      proposedAt: now,
      confirmedBy: 'somebody-else',
      confirmedAt: now,
      usableFrom: now,
    },
  });
  const cause = { actor: system, subject: 'line/test', correlationId: 'test' };
  for (const year of [YEAR, YEAR + 1])
    await change({ db, clock, settings: defaultSettings }, cause, async (unit) => {
      const id = await openLine(unit, { programme: 'hire_pwd', region: '1726', year });
      await setLine(unit, id, 1_000_000_000n, `Budget ${year}`);
    });
  await db.outbox.deleteMany();
}

/** A person who works there since a day, and the subsidy for whom is ordered. */
async function ordered(hiredOn: string): Promise<string> {
  const { pinfl } = await stack.world.person();
  await stack.register({ yammt: { hires: { pinfl, stir, on: hiredOn } } });
  const applied = await stack.done({
    as: employer,
    to: '/subsidies',
    body: {
      programme: 'hire_pwd',
      pinfl,
      group: 2,
      hiredOn,
      contract: 'T-1',
      documents: { hiring_order: document },
    },
  });
  expect(applied).toMatchObject({ state: 'checking', waitingFor: { role: 'register' } });
  const { id } = applied as { id: string };
  await stack.quiet();
  await stack.done({ as: reviewer, to: `/subsidies/${id}/review`, body: { outcome: 'propose' } });
  const date = (await stack.clock.now()).toISOString().slice(0, 10);
  const order = await stack.done({
    as: head,
    to: `/subsidies/${id}/order`,
    body: { number: `B-${id}`, date },
  });
  expect(order).toMatchObject({ state: 'running' });
  return id;
}

const approval = async (id: string) => {
  const { revision, amount } = await stack.get(finance, `/claims/${id}`);
  return { as: finance, to: `/claims/${id}/approval`, body: { revision, amount }, key: randomUUID() };
};

interface Order {
  key: string;
  seen: number;
  executed: number;
}

const orders = async (): Promise<Order[]> =>
  (await (await fetch(`${stack.registersUrl}/orders`)).json()) as Order[];

test('hired on the 15th: seven months, each checked, approved and paid in the month after', async () => {
  const id = await ordered('2024-03-15');
  for (const month of ['03', '04', '05', '06', '07', '08', '09']) {
    const claim = `${id}-2024-${month}`;
    const next = String(Number(month) + 1).padStart(2, '0');
    await stack.stepUntil(`2024-${next}-06T09:00:00+05:00`);
    expect(await stack.get(finance, `/claims/${claim}`)).toMatchObject({
      state: 'ready',
      waitingFor: { role: 'finance_officer' },
      blockers: [],
    });
    await stack.done(await approval(claim));
    await stack.step('4d');
    expect(await stack.get(employer, `/claims/${claim}`)).toMatchObject({ state: 'settled' });
  }
  const claims = await stack.db.claim.findMany({ where: { subsidyId: id }, orderBy: { month: 'asc' } });
  expect(claims.map(({ amount }) => Number(amount))).toEqual([
    279_677,
    ...Array<number>(5).fill(510_000),
    230_322,
  ]);
  expect(await stack.get(employer, `/subsidies/${id}`)).toMatchObject({ state: 'ended', waitingFor: null });
}, 240_000);

describe('the worker is killed around fifty payments', () => {
  const PAYMENTS = 50;
  /** `KILLS=50` kills it once for each payment (5 minutes); fewer kills meet several payments, each at another step. */
  const KILLS = Number(process.env['KILLS'] ?? 10);
  const TOGETHER = Math.ceil(PAYMENTS / KILLS);
  let claims: string[];

  beforeAll(async () => {
    await stack.setClock(new Date('2024-10-08T09:00:00+05:00'));
    await stack.quiet();
    // Slow signing loses nobody a month: the five months over are there at once.
    for (let n = 0; n < PAYMENTS / 5; n++) await ordered('2024-05-15');
    await stack.quiet();
    const ready = await stack.db.claim.findMany({ where: { state: 'ready' }, orderBy: { id: 'asc' } });
    claims = ready.map(({ id }) => id);
    await stack.register({ treasury: { slow: { ms: 60 } } });
  });

  test('each attempt goes on where it was', async () => {
    expect(claims).toHaveLength(PAYMENTS);
    for (let kill = 0; kill < KILLS; kill++) {
      const together = claims.slice(kill * TOGETHER, (kill + 1) * TOGETHER);
      const calls = await Promise.all(together.map(approval));
      const answers = calls.map(async (call, n) => {
        await sleep(n * 60);
        return stack.give(call);
      });
      await sleep((kill * 53) % 500);
      await stack.worker.kill9();
      await stack.worker.restart();
      for (const answer of answers) expect(await answer).toMatchObject({ status: 200 });
    }
    await stack.quiet();
    await stack.step('4d');
    const states = await stack.db.claim.groupBy({
      by: ['state'],
      where: { id: { in: claims } },
      _count: true,
    });
    expect(states).toEqual([{ state: 'settled', _count: PAYMENTS }]);
  }, 400_000);

  test('the treasury executed each key once, however often it saw it, and the ledger says the same', async () => {
    const seen = await orders();
    expect(seen.filter(({ executed }) => executed !== 1)).toEqual([]);
    const attempts = await stack.db.payment.findMany();
    expect(seen.map(({ key }) => key).toSorted()).toEqual(attempts.map(({ key }) => key).toSorted());
    expect(attempts.filter(({ attempt }) => attempt !== 1)).toEqual([]);
    const sums = await stack.db.ledgerEntry.groupBy({ by: ['account'], _sum: { amount: true } });
    const on = Object.fromEntries(sums.map(({ account, _sum }) => [account, Number(_sum.amount)]));
    expect([on['payable'], on['sent']]).toEqual([0, 0]);
    const paid = await stack.db.claim.aggregate({ where: { state: 'settled' }, _sum: { amount: true } });
    expect(on['paid']).toBe(Number(paid._sum.amount));
  });
});

test('the money’s rows, too, are walked again from the record alone', async () => {
  await stack.reconcile();
  const open = await stack.db.budgetLine.findMany({ where: { open: true }, select: { id: true } });
  expect(await stack.running()).toEqual(expect.arrayContaining(open.map(({ id }) => `line/${id}`)));
  expect(await stack.reconcile()).toMatch(/\b0 begun/);
});
