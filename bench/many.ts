import type { Pool } from 'pg';

/**
 * Copies of a row that the product made, with other ids: thousands of equal rows in seconds. Triggers do not run.
 *
 * @param which the condition of the rows to copy
 * @param other SQL by column of a copy; `nth` counts the copies from 1, `it` is the row
 */
export async function copied(
  pool: Pool,
  table: string,
  which: string,
  count: number,
  other: Readonly<Record<string, string>>,
): Promise<void> {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT column_name AS name FROM information_schema.columns
     WHERE table_schema = 'public' AND table_name = $1 AND is_generated = 'NEVER'
       AND NOT (column_name = 'id' AND column_default IS NOT NULL)`,
    [table],
  );
  const columns = rows.map(({ name }) => name);
  const values = columns.map((name) => other[name] ?? `it."${name}"`);
  const client = await pool.connect();
  try {
    await client.query('SET session_replication_role = replica');
    await client.query(
      `INSERT INTO ${table} (${columns.map((name) => `"${name}"`).join(', ')})
       SELECT ${values.join(', ')} FROM ${table} AS it, generate_series(1, ${count}) AS nth WHERE ${which}`,
    );
  } finally {
    await client.query('RESET session_replication_role');
    client.release();
  }
}
