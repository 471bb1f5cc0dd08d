import { Prisma, type Case, type Claim, type Referral, type Task } from '../../prisma/generated/client';
import type { Tx } from '../../prisma/db';
import type { RowKind } from '../../domain/pathways';
import { columnsOf, instant } from './columns';
import { type AroundCase, caseQuery } from './aggregates/case';
import { type AroundClaim, claimQuery } from './aggregates/claim';
import type { AggregateQuery } from './aggregates/aggregate-query';
import { type AroundReferral, referralQuery } from './aggregates/referral';
import { kinds } from './kinds';

export type { AroundCase, AroundReferral };

/**
 * A row with the rows around it that its answer, its preconditions and the names beside it need: one statement reads them all.
 * The kinds on which most decisions are taken have an aggregate.
 */

/** An open wait, as an answer shows it. */
export type Waiting = Pick<
  Task,
  'subject' | 'kind' | 'ref' | 'role' | 'rank' | 'assigneeId' | 'since' | 'due' | 'escalated' | 'policyId'
>;

/** The row and the rows around it, by kind. */
interface Around {
  case: { row: Case; around: AroundCase };
  referral: { row: Referral; around: AroundReferral };
  claim: { row: Claim; around: AroundClaim };
}

export type AggregateKind = keyof Around;
export type Aggregate<K extends AggregateKind> = Around[K] & { waiting: Waiting[] };

export type AnyAggregate = { [K in AggregateKind]: { kind: K } & Aggregate<K> }[AggregateKind];

export const hasAggregate = (kind: RowKind): kind is AggregateKind => kind in queries;

const queries: { readonly [K in AggregateKind]: AggregateQuery<Around[K]['row'], Around[K]['around']> } = {
  case: caseQuery,
  referral: referralQuery,
  claim: claimQuery,
};

/** A row of a kind, the rows around it, and its open waits, as columns of a statement in which the row is named `it`. */
export const aggregateColumns = (kind: AggregateKind): Prisma.Sql => Prisma.sql`
  ${columnsOf(queries[kind].fields, 'it')},
  ${queries[kind].around} AS around,
  (SELECT coalesce(json_agg(json_build_object('subject', subject, 'kind', kind, 'ref', ref, 'role', role, 'rank', rank,
      'assigneeId', assignee_id, 'since', ms(since), 'due', CASE WHEN isfinite(due) THEN ms(due) END, 'escalated', escalated, 'policyId', policy_id)
      ORDER BY id), '[]')
   FROM tasks WHERE closed_at IS NULL AND ${queries[kind].waits}) AS waiting`;

/** An aggregate as its columns are read: instants of waits are milliseconds since 1970. */
type Read = { waiting: (Omit<Waiting, 'since' | 'due'> & { since: number; due: number | null })[] };

/** An aggregate from what was read of it. */
export function aggregateOf<K extends AggregateKind>(
  kind: K,
  { waiting, around: rows, ...row }: object & Partial<Read> & { around?: unknown },
): Aggregate<K> {
  const aggregate: object = {
    row,
    around: queries[kind].revived(rows),
    waiting: (waiting ?? []).map(({ since, due, ...rest }) => ({
      ...rest,
      since: new Date(since),
      due: instant(due),
    })),
  };
  return aggregate as Aggregate<K>;
}

/**
 * The aggregates of rows of a kind, in one statement.
 *
 * @returns rows that do not exist are left out
 */
export async function readAggregates<K extends AggregateKind>(
  tx: Pick<Tx, '$queryRaw'>,
  kind: K,
  ids: readonly string[],
): Promise<Aggregate<K>[]> {
  const rows = await tx.$queryRaw<object[]>`
    SELECT ${aggregateColumns(kind)} FROM ${Prisma.raw(kinds[kind].table)} AS it WHERE it.id = ANY(${[...ids]})`;
  return rows.map((row) => aggregateOf(kind, row));
}

/** The transaction's locked row, as far as aggregates need it. */
type Locking = { tx: Pick<Tx, '$queryRaw'>; locked: { aggregate?: AnyAggregate } };

/** The aggregate that was read when the row was locked, if nobody has taken it. The next reader finds it, too. */
export function lockedAggregate<K extends AggregateKind>(
  { locked }: Locking,
  kind: K,
  id: string,
): Aggregate<K> | undefined {
  const { aggregate } = locked;
  return aggregate?.kind === kind && aggregate.row.id === id
    ? (aggregate as object as Aggregate<K>)
    : undefined;
}

/** The same, taken once: its taker may write next. */
export function takeLockedAggregate<K extends AggregateKind>(
  transaction: Locking,
  kind: K,
  id: string,
): Aggregate<K> | undefined {
  const aggregate = lockedAggregate(transaction, kind, id);
  if (aggregate) delete transaction.locked.aggregate;
  return aggregate;
}

/**
 * The aggregate of a row, as it was locked or read now.
 *
 * @throws Error when there is no such row
 */
export async function takeAggregate<K extends AggregateKind>(
  transaction: Locking,
  kind: K,
  id: string,
): Promise<Aggregate<K>> {
  const taken = takeLockedAggregate(transaction, kind, id);
  if (taken) return taken;
  const [aggregate] = await readAggregates(transaction.tx, kind, [id]);
  if (!aggregate) throw new Error(`there is no ${kind} ${id}`);
  return aggregate;
}
