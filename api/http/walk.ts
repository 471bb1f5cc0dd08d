import type { Db } from '../../prisma/db';
import { Prisma } from '../../prisma/generated/client';
import { rowsIn, type ShownKind, subjectOf } from '../../records/kernel/rows';
import { waitingRow, waitsOf } from '../../records/reads/waiting';
import type { Waits } from './filters';
import { countParts, readParts } from './parts';

/** Lists by what one query cannot tell: by open waits, or by what is computed of each row. */

export interface Listing {
  kind: ShownKind;
  /** The conditions of the rows, in parts that have no row in common. */
  parts: readonly object[];
  /** The numbers of the rows without their conditions, where a faster way leads to them. */
  numbers?: Numbers | undefined;
  /** Only rows with an open wait like this. */
  waits?: Waits | undefined;
  /** Of these ids those of the list, in their order. */
  sift?: ((ids: readonly string[]) => Promise<string[]>) | undefined;
}

/** The numbers of a list's rows in their order, and how many they are. */
export interface Numbers {
  next(from: string, take: number): Promise<string[]>;
  /** Counts up to `most`. */
  count(most: number): Promise<number>;
}

/** Ids in one condition. */
const CHUNK = 2000;
/** So few rows are walked whatever the waits. One query reads them all: an index of what the caller sees serves it. */
const FEW = 10_000;
/** A caller who sees so many rows sees a large part of the record. */
const MANY = 100_000;

/** The ids of a list's rows after one of them, in their order, in chunks. It walks over the rows, or over far fewer waits. */
export async function* walk(db: Db, listing: Listing, from = ''): AsyncGenerator<readonly string[]> {
  const { waits, sift } = listing;
  const rows = await idsOfRows(db, listing, from);
  const isLong = rows.length === FEW;
  const chunks =
    waits && isLong && (await waitsAreFewer(db, listing, waits))
      ? overWaits(db, listing, waits, from)
      : overRows(db, listing, rows);
  for await (const ids of chunks) yield sift ? await sift(ids) : ids;
}

async function* overRows(
  db: Db,
  listing: Listing,
  first: readonly string[],
): AsyncGenerator<readonly string[]> {
  for (let rows = first; ;) {
    const found = await waitingAmong(db, listing, rows);
    for (let n = 0; n < found.length; n += CHUNK) yield found.slice(n, n + CHUNK);
    const last = rows.at(-1);
    if (rows.length < FEW || last === undefined) return;
    rows = await idsOfRows(db, listing, last);
  }
}

async function* overWaits(
  db: Db,
  { kind, parts }: Listing,
  waits: Waits,
  from: string,
): AsyncGenerator<readonly string[]> {
  for (let last: string | undefined = from; last !== undefined;) {
    const ids: readonly string[] = await waitingIds(db, kind, waits.are, last, CHUNK);
    yield await idsOf(db, kind, parts, { id: { in: [...ids] } }, CHUNK);
    last = ids.length < CHUNK ? undefined : ids.at(-1);
  }
}

const idsIn = (rows: readonly { id: string }[]): string[] => rows.map(({ id }) => id);

/** A list by the conditions of its rows alone. */
export const rowsOf = (db: Db, listing: Listing): Numbers => ({
  next: (from, take) => idsOfRows(db, listing, from, take),
  count: (most) => countRows(db, listing, most),
});

const countRows = (db: Db, { kind, parts }: Listing, most: number): Promise<number> =>
  countParts(parts, most, (where, take) => rowsIn(db, kind).count({ where, take }));

async function waitsAreFewer(db: Db, listing: Listing, waits: Waits): Promise<boolean> {
  const rows = await countRows(db, listing, MANY);
  const far = Math.floor(rows / 10);
  return rows === MANY || (await counted(db, someRows(listing.kind, waits.are, far))) < far;
}

/** The numbers of a list's next rows, whatever their waits. An index of what the caller sees has them. */
const idsOfRows = (db: Db, { kind, parts }: Listing, from: string, take: number = FEW): Promise<string[]> =>
  idsOf(db, kind, parts, { id: { gt: from } }, take);

const idsOf = async (
  db: Db,
  kind: ShownKind,
  parts: readonly object[],
  which: object,
  take: number,
): Promise<string[]> =>
  idsIn(
    await readParts(
      db,
      parts,
      take,
      (part) => rowsIn(db, kind).findMany({ ...idsInOrder, where: { AND: [part, which] }, take }),
      ({ id }) => id,
    ),
  );

const idsInOrder = { select: { id: true }, orderBy: { id: 'asc' } } as const;

/** Of these rows those with an open wait of the list. */
async function waitingAmong(
  db: Db,
  { kind, waits }: Listing,
  ids: readonly string[],
): Promise<readonly string[]> {
  if (!waits) return ids;
  const these =
    kind === 'case'
      ? Prisma.sql`case_id = ANY(${[...ids]})`
      : Prisma.sql`subject = ANY(${ids.flatMap((id) => waitsOf(kind, id))})`;
  const rows = await db.$queryRaw<{ row: string }[]>`
    SELECT DISTINCT ${rowOfWait(kind)} AS row FROM tasks WHERE closed_at IS NULL AND ${waits.are} AND ${these}`;
  const waiting = new Set(rows.map(({ row }) => waitingRow(row)));
  return ids.filter((id) => waiting.has(id));
}

/** All rows of the kind with an open wait like this. */
export const waitingRows = (db: Pick<Db, '$queryRaw'>, kind: ShownKind, { are, some }: Waits): Numbers => ({
  next: (from, take) => waitingIds(db, kind, are, from, take),
  async count(most) {
    const enough = some !== undefined && (await counted(db, firstRows(kind, some, most))) >= most;
    return enough ? most : counted(db, someRows(kind, are, most));
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

async function counted(db: Pick<Db, '$queryRaw'>, rows: Prisma.Sql): Promise<number> {
  const [row] = await db.$queryRaw<
    [{ count: number }]
  >`SELECT count(*)::int AS count FROM (${rows}) AS waiting`;
  return row.count;
}

async function waitingIds(
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
 * The row of a wait, or its subject, which has the same order. A case also waits where a referral or an employment of it waits, and an
 * adaptation where its payment does.
 */
function rowOfWait(kind: ShownKind): Prisma.Sql {
  if (kind === 'case') return Prisma.sql`case_id`;
  return kind === 'adaptation' ? Prisma.sql`substring(subject from '/(A-[0-9]+)')` : Prisma.sql`subject`;
}

function after(kind: ShownKind, from: string): Prisma.Sql {
  if (kind === 'case') return Prisma.sql`case_id > ${from}`;
  const own = Prisma.sql`starts_with(subject, ${`${kind}/`}) AND subject > ${subjectOf(kind, from)}`;
  return kind === 'adaptation'
    ? Prisma.sql`(${own} OR starts_with(subject, 'claim/A-') AND subject > ${subjectOf('claim', `${from}-pay`)})`
    : own;
}
