import type { Day } from '../../domain/day';
import { type Going, going, type KeepDays } from '../../domain/storage';
import type { Tx } from '../../prisma/db';
import { Prisma } from '../../prisma/generated/client';
import { endsBefore, over } from './over';

/** The pages of 8 KiB that a batch reads: some thousands of rows. */
export const PAGES = 256;

const { sql, raw } = Prisma;

/** Where a run stands: the table, and the first page of its next batch. */
export interface Place {
  table: Going;
  page: number;
}

/** A batch that was done. `next` is absent after the last table. */
export interface Removed {
  rows: number;
  next?: Place;
}

/** The first table, or the one behind another, that is not kept as long as the record. */
export function tableAfter(keep: KeepDays, last?: Going): Place | undefined {
  const rest = last === undefined ? going : going.slice(going.indexOf(last) + 1);
  const table = rest.find((each) => keep[each] !== null);
  return table && { table, page: 0 };
}

/**
 * Removes or empties what is over in the next pages of a table. A table is read in the order in which it lies on disk: no index has to
 * find the rows. A row that moves to another page meanwhile goes in the next run.
 */
export async function removeBatch(
  tx: Pick<Tx, '$queryRaw' | '$executeRaw'>,
  { table, page }: Place,
  keep: KeepDays,
  today: Day,
): Promise<Removed> {
  const days = keep[table];
  const behind = tableAfter(keep, table);
  const last = behind ? { next: behind } : {};
  if (days === null) return { rows: 0, ...last };
  const [{ pages }] = await tx.$queryRaw<[{ pages: number }]>`
    SELECT (pg_relation_size(${table}::regclass) / current_setting('block_size')::int)::int AS pages`;
  const end = page + PAGES;
  const { goes, emptied } = over[table];
  const which = sql`t.ctid >= ${tidOf(page)}::tid AND t.ctid < ${tidOf(end)}::tid AND ${goes(endsBefore(today, days))}`;
  const rows = await tx.$executeRaw(
    emptied
      ? sql`UPDATE ${raw(table)} t SET ${emptied} WHERE ${which}`
      : sql`DELETE FROM ${raw(table)} t WHERE ${which}`,
  );
  return { rows, ...(end < pages ? { next: { table, page: end } } : last) };
}

/** The first row of a page. */
const tidOf = (page: number): string => `(${page},0)`;

/** What a run on a day would remove from a table. */
export interface Foreseen {
  before: Date;
  rows: number;
  bytes: number;
}

/** Counts what a run on a day would remove from a table. Nothing is written. */
export async function foresee(
  tx: Pick<Tx, '$queryRaw'>,
  table: Going,
  days: number,
  today: Day,
): Promise<Foreseen> {
  const before = endsBefore(today, days);
  const { goes, bytes } = over[table];
  const [found] = await tx.$queryRaw<[{ rows: number; bytes: number }]>(sql`
    SELECT count(*)::int AS rows, coalesce(sum(${bytes}), 0)::float8 AS bytes
    FROM ${raw(table)} t WHERE ${goes(before)}`);
  return { before, ...found };
}
