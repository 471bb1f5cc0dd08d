import { foldedWords } from '../../domain/folding';
import type { Db } from '../../prisma/db';
import { Prisma } from '../../prisma/generated/client';
import { line } from './fields';

/** A name to search for. It has at least one letter. */
export const soughtName = line
  .min(2, 'Write at least 2 characters')
  .refine((name) => foldedWords(name).length > 0, 'Write at least one letter');

/** Rows whose name has every word, in either script, with any apostrophe or none. */
export const named = (name: string) => ({
  AND: foldedWords(name).map((word) => ({ nameKey: { contains: literal(word) } })),
});

/** How many people have such a name or such a number, counted up to `most`. They are counted as they are found, in no order. */
export async function countNamed(
  db: Pick<Db, '$queryRaw'>,
  name: string,
  ids: readonly string[],
  most: number,
): Promise<number> {
  const patterns = foldedWords(name).map((word) => Prisma.sql`name_key LIKE ${`%${literal(word)}%`}`);
  const [row] = await db.$queryRaw<[{ count: number }]>`
    SELECT count(*)::int AS count FROM (
      SELECT 1 FROM people WHERE ${Prisma.join(patterns, ' AND ')} OR id = ANY(${[...ids]}) LIMIT ${most}
    ) AS found`;
  return row.count;
}

/** `%`, `_` and `\` are ordinary characters of a name. */
export const literal = (word: string): string => word.replaceAll(/[\\%_]/g, String.raw`\$&`);
