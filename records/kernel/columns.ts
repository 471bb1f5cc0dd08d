import { Prisma } from '../../prisma/generated/client';

/**
 * The columns of a table, each with the name of its field, as SQL. The list is closed: a statement that stays prepared outlives a
 * migration that adds a column.
 *
 * @param fields of the table's model
 * @param alias of the table
 * @param lists the fields that are lists: one that was never set is empty
 */
export const columnsOf = (
  fields: Readonly<Record<string, string>>,
  alias: string,
  lists: readonly string[] = [],
): Prisma.Sql =>
  Prisma.raw(
    Object.keys(fields)
      .map((field) => {
        const column = `${alias}.${columnOf(field)}`;
        return `${lists.includes(field) ? `coalesce(${column}, '{}')` : column} AS "${field}"`;
      })
      .join(', '),
  );

/**
 * A row as a JSON object by the names of its fields, as SQL.
 *
 * @param instants the fields that are instants: they become milliseconds since 1970
 * @param lists the fields that are lists: one that was never set is empty
 */
export const objectOf = (
  fields: Readonly<Record<string, string>>,
  alias: string,
  { instants = [], lists = [] }: { instants?: readonly string[]; lists?: readonly string[] } = {},
): Prisma.Sql =>
  Prisma.raw(
    `json_build_object(${Object.keys(fields)
      .map((field) => [field, `${alias}.${columnOf(field)}`] as const)
      .map(([field, column]) => {
        if (instants.includes(field)) return `'${field}', ms(${column})`;
        return `'${field}', ${lists.includes(field) ? `coalesce(${column}, '{}')` : column}`;
      })
      .join(', ')})`,
  );

/** The column of a field: `personId` is `person_id`. */
export const columnOf = (field: string): string =>
  field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** An instant from JSON, which has it in milliseconds since 1970. */
export const instant = (ms: number | null): Date | null => (ms === null ? null : new Date(ms));
