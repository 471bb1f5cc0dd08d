import { Prisma } from '../../prisma/generated/client';
import type { Tx } from '../../prisma/db';
import { pathwayOf, type RowKind, type ShownKind, type States } from '../../domain/pathways';
import { leadsTo } from '../../domain/transitions';
import { waitsIn } from '../../workflows/stages';
import {
  isShown,
  kinds,
  type NumberedKind,
  prefixOf,
  stagesOf,
  walked,
  type WalkedKind,
  walkedKinds,
} from './kinds';
import type { Transaction } from './transaction';
import { plus, updateIn } from './writing';

export { pathwayOf, type RowKind, type ShownKind, type States } from '../../domain/pathways';

/** @throws Error for a kind that nobody sees or commands */
export function shownKind(kind: RowKind): ShownKind {
  if (!isShown(kind)) throw new Error(`nobody commands ${kind}`);
  return kind;
}

/** The workflow id of a row, e.g. `referral/R-000001`. It is also the subject of the row's tasks, events and notices. */
export const subjectOf = (kind: RowKind, id: string): string => `${kind}/${id}`;

/** The kinds that share the table of subsidies. */
const ofSubsidies = ['adaptation', 'start-subsidy', 'stipend', 'subsidy'] as const;
export type SubsidyKind = (typeof ofSubsidies)[number];

/** The kind of a subsidy by its number: they share a table. */
export const kindOfSubsidy = (id: string): SubsidyKind =>
  ofSubsidies.find((kind) => id.startsWith(`${prefixOf(kind)}-`)) ?? 'subsidy';

/** The workflow id of a subsidy, by its number. */
export const subjectOfSubsidy = (id: string): string => subjectOf(kindOfSubsidy(id), id);

/** The kind and id in a workflow id; undefined when the id is not a row's. */
export function rowOf(subject: string): { kind: RowKind; id: string } | undefined {
  const at = subject.indexOf('/');
  const kind = subject.slice(0, at);
  return at > 0 && kind in kinds ? { kind: kind as RowKind, id: subject.slice(at + 1) } : undefined;
}

/** The same for a row that people see. */
export function shownRowOf(subject: string): { kind: ShownKind; id: string } | undefined {
  const row = rowOf(subject);
  return row && isShown(row.kind) ? { kind: row.kind, id: row.id } : undefined;
}

/** The ids of the rows in workflow ids, by their kinds. */
export function idsByKind(subjects: Iterable<string>): Map<RowKind, string[]> {
  const ids = new Map<RowKind, string[]>();
  for (const subject of new Set(subjects)) {
    const row = rowOf(subject);
    if (row) ids.set(row.kind, [...(ids.get(row.kind) ?? []), row.id]);
  }
  return ids;
}

/** The kind and the number in a subject, as people name them: a retention is an employment. */
export function namedBy(subject: string): { kind: string; id: string } {
  const [kind = '', ...rest] = subject.split('/');
  return { kind: kind === 'retention' ? 'employment' : kind, id: rest.join('/') };
}

/** A row as it is locked. */
export interface LockedRow {
  state: string;
  rev: number;
  open: boolean;
  since: Date;
}

/** The tables of a row `it` and of the row that it is a part of, as SQL. They are locked in this order. */
export function withItsWhole(kind: RowKind): Prisma.Sql {
  const { table, under }: { table: string; under?: { table: string; by: string } } = kinds[kind];
  return Prisma.raw(
    under ? `${under.table} AS whole JOIN ${table} AS it ON whole.id = it.${under.by}` : `${table} AS it`,
  );
}

/**
 * Locks a row for this transaction, and before it the row that it is a part of (its case, its subsidy). So two steps of one case
 * or subsidy follow each other instead of crossing.
 *
 * @returns its state, or undefined when there is no such row
 */
export async function lockRow(tx: Tx, kind: RowKind, id: string): Promise<LockedRow | undefined> {
  const [row] = await lockIn(tx, withItsWhole(kind), id);
  if (row || !('under' in kinds[kind])) return row;
  // There is no such row, or it is a part of none.
  const [alone] = await lockIn(tx, Prisma.sql`${tableOf(kind)} AS it`, id);
  return alone;
}

const lockIn = (tx: Tx, tables: Prisma.Sql, id: string): Promise<LockedRow[]> =>
  tx.$queryRaw<LockedRow[]>`
    SELECT it.state, it.rev, it.open, it.since FROM ${tables} WHERE it.id = ${id} FOR UPDATE`;

/**
 * Moves a locked row to another state, or writes it in its present state, and counts its revision.
 *
 * @param data the columns that change; `open` keeps a row open that still owes something in a closed state
 * @throws Error when the pathway does not lead from its state to the other: a defect of ours
 */
export async function move<K extends RowKind>(
  transaction: Transaction,
  kind: K,
  row: { id: string; state: string },
  state: States[K],
  data: object = {},
): Promise<void> {
  const pathway = pathwayOf(kind);
  if (!leadsTo(pathway, row.state, state, Object.values(waitsIn(stagesOf(kind), row.state))))
    throw new Error(`${kind} does not lead from ${row.state} to ${state}`);
  const subject = subjectOf(kind, row.id);
  const owes = 'open' in data && data.open === true && (pathway.owing ?? []).includes(state);
  const open = owes || pathway.open.includes(state);
  const { now } = transaction;
  const fields = {
    ...data,
    state,
    open,
    rev: plus(1),
    ...(row.state !== state && { since: now }),
  };
  // The row is closed: the administrator's tasks for its defects end.
  const ending = Prisma.sql`
    WITH ended AS (
      UPDATE tasks SET closed_at = ${now}, closed_how = ${state}
      WHERE subject = ${subject} AND kind = 'defect' AND closed_at IS NULL)`;
  await updateIn(transaction.tx, kinds[kind].table, row.id, fields, open ? Prisma.empty : ending);
  noteMove(transaction, subject, row.state, state);
}

/** Notes the state of a row that this transaction has made. */
export const noteMade = (transaction: Transaction, subject: string, state: string): void =>
  noteMove(transaction, subject, state, state);

/** Notes the row's state at the beginning of the transaction, and its state now. */
function noteMove({ moved }: Transaction, subject: string, from: string, to: string): void {
  moved.set(subject, { from: moved.get(subject)?.from ?? from, to });
}

/** The methods of a model that code for all kinds uses. */
interface Rows {
  findFirst(args: {
    where: object;
    select: { state: true; open: true };
  }): Promise<{ state: string; open: boolean } | null>;
  findMany(args: {
    where: object;
    select: { id: true };
    orderBy: { id: 'asc' };
    take?: number;
  }): Promise<{ id: string }[]>;
  count(args: { where: object; take: number }): Promise<number>;
}

/** The model of a kind of row. */
export const rowsIn = (tx: Tx, kind: RowKind): Rows => tx[kinds[kind].model];

/** The table of a kind of row, as SQL. */
export const tableOf = (kind: RowKind): Prisma.Sql => Prisma.raw(kinds[kind].table);

/** The numbers of all open rows, or other things that workflows walk, of a kind. */
export async function openIds(tx: Pick<Tx, '$queryRaw'>, kind: WalkedKind): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>(
    Prisma.sql`SELECT id FROM ${Prisma.raw(walked[kind].table)} WHERE open AND ${isOfKind(kind)} ORDER BY id`,
  );
  return rows.map(({ id }) => id);
}

/** Kinds that share a table are told apart by their numbers. */
function isOfKind(kind: WalkedKind): Prisma.Sql {
  const isShared = walkedKinds.some((other) => other !== kind && walked[other].table === walked[kind].table);
  return isShared ? Prisma.sql`id LIKE ${`${prefixOf(kind as NumberedKind)}-%`}` : Prisma.sql`true`;
}

interface RowState {
  id: string;
  state: string;
  open: boolean;
}

/** Every row of a kind. */
export const everyRow = (tx: Pick<Tx, '$queryRaw'>, kind: RowKind): Promise<RowState[]> =>
  tx.$queryRaw<RowState[]>`SELECT id, state, open FROM ${tableOf(kind)} WHERE ${isOfKind(kind)} ORDER BY id`;

/** The states of rows of a kind by their numbers; those that do not exist are left out. */
export async function statesOf(
  tx: Pick<Tx, '$queryRaw'>,
  kind: RowKind,
  ids: readonly string[],
): Promise<RowState[]> {
  if (ids.length === 0) return [];
  return tx.$queryRaw<RowState[]>`
    SELECT id, state, open FROM ${tableOf(kind)} WHERE id IN (${Prisma.join([...ids])})`;
}
