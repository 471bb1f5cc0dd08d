import { dayOf } from '../domain/day';
import { makePinfl } from '../domain/pinfl';
import { type Going, going, keptWaits } from '../domain/storage';
import { foresee } from '../records/pruning/batch';
import { people, testApi } from '../test/support/api';
import { caseManager, inspector, pathwayHandlers, refer, startBench } from '../test/support/bench';
import { caseWithPlan, person } from '../test/support/cases';
import { approve, claimsOf, furnish, moneyHandlers, ordered } from '../test/support/money';
import { prune } from '../test/support/pruning';

/*
 * Ten years of a small record, with the same case in each year, and a removal of old data in each. What people read stays as it was. What
 * the service keeps for itself levels off.
 */

const YEARS = 10;
/** The first year whose data of three years ago was removed. */
const LEVEL = 5;

async function startRecord() {
  // Statements for each working day of ten years would take the time of the test.
  const handlers = [...pathwayHandlers, ...moneyHandlers.filter(({ kind }) => kind !== 'statement')];
  const bench = await startBench(handlers, '2024-01-08T09:00:00+05:00');
  return { bench: { ...bench, ...(await furnish(bench)) }, api: await testApi({ records: bench.records }) };
}

let bench: Awaited<ReturnType<typeof startRecord>>['bench'];
let api: Awaited<ReturnType<typeof startRecord>>['api'];
beforeAll(async () => {
  ({ bench, api } = await startRecord());
});
afterAll(async () => {
  await api.close();
  await bench.close();
});

const today = async () => dayOf(await bench.clock.now());

/** A new person of the mahalla, referred to the job of a kind; the employer has the referral. */
async function referred(year: number, kind: 'vacant' | 'reserved') {
  const n = 2 * year + (kind === 'vacant' ? 0 : 1);
  const pinfl = makePinfl('1990-05-05', 'female', String(n + 1).padStart(6, '0'));
  const known = {
    group: 2 as const,
    validUntil: '2040-01-01',
    suitableKinds: ['sewing'],
    unsuitableKinds: [],
  };
  await bench.sandbox.script({ tiek: { knows: { pinfl, ...known, conditions: [], words: 'light work' } } });
  await bench.db.vacancy.updateMany({ data: { places: { increment: 1 }, state: 'open' } });
  const personId = await person(bench, { pinfl, phone: `+9989000000${String(n).padStart(2, '0')}` });
  const caseId = await caseWithPlan(bench, personId);
  return { pinfl, caseId, referral: await refer(bench, caseId, bench[kind]) };
}

/** What people read of a case and its referral. */
const readsOf = ({ caseId, referral }: { caseId: string; referral: string }) => [
  `/cases/${caseId}`,
  `/cases/${caseId}/timeline?limit=100`,
  `/referrals/${referral}`,
];

/** A person is referred, and withdraws. @returns what people read of it */
async function withdrawal(year: number): Promise<string[]> {
  const withdrawn = await referred(year, 'reserved');
  await bench.pass('2d');
  await bench.give(`case/${withdrawn.caseId}`, 'withdrawal', { reason: 'wish' }, caseManager);
  await bench.pass('1d');
  return readsOf(withdrawn);
}

/** One person is hired and kept for six months, and the employer of another says nothing. @returns what people read of it */
async function lives(): Promise<string[]> {
  const from = await today();
  const silent = await referred(YEARS, 'reserved');
  const hired = await referred(YEARS, 'vacant');
  const decision = { decision: 'accept', startOn: from };
  await bench.give(`referral/${hired.referral}`, 'decision', decision, bench.employer);
  const { stir } = await bench.db.employer.findUniqueOrThrow({ where: { id: bench.employerId } });
  await bench.sandbox.script({ yammt: { hires: { pinfl: hired.pinfl, stir, on: from } } });
  await bench.give(`referral/${hired.referral}`, 'contract', { contract: 'K-1' }, bench.employer);
  await bench.pass('12d');
  const { id } = await bench.db.inspection.findFirstOrThrow({ where: { caseId: silent.caseId } });
  const resolution = { resolution: 'justified', grounds: 'The workshop was closed.' };
  await bench.give(`inspection/${id}`, 'resolution', resolution, inspector);
  await bench.give(`case/${silent.caseId}`, 'withdrawal', { reason: 'wish' }, caseManager);
  const job = await bench.db.employment.findFirstOrThrow({ where: { caseId: hired.caseId } });
  for (let check = 1; check <= 6; check++) {
    await bench.pass('31d');
    const said = { check, reached: true, works: true, paid: true };
    await bench.give(`retention/${job.id}`, 'conversation', said, caseManager);
  }
  const closure = { outcome: 'retained', summary: 'Works, and is content.', personAgrees: true };
  await bench.give(`case/${hired.caseId}`, 'closure', closure, caseManager);
  const year = `from=${from}&to=${await today()}`;
  return [
    ...[hired, silent].flatMap(readsOf),
    `/employments/${job.id}`,
    `/inspections/${id}`,
    ...['programme', 'pathway', 'subsidies'].map((name) => `/reports/${name}?${year}`),
  ];
}

/** A subsidy with three paid months. @returns the chain of each, as the auditor reads it */
async function payments(): Promise<string[]> {
  const hiredOn = await today();
  const subsidy = await ordered(bench, hiredOn);
  const claims = ['2024-01', '2024-02', '2024-03'].map((month) => `${subsidy}-${month}`);
  const waiver = { from: '2024-03-25', code: 'waived', words: 'Later days are not needed.' };
  await bench.pass('60d');
  await bench.give(`subsidy/${subsidy}`, 'stop', waiver, bench.employer);
  await bench.pass('30d');
  for (const claim of claims) await approve(bench, claim);
  await bench.pass('10d');
  expect(await claimsOf(bench, subsidy)).toEqual(
    claims.map(() => [expect.any(String), 'settled', expect.any(Number)]),
  );
  return claims.map((claim) => `/claims/${claim}`);
}

const read = async (path: string) => {
  api.time.now = await bench.clock.now();
  const { status, body } = await api.as(people.auditor).get(path);
  if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
  return body;
};

/** Beside what is read of a row, who waits for what now. */
const readAll = async (paths: readonly string[]) => {
  const found: Record<string, unknown> = {};
  for (const path of paths) found[path] = await read(path);
  return found;
};

interface Size {
  rows: Record<Going, number>;
  bodies: number;
}

async function sizes(): Promise<Size> {
  const counts = await Promise.all(
    going.map(async (table) => {
      const [row] = await bench.db.$queryRawUnsafe<[{ n: number }]>(
        `SELECT count(*)::int AS n FROM ${table}`,
      );
      return [table, row.n] as const;
    }),
  );
  const [{ n }] = await bench.db.$queryRaw<[{ n: number }]>`
    SELECT count(*)::int AS n FROM commands WHERE body IS NOT NULL`;
  return { rows: Object.fromEntries(counts) as Size['rows'], bodies: n };
}

test('ten years: the size levels off, and every report, row, timeline and chain is as before', async () => {
  const first = new Map<string, unknown>();
  const grown: Size[] = [];
  const foreseen: number[] = [];
  let paths = [...(await payments()), ...(await lives())];
  for (let year = 0; year < YEARS; year++) {
    const begun = `${2024 + year + 1}-03-01T09:00:00+05:00`;
    paths = [...paths, ...(await withdrawal(year))];
    const days = Math.round((Date.parse(begun) - (await bench.clock.now()).getTime()) / 86_400_000);
    await bench.pass(`${days}d`);
    const before = await readAll(paths);
    if (year === LEVEL - 3) for (const [path, answer] of Object.entries(before)) first.set(path, answer);
    foreseen.push((await foresee(bench.db, 'tasks', 1096, await today())).rows);
    await prune(bench.records);
    expect(await readAll(paths)).toEqual(before);
    grown.push(await sizes());
  }
  expect(await readAll([...first.keys()])).toEqual(Object.fromEntries(first));

  // Only what stays by the table grows: the waits for a decision, and the messages that brought a referral.
  const level = grown.slice(LEVEL);
  const yearly = (of: (size: Size) => number) =>
    level.slice(1).map((size, i) => of(size) - of(level[i] ?? size));
  const kept = await bench.db.task.count({
    where: { kind: { in: [...keptWaits] }, NOT: { closedAt: null } },
  });
  expect(kept).toBe(YEARS + 3);
  for (const growth of yearly(({ rows }) => rows.tasks)) expect(growth).toBeLessThanOrEqual(5);
  for (const growth of yearly(({ rows }) => rows.notices)) expect(growth).toBeLessThanOrEqual(12);
  for (const growth of yearly(({ rows }) => rows.register_answers)) expect(growth).toBeLessThanOrEqual(2);
  expect(new Set(level.map(({ bodies }) => bodies)).size).toBe(1);
  const [last] = await bench.db.$queryRaw<[{ tasks: number; left: number }]>`
    SELECT max(id)::int AS tasks, count(*)::int AS left FROM tasks`;
  expect(last.left).toBeLessThan(last.tasks * 0.6);
  expect(foreseen.slice(0, 3)).toEqual([0, 0, 0]);
  expect(foreseen.slice(LEVEL).every((rows) => rows > 0)).toBe(true);
}, 600_000);
