import { type Day, dayOf } from '../../domain/day';
import { firstDay, monthOf } from '../../domain/money/months';
import { RuleError, type RuleErrorCode } from '../../domain/money/rule-error';
import { policyFor } from '../../domain/money/terms';
import { type LengthName } from '../../domain/lengths';
import { type ObligationKind, obligations, type Duty } from '../../domain/obligations';
import { inForce, isPaidOnce, type Policy, STIPEND } from '../../domain/policy';
import { changedLengths } from '../../domain/policy-changes';
import { Prisma, type Subsidy } from '../../prisma/generated/client';
import type { Tx } from '../../prisma/db';
import type { Law } from '../kernel/law';
import type { Transaction } from '../kernel/transaction';
import { type Laws, type Part, versionBefore } from './policies';
import { costsWorth, type WithDays, worthsOf } from './terms';

/** The changes that a part of the law makes for one subsidy. An adaptation's one amount has the month ''. */
export type SubsidyEffect = {
  /** The version whose terms it keeps. */
  policy: { before: string; after: string };
  /** The reason why it keeps its terms though the new version is in force on its day: under that version it would be worth 0. */
  keeps?: RuleErrorCode;
  months: { month: string; before: bigint; after: bigint }[];
};

type Reader = Pick<Transaction, 'today' | 'calendar'>;

/**
 * The changes that a part of the law makes for a subsidy [money §1]; undefined when there are none. The amounts of its months
 * change. The version of its terms changes where the new version is in force on the day that decides the terms.
 */
export async function effectOnSubsidy(
  transaction: Reader,
  row: WithDays,
  { kind, part }: Part,
  { before, after }: Laws,
): Promise<SubsidyEffect | undefined> {
  const kept = row.policyId === part.id ? (versionFor(before, row) ?? row.policyId) : row.policyId;
  const moves = kind === 'version' && versionFor(after, row) === part.id;
  const old = await worthsUnder(transaction, { ...row, policyId: kept }, before);
  let next = await worthsUnder(transaction, { ...row, policyId: moves ? part.id : kept }, after);
  let keeps: RuleErrorCode | undefined;
  if (moves && typeof next === 'string' && row.decidedAt !== null) {
    keeps = next;
    next = await worthsUnder(transaction, { ...row, policyId: kept }, after);
  }
  const policy = { before: kept, after: moves && !keeps ? part.id : kept };
  const months = typeof next === 'string' ? [] : differences(typeof old === 'string' ? new Map() : old, next);
  if (months.length === 0 && policy.before === policy.after && !keeps) return undefined;
  return { policy, ...(keeps && { keeps }), months };
}

type Worths = ReadonlyMap<string, bigint>;

/** The amount of each month under a law, or the reason why it has none. */
async function worthsUnder(transaction: Reader, row: WithDays, law: Law): Promise<Worths | RuleErrorCode> {
  const there = { today: transaction.today, calendar: transaction.calendar, law: () => Promise.resolve(law) };
  try {
    if (isPaidOnce(row)) return new Map([['', (await costsWorth(there, row)).amount]]);
    return new Map((await worthsOf(there, row)).map(({ month, amount }) => [month, amount]));
  } catch (error) {
    if (error instanceof RuleError) return error.code;
    throw error;
  }
}

const differences = (old: Worths, next: Worths): SubsidyEffect['months'] =>
  [...new Set([...old.keys(), ...next.keys()])]
    .map((month) => ({ month, before: old.get(month) ?? 0n, after: next.get(month) ?? 0n }))
    .filter(({ before, after }) => before !== after)
    .toSorted((a, b) => (a.month < b.month ? -1 : 1));

/** The version whose terms a subsidy keeps under a law: a stipend those of the first day of study [measures §4]. */
const versionFor = ({ policies }: Law, row: Subsidy): string | undefined =>
  row.programme === STIPEND
    ? inForce(policies, row.periodFrom ?? row.appliedOn)?.id
    : policyFor(policies, {
        hire: row.hiredOn ?? row.appliedOn,
        application: row.appliedOn,
        order: (row.order as { date: Day } | null)?.date,
      })?.id;

/** A place in the list of subsidies, which is in the order of their orders. Subsidies without an order are last. */
export const FIRST = '-infinity ';

/**
 * The next subsidies that a part of the law can change, the oldest order first, each with its place in the list.
 *
 * @param after `FIRST`, or the last place
 */
export async function touchedSubsidies(
  tx: Pick<Tx, '$queryRaw'>,
  { kind, part }: Part,
  after: string,
  limit: number,
): Promise<{ id: string; place: string }[]> {
  const [at = '', id = ''] = after.split(' ');
  if (kind === 'amount' && part.name !== 'bhm') return [];
  const month = firstDay(monthOf(part.validFrom));
  const touched =
    kind === 'version'
      ? Prisma.sql`greatest(hired_on, applied_on, "order"->>'date', CASE programme WHEN ${STIPEND} THEN period_from END) >= ${part.validFrom}`
      : Prisma.sql`(period_to IS NULL OR period_to >= ${month} OR "order"->>'date' >= ${part.validFrom})`;
  return tx.$queryRaw<{ id: string; place: string }[]>`
    SELECT id, replace(coalesce(ordered_at, 'infinity')::text, ' ', 'T') || ' ' || id AS place FROM subsidies
    WHERE state NOT IN ('refused', 'abandoned') AND ${touched}
      AND (coalesce(ordered_at, 'infinity'), id) > (${at}::timestamptz, ${id})
    ORDER BY coalesce(ordered_at, 'infinity'), id LIMIT ${limit}::int`;
}

/** The deadlines that a version gives another length, if it applies to running deadlines. */
export function lengthsFor(part: Policy, laws: Laws): ReadonlySet<LengthName> {
  return part.appliesTo === 'running'
    ? changedLengths(versionBefore(laws, part).rules, part.rules)
    : new Set<LengthName>();
}

/** The kinds of waits that have one of these lengths. */
export const kindsWith = (lengths: ReadonlySet<LengthName>): ObligationKind[] =>
  (Object.entries(obligations) as [ObligationKind, { duties: readonly Duty[] }][])
    .filter(([, { duties }]) => duties.some(({ length }) => length !== undefined && lengths.has(length)))
    .map(([kind]) => kind);

/** Whether a part of the law reaches back: valid from a day before today. */
export const reachesBack = ({ part }: Part, now: Date): boolean => part.validFrom < dayOf(now);
