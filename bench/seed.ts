import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';

/** The paragraphs of seed.sql, each with its statements. */
const paragraphs = (): string[] =>
  readFileSync(path.join(__dirname, 'seed.sql'), 'utf8')
    .split(/\n\n+/)
    .filter((paragraph) => paragraph.trim() !== '');

/**
 * Fills a migrated database with a republic of so many cases.
 *
 * @param isSampled PostgreSQL knows the tables by a sample, as it does by itself. Without it each run has the same plans.
 */
export async function seedRepublic(
  url: string,
  cases: number,
  {
    progress = () => undefined,
    isSampled = true,
  }: { progress?: (line: string) => void; isSampled?: boolean } = {},
): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`SET seed.cases = ${cases}`);
    const all = paragraphs();
    for (const [index, paragraph] of all.entries()) {
      progress(`seeding ${cases} cases, part ${index + 1} of ${all.length}`);
      await client.query(paragraph);
    }
    if (!isSampled) await client.query('SET default_statistics_target = 1000');
    await client.query('VACUUM (ANALYZE)');
  } finally {
    await client.end();
  }
}
