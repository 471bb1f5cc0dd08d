import { foldedWords } from '../../../domain/folding';
import type { Db } from '../../../prisma/db';
import { Prisma } from '../../../prisma/generated/client';

/** Rows whose name has every word, in either script, with any apostrophe or none. */
export const named = (name: string) => ({
  AND: foldedWords(name).map((word) => ({ nameKey: { contains: literal(word) } })),
});

/**
 * How many people have such a name or such a number, counted up to `most`. They are counted as they are found, in no order. A name that
 * is very frequent in a sample is not counted further.
 */
export async function countNamed(
  db: Pick<Db, '$queryRaw'>,
  name: string,
  ids: readonly string[],
  most: number,
): Promise<number> {
  const patterns = foldedWords(name).map((word) => Prisma.sql`name_key LIKE ${`%${literal(word)}%`}`);
  const isNamed = Prisma.join(patterns, ' AND ');
  const count = async (people: Prisma.Sql): Promise<number> => {
    const [row] = await db.$queryRaw<[{ count: number }]>`SELECT count(*)::int AS count FROM ${people}`;
    return row.count;
  };
  const inSample = await count(
    Prisma.sql`people TABLESAMPLE SYSTEM (${SAMPLE_PERCENT}) REPEATABLE (1) WHERE ${isNamed}`,
  );
  if (inSample > VERY_FREQUENT * most * (SAMPLE_PERCENT / 100)) return most;
  return count(
    Prisma.sql`(SELECT 1 FROM people WHERE ${isNamed} OR id = ANY(${[...ids]}) LIMIT ${most}) AS found`,
  );
}

/** The share of the table's pages in a sample. */
const SAMPLE_PERCENT = 1;
/** A name that is so many times as frequent in the sample as a full count has more people than the count, but for a rare chance. */
const VERY_FREQUENT = 2;

/** `%`, `_` and `\` are ordinary characters of a name. */
export const literal = (word: string): string => word.replaceAll(/[\\%_]/g, String.raw`\$&`);
