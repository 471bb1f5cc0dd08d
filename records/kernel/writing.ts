import { Prisma } from '../../prisma/generated/client';
import type { Tx } from '../../prisma/db';
import { columnOf } from './columns';

/* Writes rows of a table, each call in one statement. PostgreSQL gives each value the type of its column, also a list, an instant and JSON. */

/** Fields of a row by their names. An undefined field is not written. */
type Fields = object;

/** In place of a value: what is added to the value on record. */
class Plus {
  constructor(readonly added: number | bigint) {}
}
export const plus = (added: number | bigint): Plus => new Plus(added);

const given = (fields: Fields): [string, unknown][] =>
  Object.entries(fields).filter(([, value]) => value !== undefined);

/** A column may have a name that is a word of SQL, such as `left`. */
const quoted = (field: string): string => `"${columnOf(field)}"`;

/** A row of a table from the given fields. The others are NULL. */
function saidOf(table: string, fields: [string, unknown][]): Prisma.Sql {
  return Prisma.sql`jsonb_populate_record(NULL::${Prisma.raw(table)}, ${inJson(inColumns(fields))}::jsonb) AS said`;
}

/** Values by the names of their columns. */
const inColumns = (fields: [string, unknown][]): Record<string, unknown> =>
  Object.fromEntries(
    fields.map(([field, value]) => [columnOf(field), value instanceof Plus ? value.added : value]),
  );

/** Whole so'm are `bigint`, which JSON has as text. A column that is set to nothing is null. */
const inJson = (values: object): string =>
  JSON.stringify(values, (_, value: unknown) => {
    if (typeof value === 'bigint') return String(value);
    return value === Prisma.DbNull ? null : value;
  });

/**
 * Inserts a row. Fields that are not given have the defaults of the table.
 *
 * @param orElse a clause for a row that is there already
 * @returns whether the row was inserted
 */
export async function insertInto(
  tx: Pick<Tx, '$executeRaw'>,
  table: string,
  fields: Fields,
  orElse = Prisma.empty,
): Promise<boolean> {
  const known = given(fields);
  const columns = Prisma.raw(known.map(([field]) => quoted(field)).join(', '));
  const count = await tx.$executeRaw`
    INSERT INTO ${Prisma.raw(table)} (${columns}) SELECT ${columns} FROM ${saidOf(table, known)} ${orElse}`;
  return count > 0;
}

/**
 * Inserts a row under a number that the statement makes.
 *
 * @param number as SQL
 * @returns the number
 */
export async function insertUnder(
  tx: Pick<Tx, '$queryRaw'>,
  table: string,
  number: Prisma.Sql,
  fields: Fields,
): Promise<string> {
  const known = given(fields);
  const columns = Prisma.raw(known.map(([field]) => quoted(field)).join(', '));
  const [{ id }] = await tx.$queryRaw<[{ id: string }]>`
    INSERT INTO ${Prisma.raw(table)} (id, ${columns}) SELECT ${number}, ${columns} FROM ${saidOf(table, known)} RETURNING id`;
  return id;
}

/** Inserts rows of a table. All have the same fields. */
export async function insertAll(
  tx: Pick<Tx, '$executeRaw'>,
  table: string,
  rows: readonly Fields[],
): Promise<void> {
  const [first] = rows;
  if (!first) return;
  const columns = Prisma.raw(Object.keys(first).map(quoted).join(', '));
  const values = rows.map((row) => inColumns(given(row)));
  await tx.$executeRaw`
    INSERT INTO ${Prisma.raw(table)} (${columns})
    SELECT ${columns} FROM jsonb_populate_recordset(NULL::${Prisma.raw(table)}, ${inJson(values)}::jsonb)`;
}

/**
 * Changes the given fields of a row, and adds to those that are given as `plus`.
 *
 * @param beside a WITH clause, whose statement is carried out in the same statement
 * @throws Error when there is no such row
 */
export async function updateIn(
  tx: Pick<Tx, '$executeRaw'>,
  table: string,
  id: string | bigint,
  fields: Fields,
  beside = Prisma.empty,
): Promise<void> {
  const known = given(fields);
  const changes = known.map(([field, value]) => {
    const column = quoted(field);
    return `${column} = ${value instanceof Plus ? `it.${column} + ` : ''}said.${column}`;
  });
  const count = await tx.$executeRaw`
    ${beside} UPDATE ${Prisma.raw(table)} AS it SET ${Prisma.raw(changes.join(', '))} FROM ${saidOf(table, known)} WHERE it.id = ${id}`;
  if (count === 0) throw new Error(`there is no row ${id} in ${table}`);
}
