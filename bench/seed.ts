import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';

/** The paragraphs of seed.sql, each with its statements. */
const paragraphs = (): string[] =>
  readFileSync(path.join(__dirname, 'seed.sql'), 'utf8')
    .split(/\n\n+/)
    .filter((paragraph) => paragraph.trim() !== '');

/** Fills a migrated database with a republic of so many cases. */
export async function seedRepublic(
  url: string,
  cases: number,
  progress: (line: string) => void = () => undefined,
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
    await client.query('VACUUM (ANALYZE)');
  } finally {
    await client.end();
  }
}
