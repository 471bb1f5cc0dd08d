import type { Actor } from '../../domain/roles';
import type { WageApplication } from '../../domain/money/commands';
import type { Programme } from '../../domain/policy';
import { approvalFile } from '../../activities/money/approval';
import { claimFile } from '../../activities/money/claim';
import { lineFile } from '../../activities/money/line';
import { recoveryFile } from '../../activities/money/recovery';
import { statementFile } from '../../activities/money/statement';
import { adaptationFile, subsidyFile } from '../../activities/money/subsidy';
import { applyForWages } from '../../records/money/applying';
import { openLine, setLine } from '../../records/money/lines';
import { nextNumber } from '../../records/numbers';
import { type Bench, DISTRICT, employerActor, PINFL, seed, startBench, STIR } from './bench';

/** The offices of the money, in the bench's one district. */
const official = (id: string, role: Actor['role'], rank: Actor['rank'], area: string): Actor => ({
  id,
  role,
  rank,
  area,
});
export const reviewer = official('employment_officer-1', 'employment_officer', 'officer', DISTRICT);
export const headOfEmployment = official('employment_officer-head', 'employment_officer', 'head', DISTRICT);
export const financeOfficer = official('finance_officer-1', 'finance_officer', 'officer', '1726');
export const secondFinanceOfficer = official('finance_officer-2', 'finance_officer', 'officer', '1726');
export const chiefFinance = official('finance_officer-head', 'finance_officer', 'head', '1726');

export const moneyFiles = [
  subsidyFile,
  adaptationFile,
  claimFile,
  approvalFile,
  lineFile,
  recoveryFile,
  statementFile,
];

/**
 * A bench with the money's offices, lines with money on them, and an employer with a confirmed account.
 *
 * @param statements whether the treasury's statement is asked for and matched every working day
 */
export async function startMoneyBench(from: string, { onLines = 1_000_000_000n, statements = false } = {}) {
  const files = moneyFiles.filter(({ kind }) => kind !== 'statement' || statements);
  const bench = await startBench(files, from);
  const world = await seed(bench);
  const officials = [headOfEmployment, financeOfficer, secondFinanceOfficer, chiefFinance];
  await bench.db.official.createMany({
    data: officials.map(({ id, role, rank, area }) => ({
      id,
      name: id,
      role,
      rank,
      area,
      email: `${id}@example.uz`,
    })),
  });
  const account = await confirmedAccount(bench, world.employerId);
  const year = Number(from.slice(0, 4));
  for (const programme of ['hire_pwd', 'above_quota', 'workplace_adaptation'] as const)
    for (const each of [year, year + 1]) await line(bench, programme, each, onLines);
  return { ...bench, ...world, account, employer: employerActor(world.employerId) };
}

export type MoneyBench = Awaited<ReturnType<typeof startMoneyBench>>;

/** A line of the bench's region with an amount on it. */
export const line = (bench: Pick<Bench, 'write'>, programme: Programme, year: number, amount: bigint) =>
  bench.write('line/test', async (unit) => {
    const id = await openLine(unit, { programme, region: '1726', year });
    await setLine(unit, id, amount, `Budget ${year}`);
    return id;
  });

async function confirmedAccount(bench: Bench, employerId: string): Promise<string> {
  const id = await nextNumber(bench.db, 'account');
  const now = await bench.clock.now();
  await bench.db.account.create({
    data: {
      id,
      employerId,
      number: '20208000900123456001',
      mfo: '00014',
      holderStir: STIR,
      state: 'confirmed',
      proposedBy: 'somebody',
      proposedAt: now,
      confirmedBy: 'somebody-else',
      confirmedAt: now,
      usableFrom: now,
    },
  });
  return id;
}

const paper = { number: '12', date: '2023-01-10', issuer: 'Nur Tikuv MChJ' };

/** Applies for a wage subsidy for the bench's person, hired on a day that YAMMT knows. */
export async function apply(
  bench: MoneyBench,
  hiredOn: string,
  changed: Partial<WageApplication> = {},
): Promise<string> {
  await bench.sandbox.script({ yammt: { hires: { pinfl: PINFL, stir: STIR, on: hiredOn } } });
  const employer = await bench.db.employer.findUniqueOrThrow({ where: { id: bench.employerId } });
  const id = await bench.write(
    'api/test',
    (unit) =>
      applyForWages(unit, employer, bench.personId, {
        programme: 'hire_pwd',
        group: 2,
        hiredOn,
        contract: 'T-1',
        documents: { hiring_order: paper, category_proof: paper },
        ...changed,
      }),
    bench.employer,
  );
  await bench.settle();
  return id;
}

/** From application to the signed order, as if nobody hesitated. */
export async function ordered(
  bench: MoneyBench,
  hiredOn: string,
  changed: Partial<WageApplication> = {},
): Promise<string> {
  const id = await apply(bench, hiredOn, changed);
  await bench.give(`subsidy/${id}`, 'review', { outcome: 'propose' }, reviewer);
  const date = (await bench.clock.now()).toISOString().slice(0, 10);
  await bench.give(`subsidy/${id}`, 'order', { number: `B-${id}`, date }, headOfEmployment);
  return id;
}

/** Approves a claim as it stands. */
export async function approve(bench: MoneyBench, id: string, officer: Actor = financeOfficer) {
  const claim = await bench.db.claim.findUniqueOrThrow({ where: { id } });
  return bench.give(
    `claim/${id}`,
    'approval',
    { revision: claim.revision, amount: Number(claim.amount) },
    officer,
  );
}

/** A subsidy's claims: month, state and amount. */
export async function claimsOf(bench: MoneyBench, subsidyId: string): Promise<[string, string, number][]> {
  const claims = await bench.db.claim.findMany({ where: { subsidyId }, orderBy: { id: 'asc' } });
  return claims.map(({ month, state, amount }) => [month, state, Number(amount)]);
}

/** What stands on each account of a line; 0 is left out. */
export async function accounts(bench: MoneyBench, lineId: string): Promise<Record<string, number>> {
  const sums = await bench.db.ledgerEntry.groupBy({
    by: ['account'],
    where: { lineId },
    _sum: { amount: true },
  });
  return Object.fromEntries(
    sums
      .filter(({ account, _sum }) => account !== 'appropriation' && _sum.amount !== 0n)
      .map(({ account, _sum }) => [account, Number(_sum.amount)]),
  );
}
