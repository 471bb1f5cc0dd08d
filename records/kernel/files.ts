import { Prisma, type Case, type Claim, type Referral, type Task } from '../../prisma/generated/client';
import type { Tx } from '../../prisma/db';
import type { RowKind } from '../../domain/pathways';
import { columnsOf, instant } from './columns';
import { type AroundCase, caseFiling } from './files/case';
import { type AroundClaim, claimFiling } from './files/claim';
import type { Filing } from './files/filing';
import { type AroundReferral, referralFiling } from './files/referral';
import { kinds } from './kinds';

export type { AroundReferral };

/**
 * A row with the rows around it that its answer, its preconditions and the names beside it need: one statement reads them all.
 * The kinds on which most decisions are taken have a file.
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

export type FiledKind = keyof Around;
export type File<K extends FiledKind> = Around[K] & { waiting: Waiting[] };

export type AnyFile = { [K in FiledKind]: { kind: K; file: File<K> } }[FiledKind];

export const isFiled = (kind: RowKind): kind is FiledKind => kind in filings;

const filings: { readonly [K in FiledKind]: Filing<Around[K]['row'], Around[K]['around']> } = {
  case: caseFiling,
  referral: referralFiling,
  claim: claimFiling,
};

/** A row of a kind, the rows around it, and its open waits, as columns of a statement in which the row is named `it`. */
export const fileColumns = (kind: FiledKind): Prisma.Sql => Prisma.sql`
  ${columnsOf(filings[kind].fields, 'it')},
  ${filings[kind].around} AS around,
  (SELECT coalesce(json_agg(json_build_object('subject', subject, 'kind', kind, 'ref', ref, 'role', role, 'rank', rank,
      'assigneeId', assignee_id, 'since', ms(since), 'due', CASE WHEN isfinite(due) THEN ms(due) END, 'escalated', escalated, 'policyId', policy_id)
      ORDER BY id), '[]')
   FROM tasks WHERE closed_at IS NULL AND ${filings[kind].waits}) AS waiting`;

/** A file as its columns are read: instants of waits are milliseconds since 1970. */
type Read = { waiting: (Omit<Waiting, 'since' | 'due'> & { since: number; due: number | null })[] };

/** A file from what was read of it. */
export function fileOf<K extends FiledKind>(
  kind: K,
  { waiting, around: rows, ...row }: object & Partial<Read> & { around?: unknown },
): File<K> {
  const file: object = {
    row,
    around: filings[kind].revived(rows),
    waiting: (waiting ?? []).map(({ since, due, ...rest }) => ({
      ...rest,
      since: new Date(since),
      due: instant(due),
    })),
  };
  return file as File<K>;
}

/**
 * The files of rows of a kind, in one statement.
 *
 * @returns rows that do not exist are left out
 */
export async function readFiles<K extends FiledKind>(
  tx: Pick<Tx, '$queryRaw'>,
  kind: K,
  ids: readonly string[],
): Promise<File<K>[]> {
  const rows = await tx.$queryRaw<object[]>`
    SELECT ${fileColumns(kind)} FROM ${Prisma.raw(kinds[kind].table)} AS it WHERE it.id = ANY(${[...ids]})`;
  return rows.map((row) => fileOf(kind, row));
}

/** The transaction's locked row, as far as files need it. */
type Locking = { tx: Pick<Tx, '$queryRaw'>; locked: { file?: AnyFile } };

/** The file that was read when the row was locked, if nobody has taken it. The next reader finds it, too. */
export function lockedFile<K extends FiledKind>(
  { locked }: Locking,
  kind: K,
  id: string,
): File<K> | undefined {
  const { file } = locked;
  return file?.kind === kind && file.file.row.id === id ? (file.file as object as File<K>) : undefined;
}

/** The same, handed on once: who takes it may write next. */
export function handedOn<K extends FiledKind>(
  transaction: Locking,
  kind: K,
  id: string,
): File<K> | undefined {
  const file = lockedFile(transaction, kind, id);
  if (file) delete transaction.locked.file;
  return file;
}

/**
 * The file of a row, handed on or read.
 *
 * @throws Error when there is no such row
 */
export async function takeFile<K extends FiledKind>(
  transaction: Locking,
  kind: K,
  id: string,
): Promise<File<K>> {
  const taken = handedOn(transaction, kind, id);
  if (taken) return taken;
  const [file] = await readFiles(transaction.tx, kind, [id]);
  if (!file) throw new Error(`there is no ${kind} ${id}`);
  return file;
}
