import { randomUUID } from 'node:crypto';
import { Client as Postgres } from 'pg';
import { rowKinds } from '../../records/kernel/kinds';
import { openIds, subjectOf } from '../../records/kernel/rows';
import { applied, approval, furnish, order } from '../support/budget';
import { eventually } from '../support/eventually';
import { employer, officials } from '../support/small-world';
import {
  type Answer,
  besideRows,
  type Call,
  type Running,
  runningInTheEnd,
  type DevStack,
  startStack,
} from '../support/stack';

/*
 * Seven months of claims on the real servers. Then fifty payments: at each of them `kill -9` ends a worker at a step between the
 * approval and the treasury's answer. The treasury has executed each key once, however often it got the order, and every month is
 * settled. At the end Temporal's store is lost during payments, and all rows continue from the record alone.
 */

const reviewer = officials.employmentOfficer;
const finance = officials.financeOfficer;
const document = { number: '12', date: '2024-03-10', issuer: 'Nur Tikuv MChJ' };

let stack: DevStack;
beforeAll(async () => {
  stack = await startStack({ begins: '2024-03-18T09:00:00+05:00' });
  await furnish(stack, 2024);
});
afterAll(() => stack.close());

/** A person who works at the employer since a day, with an ordered subsidy. */
async function ordered(hiredOn: string): Promise<string> {
  const application = await applied(stack, hiredOn);
  expect(application).toMatchObject({ state: 'checking', waitingFor: { role: 'register' } });
  expect(await order(stack, application.id)).toMatchObject({ state: 'running' });
  return application.id;
}

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
    await stack.leapTo(`2024-${next}-06T09:00:00+05:00`);
    expect(await stack.get(finance, `/claims/${claim}`)).toMatchObject({
      state: 'ready',
      waitingFor: { role: 'finance_officer' },
      blockers: [],
    });
    await stack.done({ ...(await approval(stack, claim)), key: randomUUID() });
    if (month === '03') await stack.step('4d');
    else for (const day of ['08', '10', '12']) await stack.leapTo(`2024-${next}-${day}T12:00:00+05:00`);
    expect(await stack.get(employer, `/claims/${claim}`)).toMatchObject({ state: 'settled' });
  }
  const claims = await stack.db.claim.findMany({ where: { subsidyId: id }, orderBy: { month: 'asc' } });
  expect(claims.map(({ amount }) => Number(amount))).toEqual([
    279_677,
    ...Array<number>(5).fill(510_000),
    230_322,
  ]);
  expect(await stack.get(employer, `/subsidies/${id}`)).toMatchObject({ state: 'ended', waitingFor: null });
}, 400_000);

/** The step of a payment at which the worker was killed: the steps around sending, in their order. */
const steps = ['given', 'approved', 'attempt recorded', 'executed', 'answer taken'] as const;
type Step = (typeof steps)[number];

/** The step of a claim's payment, by the record and the treasury's own list. Undefined before its approval is given. */
async function stepOf(claim: string): Promise<Step | undefined> {
  const { db } = stack;
  const subject = `claim/${claim}`;
  const payment = await db.payment.findFirst({ where: { claimId: claim } });
  if (payment) {
    if (await db.registerAnswer.findFirst({ where: { subject, kind: 'payment_answer' } }))
      return 'answer taken';
    return (await orders()).some(({ key }) => key === payment.key) ? 'executed' : 'attempt recorded';
  }
  const given = await db.command.findFirst({ where: { subject, name: 'approval' } });
  return given?.state === 'done' ? 'approved' : given ? 'given' : undefined;
}

describe('workers are killed at each step around sending a payment, fifty times', () => {
  const KILLS = 50;
  const MONTHS = 5;
  let claims: string[];
  const killedAt: Step[] = [];

  beforeAll(async () => {
    await stack.setClock(new Date('2024-10-08T09:00:00+05:00'));
    await stack.quiet();
    // A late signature loses no month: the claims of the five past months open at once.
    await Promise.all(Array.from({ length: KILLS / MONTHS }, () => ordered('2024-05-15')));
    await stack.quiet();
    const ready = await stack.db.claim.findMany({ where: { state: 'ready' }, orderBy: { id: 'asc' } });
    claims = ready.map(({ id }) => id);
    await stack.register({ treasury: { slow: { ms: 100 } } });
  });

  /** Approves two claims and kills both workers when the first claim's payment reaches a step. Two other payments are in progress. */
  async function killAt(step: Step, pair: string[], workers: Running[]) {
    const next = Promise.all(workers.map(() => stack.startWorker()));
    const answers = pair.map(async (claim) =>
      stack.give({ ...(await approval(stack, claim)), key: randomUUID() }),
    );
    const wanted = steps.indexOf(step);
    const isSoFar = async () => steps.indexOf((await stepOf(pair[0] ?? '')) as Step) >= wanted;
    await eventually(isSoFar, { seconds: 60, everyMs: 5 });
    await Promise.all(workers.map((worker) => worker.kill9()));
    for (const claim of pair) killedAt.push((await stepOf(claim)) as Step);
    return { answers, next: await next };
  }

  test('each attempt continues after the kill', async () => {
    expect(claims).toHaveLength(KILLS);
    const given: Promise<Answer>[] = [];
    let workers: Running[] = [stack.worker, await stack.startWorker()];
    for (let kill = 0; kill < KILLS; kill += workers.length) {
      const step = steps[(kill / workers.length) % steps.length] as Step;
      const { answers, next } = await killAt(step, claims.slice(kill, kill + workers.length), workers);
      given.push(...answers);
      workers = next;
    }
    for (const answer of given) expect(await answer).toMatchObject({ status: 200 });
    await stack.quiet();
    await stack.setClock(new Date('2024-10-10T10:00:00+05:00'));
    await stack.quiet();
    for (const worker of workers) await worker.halt();
    const states = await stack.db.claim.groupBy({
      by: ['state'],
      where: { id: { in: claims } },
      _count: true,
    });
    expect(states).toEqual([{ state: 'settled', _count: KILLS }]);
  }, 600_000);

  test('the kills came at every step', () => {
    const hits = steps.map((step) => [step, killedAt.filter((at) => at === step).length]);
    expect(hits.filter(([, times]) => times === 0)).toEqual([]);
    expect(killedAt).toHaveLength(KILLS);
  });

  test('the treasury executed each key once, however often it got the order, and the ledger agrees', async () => {
    const seen = await orders();
    expect(seen.filter(({ executed }) => executed !== 1)).toEqual([]);
    expect(seen.some((order) => order.seen > 1)).toBe(true);
    const attempts = await stack.db.payment.findMany();
    expect(seen.map(({ key }) => key).toSorted()).toEqual(attempts.map(({ key }) => key).toSorted());
    expect(attempts.filter(({ attempt }) => attempt !== 1)).toEqual([]);
    expect(attempts.map(({ claimId }) => claimId)).toEqual(expect.arrayContaining(claims));
    const sums = await stack.db.ledgerEntry.groupBy({ by: ['account'], _sum: { amount: true } });
    const on = Object.fromEntries(sums.map(({ account, _sum }) => [account, Number(_sum.amount)]));
    expect([on['payable'], on['sent']]).toEqual([0, 0]);
    const paid = await stack.db.claim.aggregate({ where: { state: 'settled' }, _sum: { amount: true } });
    expect(on['paid']).toBe(Number(paid._sum.amount));
  });
});

describe("Temporal's store is lost during payments", () => {
  const rowsOf = { orderBy: { id: 'asc' } } as const;
  let batch: Call;
  let recovery: string;
  let deciding: string;
  let checking: string;

  /** A correction of a month without work. The employer objects, so the second person may decide at once. */
  async function corrected(claim: string): Promise<string> {
    const body = { reason: 'nothing_worked', words: 'Nobody worked.', nothingWorked: true, document };
    const { id } = await stack.done({ as: reviewer, to: `/claims/${claim}/correction`, body });
    await stack.done({ as: employer, to: `/approvals/${id}/objection`, body: { words: 'Somebody did.' } });
    return id;
  }

  const inState = (state: string) => stack.db.claim.findMany({ where: { state, open: true }, ...rowsOf });

  /** A batch of two approvals. Worker and API are killed after the first is carried out. */
  async function partWay(): Promise<void> {
    const [one, other] = (await inState('ready')).map(({ id, revision, amount }) => ({
      claim: id,
      revision,
      amount: Number(amount),
    }));
    if (!one || !other) throw new Error('too few claims are ready');
    const held = new Postgres({ connectionString: stack.postgres.url });
    await held.connect();
    await held.query('begin');
    await held.query('select id from subsidies where id = $1 for update', [other.claim.slice(0, 8)]);
    batch = { as: finance, to: '/claims/approvals', key: randomUUID(), body: { items: [one, other] } };
    const cutOff = stack.call({ ...batch, method: 'POST' });
    await eventually(async () => (await stepOf(one.claim)) === 'answer taken');
    await eventually(async () => (await stepOf(other.claim)) === 'given');
    await Promise.all([stack.worker.kill9(), stack.api.kill9()]);
    await held.end();
    await cutOff;
  }

  /** The workflow ids of all rows that wait. */
  async function waiting(): Promise<string[]> {
    const named = await Promise.all(
      rowKinds.map(async (kind) => (await openIds(stack.db, kind)).map((id) => subjectOf(kind, id))),
    );
    return named.flat().toSorted();
  }

  /** All rows of the record. */
  const recorded = (): Promise<unknown[]> => {
    const { db } = stack;
    return Promise.all([
      db.subsidy.findMany(rowsOf),
      db.claim.findMany(rowsOf),
      db.payment.findMany({ orderBy: { key: 'asc' } }),
      db.approval.findMany(rowsOf),
      db.recovery.findMany(rowsOf),
      db.budgetLine.findMany(rowsOf),
      db.statement.findMany(rowsOf),
      db.ledgerEntry.findMany(rowsOf),
      db.task.findMany(rowsOf),
      db.event.findMany(rowsOf),
      db.notice.findMany({ orderBy: { key: 'asc' } }),
      orders(),
    ]);
  };

  beforeAll(async () => {
    await stack.worker.restart();
    const [overpaid, doubtful] = await stack.db.claim.findMany({
      where: { state: 'settled', subsidy: { open: true } },
      ...rowsOf,
    });
    if (!overpaid || !doubtful) throw new Error('too few claims are settled');
    const correction = await corrected(overpaid.id);
    await stack.done({ as: finance, to: `/approvals/${correction}/decision`, body: { approve: true } });
    recovery = (await stack.db.recovery.findFirstOrThrow({ where: { open: true } })).id;
    deciding = await corrected(doubtful.id);
    // On the month's first working day the claims ask their questions one after the other.
    await stack.setClock(new Date('2024-11-01T13:45:00+05:00'));
    await stack.quiet();
    checking = (await inState('checking')).at(-1)?.id ?? '';
    await partWay();
    await stack.temporal.halt();
    stack.temporal.lose();
    await stack.temporal.restart();
    await stack.api.restart();
  });

  test('nothing runs, and the record has the waits: a payment, decisions, a question', async () => {
    expect(await stack.running()).toEqual([]);
    const states = await stack.db.claim.findMany({ where: { open: true }, select: { state: true } });
    expect(new Set(states.map(({ state }) => state))).toEqual(new Set(['checking', 'ready', 'sent']));
    expect(await waiting()).toEqual(expect.arrayContaining([`approval/${deciding}`, `claim/${checking}`]));
  });

  test('reconcile begins the workflow of every row that waits, and given commands are carried out', async () => {
    const rows = await waiting();
    expect(await stack.reconcile()).toContain(`${rows.length + (await besideRows(stack))} begun, 0 woken`);
    expect(await runningInTheEnd(stack, rows)).toEqual(rows);
    await stack.worker.restart();
    await stack.quiet();
    const then = await waiting();
    expect(await runningInTheEnd(stack, then)).toEqual(then);
    const { results } = await stack.done(batch);
    expect(results).toMatchObject([{ result: 'approved' }, { result: 'approved' }]);
  });

  test('a second run changes nothing', async () => {
    await stack.step('20m'); // questions that are asked again within minutes have been asked
    const [before, rows] = [await recorded(), await waiting()];
    expect(await stack.reconcile()).toContain(`0 begun, ${rows.length + (await besideRows(stack))} woken`);
    await stack.quiet();
    expect(await recorded()).toEqual(before);
    expect(await runningInTheEnd(stack, rows)).toEqual(rows);
  });

  test('every row continues: paid once, asked, decided, the debt set off', async () => {
    await stack.setClock(new Date('2024-11-04T10:00:00+05:00'));
    await stack.quiet();
    const { items } = batch.body as { items: { claim: string }[] };
    for (const { claim } of items) {
      expect(await stack.get(employer, `/claims/${claim}`)).toMatchObject({ state: 'settled' });
      const sent = (await orders()).filter(({ key }) => key.startsWith(claim));
      expect(sent).toMatchObject([{ key: `${claim}/1`, executed: 1 }]);
    }
    expect(await stack.get(finance, `/claims/${checking}`)).toMatchObject({ state: 'ready' });
    await stack.done({
      as: finance,
      to: `/approvals/${deciding}/decision`,
      body: { approve: false, words: 'No.' },
    });
    // The first payment on its line was set off against the debt.
    expect(await stack.get(employer, `/recoveries/${recovery}`)).toMatchObject({
      state: 'repaid',
      waitingFor: null,
    });
  });
});
