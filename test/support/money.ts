import type { Clock } from '../../domain/clock';
import { makePinfl } from '../../domain/pinfl';
import type { Actor } from '../../domain/roles';
import type { WageApplication } from '../../contracts/subsidy';
import type { Programme } from '../../domain/policy';
import type { AnyRowHandlers } from '../../activities/row-handlers';
import { approvalHandlers } from '../../activities/money/approval';
import { claimHandlers } from '../../activities/money/claim';
import { lineHandlers } from '../../activities/money/line';
import { newsHandlers } from '../../activities/news';
import { recoveryHandlers } from '../../activities/money/recovery';
import { statementHandlers } from '../../activities/money/statement';
import { startSubsidyHandlers } from '../../activities/money/start-subsidy';
import { stipendHandlers } from '../../activities/money/stipend';
import { adaptationHandlers, subsidyHandlers } from '../../activities/money/subsidy';
import { applyForAdaptation, applyForWages } from '../../records/money/applying';
import { openLine, setLine } from '../../records/money/lines';
import { nextNumber } from '../../records/kernel/numbers';
import { subjectOf } from '../../records/kernel/rows';
import { wake } from '../../records/kernel/wake';
import type { Sandbox } from '../../registers/sandbox/server';
import { type Bench, DISTRICT, employerActor, knowOfficials, MAHALLA, seed, startBench } from './bench';

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

export const moneyHandlers = [
  subsidyHandlers,
  adaptationHandlers,
  stipendHandlers,
  startSubsidyHandlers,
  claimHandlers,
  approvalHandlers,
  lineHandlers,
  recoveryHandlers,
  statementHandlers,
  newsHandlers,
];

/**
 * A bench with the offices of the money, lines with money, and an employer with a confirmed account.
 *
 * @param statements whether the treasury's statement is requested and matched every working day
 * @param beside the handlers of other kinds
 */
export async function startMoneyBench(
  from: string,
  { onLines = 1_000_000_000n, statements = false, beside = [] as readonly AnyRowHandlers[] } = {},
) {
  const files = moneyHandlers.filter(({ kind }) => kind !== 'statement' || statements);
  const bench = await startBench([...files, ...beside], from);
  return { ...bench, ...(await furnish(bench, onLines)) };
}

/** The place of a trial of the money: the bench, or a pathway on the servers. */
export type Trial = Pick<Bench, 'db' | 'write' | 'settle' | 'give'> & {
  clock: Clock;
  sandbox: Pick<Sandbox, 'script'>;
};

/** The world of the bench with the offices of the money, an employer's confirmed account, and lines of this year and the next. */
export async function furnish(on: Trial, onLines = 1_000_000_000n) {
  const world = await seed(on);
  await knowOfficials(on.db, [headOfEmployment, financeOfficer, secondFinanceOfficer, chiefFinance]);
  const account = await confirmedAccount(on, world.employerId);
  const year = (await on.clock.now()).getUTCFullYear();
  for (const programme of ['hire_pwd', 'above_quota', 'workplace_adaptation'] as const)
    for (const each of [year, year + 1]) await line(on, programme, each, onLines);
  return { ...world, account, employer: employerActor(world.employerId) };
}

/** A trial with the world in it. */
export type Furnished = Trial & Awaited<ReturnType<typeof furnish>>;

export type MoneyBench = Awaited<ReturnType<typeof startMoneyBench>>;

/** A line of the bench's region with an amount. */
export const line = (bench: Pick<Trial, 'write'>, programme: Programme, year: number, amount: bigint) =>
  bench.write('line/test', async (transaction) => {
    const id = await openLine(transaction, { programme, region: '1726', year });
    await setLine(transaction, id, amount, `Budget ${year}`);
    return id;
  });

/** The same trial with another person, who works at the same employer. */
export async function withAnotherWorker<On extends Furnished>(on: On): Promise<On> {
  const personId = await nextNumber(on.db, 'person');
  const pinfl = makePinfl('1985-04-12', 'female', personId.slice('P-'.length));
  const person = { id: personId, pinfl, name: 'Nodira Karimova', birth: '1985-04-12', sex: 'female' };
  const createdAt = await on.clock.now();
  await on.db.person.create({ data: { ...person, mahalla: MAHALLA, createdAt } });
  return { ...on, personId };
}

/** The number of every confirmed account. */
export const ACCOUNT = '20208000900123456001';

/** An employer's confirmed account, ready for payments. @returns its id */
export async function confirmedAccount(
  bench: Pick<Trial, 'db' | 'clock'>,
  employerId: string,
): Promise<string> {
  const { stir } = await bench.db.employer.findUniqueOrThrow({ where: { id: employerId } });
  const id = await nextNumber(bench.db, 'account');
  const now = await bench.clock.now();
  await bench.db.account.create({
    data: {
      id,
      employerId,
      number: ACCOUNT,
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
  return id;
}

export const paper = { number: '12', date: '2023-01-10', issuer: 'Nur Tikuv MChJ' };

/** Applies for a wage subsidy for the bench's person, hired on a day that YAMMT knows. */
export async function apply(
  bench: Furnished,
  hiredOn: string,
  changed: Partial<WageApplication> = {},
): Promise<string> {
  const { pinfl } = await bench.db.person.findUniqueOrThrow({ where: { id: bench.personId } });
  const { stir } = await bench.db.employer.findUniqueOrThrow({ where: { id: bench.employerId } });
  await bench.sandbox.script({ yammt: { hires: { pinfl, stir, on: hiredOn } } });
  return applyFor(bench, bench.personId, { hiredOn, ...changed });
}

/** The bench's employer applies for a person. */
export async function applyFor(
  bench: Furnished,
  personId: string,
  changed: Partial<WageApplication> & { hiredOn: string },
): Promise<string> {
  const employer = await bench.db.employer.findUniqueOrThrow({ where: { id: bench.employerId } });
  const application = {
    programme: 'hire_pwd' as const,
    group: 2 as const,
    contract: 'T-1',
    documents: { hiring_order: paper, category_proof: paper },
    ...changed,
  };
  const id = await bench.write(
    'api/test',
    async (transaction) => {
      const made = await applyForWages(transaction, employer, personId, application);
      wake(transaction, subjectOf('subsidy', made));
      return made;
    },
    bench.employer,
  );
  await bench.settle();
  return id;
}

/** Applies for adapting workplaces for the bench's person, hired on a day that YAMMT knows; costs in so'm by workplace. */
export async function applyToAdapt(
  bench: Furnished,
  hiredOn: string,
  costs: Readonly<Record<string, number>>,
  others: readonly string[] = [],
): Promise<string> {
  const { pinfl } = await bench.db.person.findUniqueOrThrow({ where: { id: bench.personId } });
  const employer = await bench.db.employer.findUniqueOrThrow({ where: { id: bench.employerId } });
  await bench.sandbox.script({ yammt: { hires: { pinfl, stir: employer.stir, on: hiredOn } } });
  const application = {
    programme: 'workplace_adaptation' as const,
    workers: [bench.personId, ...others].map((person) => ({ person, hiredOn })),
    costs: Object.entries(costs).map(([workplace, amount]) => ({
      workplace,
      what: 'A ramp',
      tiyin: amount * 100,
      document: { issuerStir: '305555555', number: `F-${workplace}`, date: hiredOn },
    })),
    documents: { hiring_order: paper, expert_conclusion: paper },
    entrepreneur: true,
  };
  const id = await bench.write(
    'api/test',
    async (transaction) => {
      const made = await applyForAdaptation(transaction, employer, application);
      wake(transaction, subjectOf('adaptation', made));
      return made;
    },
    bench.employer,
  );
  await bench.settle();
  return id;
}

/** From application to the signed order, without delay. */
export async function ordered(
  bench: Furnished,
  hiredOn: string,
  changed: Partial<WageApplication> = {},
): Promise<string> {
  const id = await apply(bench, hiredOn, changed);
  await bench.give(`subsidy/${id}`, 'review', { outcome: 'propose' }, reviewer);
  const date = (await bench.clock.now()).toISOString().slice(0, 10);
  await bench.give(`subsidy/${id}`, 'order', { number: `B-${id}`, date }, headOfEmployment);
  return id;
}

/** Approves a claim with its present revision and amount. */
export async function approve(bench: Furnished, id: string, officer: Actor = financeOfficer) {
  const claim = await bench.db.claim.findUniqueOrThrow({ where: { id } });
  return bench.give(
    `claim/${id}`,
    'approval',
    { revision: claim.revision, amount: Number(claim.amount) },
    officer,
  );
}

/** A subsidy's claims: month, state and amount. */
export async function claimsOf(
  bench: Pick<Trial, 'db'>,
  subsidyId: string,
): Promise<[string, string, number][]> {
  const claims = await bench.db.claim.findMany({ where: { subsidyId }, orderBy: { id: 'asc' } });
  return claims.map(({ month, state, amount }) => [month, state, Number(amount)]);
}

/** The balance of each account of a line, without accounts of 0. */
export async function accounts(bench: Pick<Trial, 'db'>, lineId: string): Promise<Record<string, number>> {
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
