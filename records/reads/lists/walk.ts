import type { Db } from '../../../prisma/db';
import { rowsIn, type ShownKind } from '../../kernel/rows';
import { countParts, readParts } from './parts';
import { countWaiting, type Numbers, waitingAmong, waitingIds, type Waits } from './waits';

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
    const found = listing.waits ? await waitingAmong(db, listing.kind, listing.waits.are, rows) : rows;
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
  return rows === MANY || (await countWaiting(db, listing.kind, waits.are, far)) < far;
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
