import { Prisma } from '../../prisma/generated/client';
import { obligation, type ObligationKind } from '../../domain/obligations';
import type { RowKind } from '../../domain/pathways';
import type { Db } from '../../prisma/db';
import { subjectOf, tableOf } from '../../records/kernel/rows';

/** A day is a text that passes every check of the database. */
const FILLED: Readonly<Record<string, string>> = {
  text: "'2023-03-01'",
  'timestamp with time zone': "'2023-03-01T04:00:00Z'",
  jsonb: "'{}'",
  boolean: 'false',
  ARRAY: "'{}'",
};

/**
 * Open rows of a kind in a state, without the rows that a real one needs. They are for tests of all kinds alike, or of many rows. Each
 * required column has a value.
 *
 * @param said SQL by column
 */
export async function lightRows(
  db: Db,
  kind: RowKind,
  ids: readonly string[],
  state: string,
  said: Readonly<Record<string, string>> = {},
): Promise<string[]> {
  const from = Prisma.sql`unnest(${[...ids]}::text[]) AS id`;
  await filledRows(db, tableOf(kind).sql, { id: 'id', state: `'${state}'`, open: 'true', ...said }, from);
  return ids.map((id) => subjectOf(kind, id));
}

/**
 * Rows of a table without its triggers, one for each row of `from`. Each column that is not said and is required has a value.
 *
 * @param said SQL by column
 */
export async function filledRows(
  db: Db,
  table: string,
  said: Readonly<Record<string, string>>,
  from: Prisma.Sql,
): Promise<void> {
  const columns = await db.$queryRaw<{ name: string; type: string }[]>`
    SELECT column_name AS name, data_type AS type FROM information_schema.columns
    WHERE table_schema = 'public' AND table_name = ${table} AND is_nullable = 'NO' AND column_default IS NULL`;
  const required = columns.map(({ name, type }) => [name, FILLED[type] ?? '0'] as const);
  const values = Object.entries({ ...Object.fromEntries(required), ...said });
  const names = values.map(([name]) => `"${name}"`).join(', ');
  const sql = values.map(([, value]) => value).join(', ');
  await db.$transaction(async (tx) => {
    await tx.$executeRaw`SET LOCAL session_replication_role = replica`;
    await tx.$executeRaw`INSERT INTO ${Prisma.raw(table)} (${Prisma.raw(names)}) SELECT ${Prisma.raw(sql)} FROM ${from}`;
  });
}

/** A row of `tasks`: a wait of its last owner that ends at an instant. A register was asked and did not answer. */
export function lightWait(subject: string, kind: ObligationKind, due: Date, ref = '') {
  const { duties } = obligation(kind);
  const { owner, rank } = duties.at(-1) ?? duties[0];
  return {
    subject,
    kind,
    ref,
    role: owner,
    rank: rank ?? null,
    area: '1726262001',
    since: new Date(due.getTime() - 86_400_000),
    due,
    nextAt: new Date(due.getTime() + 1000),
    rung: 1,
    attempts: 1,
    escalated: duties.length - 1,
  };
}
