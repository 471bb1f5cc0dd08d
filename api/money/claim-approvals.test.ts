import { rowHandlers } from '../../activities';
import { createRowActivities } from '../../activities/row-activities';
import { defaultSettings } from '../../domain/settings';
import { type Db, openDb } from '../../prisma/db';
import { Unavailable } from '../http/problem';
import {
  orderedSubsidy,
  payers,
  seeClaim,
  startPaidPathway,
  unknownWorker,
} from '../../test/support/paid-pathway';
import type { Pathway } from '../../test/support/pathway';
import { walked } from '../../test/support/walked';

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
type Result = { claim: string; result: string; blockers?: string[]; decision?: { by: string } };

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
  await pathway.db.participation.create({
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

describe('two batches at once over the same two hundred claims, three of them blocked', () => {
  const BLOCKED = [17, 99, 180];
  const officers = [payers.finance_officer, payers.second_finance] as const;
  let items: Item[];
  let results: Result[][];
  let connections: Db;

  beforeAll(async () => {
    items = await twoHundred();
    await pathway.db.claim.updateMany({
      where: { id: { in: BLOCKED.map((n) => items[n]?.claim ?? '') } },
      data: { checkPassed: false },
    });
    connections = openDb(pathway.url, 20);
    carryOutAtOnce(connections);
    results = await Promise.all(officers.map(untilTried));
  });
  afterAll(() => connections.$disconnect());

  /** Commands are carried out by the worker's activities alone: nothing is sent to the treasury. */
  function carryOutAtOnce(db: Db): void {
    const { workflows, time, sandbox } = pathway;
    const clock = { now: () => Promise.resolve(time.now) };
    const records = { db, clock, settings: defaultSettings };
    const activities = walked(db, createRowActivities(records, rowHandlers, sandbox.registers));
    workflows.carryOut = async (_subject, _name, commandId) => {
      await activities.carryOut(commandId);
      return 'done';
    };
  }

  /** The batch under one key, as often as it takes until each of its items is tried. */
  async function untilTried(officer: (typeof officers)[number]): Promise<Result[]> {
    for (;;) {
      const key = { 'Idempotency-Key': 'two-hundred' };
      const { status, body } = await pathway.as(officer).post('/claims/approvals', { items }, key);
      expect(status).toBe(200);
      const given = (body as { results: Result[] }).results;
      expect(given.map(({ claim }) => claim)).toEqual(items.map(({ claim }) => claim));
      if (given.every(({ result }) => result !== 'not_tried')) return given;
    }
  }

  test('of each claim one is told that it is approved and the other by whom; both are told what is blocked', () => {
    const expected = items.map((_item, n) => {
      if (BLOCKED.includes(n))
        return officers.map(() => ({ result: 'blocked', blockers: ['check_not_passed'] }));
      const by = officers.find((_officer, which) => results[which]?.[n]?.result === 'approved');
      return officers.map((officer) =>
        officer === by
          ? { result: 'approved' }
          : { result: 'already_decided', decision: { by: by?.sub, what: 'approved' } },
      );
    });
    expect(items.map((_item, n) => results.map((each) => each[n]))).toMatchObject(expected);
  });

  test('nothing is approved twice: one event, one approval and one posting each', async () => {
    const { db } = pathway;
    const approved = items.filter((_item, n) => !BLOCKED.includes(n)).map(({ claim }) => claim);
    expect(approved).toHaveLength(197);
    const claims = { id: { in: items.map(({ claim }) => claim) } };
    const left = await db.claim.findMany({ where: { ...claims, state: 'ready' }, orderBy: { id: 'asc' } });
    expect(left.map(({ id }) => id)).toEqual(BLOCKED.map((n) => items[n]?.claim));
    const subjects = approved.map((claim) => `claim/${claim}`);
    const events = await db.event.findMany({ where: { type: 'claim_approved', subject: { in: subjects } } });
    expect(events.map(({ subject }) => subject).toSorted()).toEqual(subjects.toSorted());
    const postings = await db.ledgerEntry.findMany({
      where: { claimId: claims.id, event: 'approved', account: 'payable' },
    });
    expect(postings.map(({ claimId, amount }) => [claimId, amount])).toEqual(
      expect.arrayContaining(approved.map((claim) => [claim, 510_000n])),
    );
    expect(postings).toHaveLength(197);
  });
});

/** Two hundred claims ready for a decision: one that came so far by itself, and as many more of other people made like it. */
async function twoHundred(): Promise<Item[]> {
  const [like] = await readyItems(1);
  if (!like) throw new Error('no claim');
  const { db } = pathway;
  const { subsidy, ...claim } = await db.claim.findUniqueOrThrow({
    where: { id: like.claim },
    include: { subsidy: true },
  });
  const person = await db.person.findUniqueOrThrow({
    where: { id: subsidy.personId },
    omit: { nameKey: true },
  });
  const commitment = await db.commitment.findUniqueOrThrow({
    where: { subsidyId_month: { subsidyId: subsidy.id, month: claim.month } },
  });
  const entitlement = await db.entitlement.findUniqueOrThrow({ where: { id: claim.entitlementId } });
  const tasks = await db.task.findMany({
    where: { subject: { in: [`claim/${claim.id}`, `subsidy/${subsidy.id}`] }, closedAt: null },
  });
  const ns = Array.from({ length: 199 }, (_, n) => n);
  const personOf = (n: number) => `P-8${String(n).padStart(5, '0')}`;
  const bornOn = (n: number) => `19${50 + (n % 40)}-0${1 + (n % 9)}-17`; // else all of them would be doubles
  const subsidyOf = (n: number) => `S-8${String(n).padStart(5, '0')}`;
  const claimOf = (n: number) => `${subsidyOf(n)}-${claim.month}`;
  const entitlementOf = (n: number) => BigInt(900_000 + n);
  const reserved = ['free', 'committed'] as const;
  await db.$transaction([
    db.person.createMany({
      data: ns.map((n) => ({
        ...person,
        id: personOf(n),
        pinfl: unknownWorker(),
        birth: bornOn(n),
      })) as never,
    }),
    db.subsidy.createMany({
      data: ns.map((n) => ({
        ...subsidy,
        id: subsidyOf(n),
        personId: personOf(n),
        orderNumber: `B-${subsidyOf(n)}`,
      })) as never,
    }),
    db.entitlement.createMany({
      data: ns.map((n) => ({ ...entitlement, id: entitlementOf(n), personId: personOf(n) })),
    }),
    db.commitment.createMany({ data: ns.map((n) => ({ ...commitment, subsidyId: subsidyOf(n) })) }),
    db.ledgerEntry.createMany({
      data: ns.flatMap((n) =>
        reserved.map((account) => ({
          posting: `like-${n}`,
          at: pathway.time.now,
          event: 'reserved',
          lineId: claim.lineId,
          account,
          amount: account === 'free' ? -commitment.amount : commitment.amount,
          subsidyId: account === 'free' ? '' : subsidyOf(n),
          act: 'order',
          actorId: 'system',
        })),
      ),
    }),
    db.claim.createMany({
      data: ns.map((n) => ({
        ...claim,
        id: claimOf(n),
        subsidyId: subsidyOf(n),
        entitlementId: entitlementOf(n),
      })) as never,
    }),
    db.task.createMany({
      data: ns.flatMap((n) =>
        tasks.map((task) => ({
          ...task,
          id: undefined,
          subject: task.subject.startsWith('claim/') ? `claim/${claimOf(n)}` : `subsidy/${subsidyOf(n)}`,
        })),
      ) as never,
    }),
  ]);
  return [like, ...ns.map((n) => ({ ...like, claim: claimOf(n) }))];
}
