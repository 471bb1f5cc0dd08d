import type { Db } from '../../../prisma/db';

/** A list in parts that have no row in common. An index serves each. */

/** The first rows of all parts, in the order of their keys. */
export async function readParts<W, R>(
  db: Pick<Db, '$queryRaw'>,
  parts: readonly W[],
  take: number,
  read: (where: W) => Promise<R[]>,
  keyOf: (row: R) => string,
): Promise<R[]> {
  if (parts.length === 1 && parts[0] !== undefined) return read(parts[0]);
  const rows = (await Promise.all(parts.map(read))).flat();
  const byKey = new Map(rows.map((row) => [keyOf(row), row]));
  return (await inOrder(db, [...byKey.keys()])).slice(0, take).flatMap((key) => byKey.get(key) ?? []);
}

/** Keys in the order of the database, in which its queries go on from a key. Its locale may differ from JavaScript's order. */
export async function inOrder(db: Pick<Db, '$queryRaw'>, keys: readonly string[]): Promise<string[]> {
  const rows = await db.$queryRaw<
    { key: string }[]
  >`SELECT key FROM unnest(${keys}::text[]) AS key ORDER BY key`;
  return rows.map(({ key }) => key);
}

/** The number of the rows of all parts, at most `most`. */
export async function countParts<W>(
  parts: readonly W[],
  most: number,
  count: (where: W, most: number) => Promise<number>,
): Promise<number> {
  const counted = await Promise.all(parts.map((part) => count(part, most)));
  return Math.min(
    most,
    counted.reduce((sum, n) => sum + n, 0),
  );
}

/** The first rows of a condition. An index has their numbers, and no other row is read. */
export const byNumbers = async <Id, R>(
  numbers: Promise<readonly { id: Id }[]>,
  read: (where: { id: { in: Id[] } }) => Promise<R[]>,
): Promise<R[]> => read({ id: { in: (await numbers).map(({ id }) => id) } });
