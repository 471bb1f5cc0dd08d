/** A list in parts that have no row in common. An index serves each. */

/** The first rows of all parts, in the order of their keys. */
export async function readParts<W, R>(
  parts: readonly W[],
  take: number,
  read: (where: W) => Promise<R[]>,
  keyOf: (row: R) => string,
): Promise<R[]> {
  if (parts.length === 1 && parts[0] !== undefined) return read(parts[0]);
  const rows = (await Promise.all(parts.map(read))).flat();
  return rows.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1)).slice(0, take);
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
