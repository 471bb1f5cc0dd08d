import type { Db } from '../../../prisma/db';
import { Prisma } from '../../../prisma/generated/client';
import { paymentOf } from '../../../domain/money/claim-id';
import { type NumberedKind, prefixOf } from '../../kernel/kinds';
import { type ShownKind, subjectOf } from '../../kernel/rows';
import { isPaidOnce, waitingRow, waitsOf } from '../waiting';

/** Rows by their open waits. */

/** Open waits, as conditions on `tasks`. */
export interface Waits {
  are: Prisma.Sql;
  /** Some of them, which the index by due instant finds. Where these are enough for a total, the others are not counted. */
  some?: Prisma.Sql;
}

/** The numbers of a list's rows in their order, and how many they are. */
export interface Numbers {
  next(from: string, take: number): Promise<string[]>;
  /** Counts up to `most`. */
  count(most: number): Promise<number>;
}

/** Of these rows those with an open wait like this. */
export async function waitingAmong(
  db: Pick<Db, '$queryRaw'>,
  kind: ShownKind,
  waits: Prisma.Sql,
  ids: readonly string[],
): Promise<readonly string[]> {
  const these =
    kind === 'case'
      ? Prisma.sql`case_id = ANY(${[...ids]})`
      : Prisma.sql`subject = ANY(${ids.flatMap((id) => waitsOf(kind, id))})`;
  const rows = await db.$queryRaw<{ row: string }[]>`
    SELECT DISTINCT ${rowOfWait(kind)} AS row FROM tasks WHERE closed_at IS NULL AND ${waits} AND ${these}`;
  const waiting = new Set(rows.map(({ row }) => waitingRow(row)));
  return ids.filter((id) => waiting.has(id));
}

/** All rows of the kind with an open wait like this. */
export const waitingRows = (db: Pick<Db, '$queryRaw'>, kind: ShownKind, { are, some }: Waits): Numbers => ({
  next: (from, take) => waitingIds(db, kind, are, from, take),
  async count(most) {
    const enough = some !== undefined && (await counted(db, firstRows(kind, some, most))) >= most;
    return enough ? most : countWaiting(db, kind, are, most);
  },
});

/** Rows have few waits at once. */
const WAITS_OF_A_ROW = 2;

/** The rows of the waits that are due first, at most so many. */
const firstRows = (kind: ShownKind, waits: Prisma.Sql, most: number): Prisma.Sql => Prisma.sql`
  SELECT DISTINCT row FROM (
    SELECT ${rowOfWait(kind)} AS row FROM tasks
    WHERE closed_at IS NULL AND ${waits} AND ${after(kind, '')} ORDER BY due LIMIT ${WAITS_OF_A_ROW * most}
  ) AS first LIMIT ${most}`;

/** Rows with such a wait, at most so many. */
const someRows = (kind: ShownKind, waits: Prisma.Sql, most: number): Prisma.Sql => Prisma.sql`
  SELECT DISTINCT ${rowOfWait(kind)} FROM tasks
  WHERE closed_at IS NULL AND ${waits} AND ${after(kind, '')} LIMIT ${most}`;

/** How many rows have such a wait, counted up to `most`. */
export const countWaiting = (
  db: Pick<Db, '$queryRaw'>,
  kind: ShownKind,
  waits: Prisma.Sql,
  most: number,
): Promise<number> => counted(db, someRows(kind, waits, most));

async function counted(db: Pick<Db, '$queryRaw'>, rows: Prisma.Sql): Promise<number> {
  const [row] = await db.$queryRaw<
    [{ count: number }]
  >`SELECT count(*)::int AS count FROM (${rows}) AS waiting`;
  return row.count;
}

/** The numbers of the next rows with such a wait, in their order. */
export async function waitingIds(
  db: Pick<Db, '$queryRaw'>,
  kind: ShownKind,
  waits: Prisma.Sql,
  from: string,
  take: number,
): Promise<string[]> {
  const rows = await db.$queryRaw<{ row: string }[]>`
    SELECT ${rowOfWait(kind)} AS row FROM tasks WHERE closed_at IS NULL AND ${waits} AND ${after(kind, from)}
    GROUP BY 1 ORDER BY 1 LIMIT ${take}`;
  return rows.map(({ row }) => waitingRow(row));
}

/**
 * The row of a wait, or its subject, which has the same order. A case also waits where a referral or an employment of it waits, and a
 * row that is paid once where its payment does.
 */
function rowOfWait(kind: ShownKind): Prisma.Sql {
  if (kind === 'case') return Prisma.sql`case_id`;
  return isPaidOnce(kind)
    ? Prisma.sql`substring(subject from ${`/(${prefixOf(kind as NumberedKind)}-[0-9]+)`})`
    : Prisma.sql`subject`;
}

function after(kind: ShownKind, from: string): Prisma.Sql {
  if (kind === 'case') return Prisma.sql`case_id > ${from}`;
  const own = Prisma.sql`starts_with(subject, ${`${kind}/`}) AND subject > ${subjectOf(kind, from)}`;
  return isPaidOnce(kind)
    ? Prisma.sql`(${own} OR starts_with(subject, ${`claim/${prefixOf(kind as NumberedKind)}-`}) AND subject > ${subjectOf('claim', paymentOf(from))})`
    : own;
}
