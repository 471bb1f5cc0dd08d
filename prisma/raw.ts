import { type CustomTypesConfig, type QueryConfig, type QueryResult, types } from 'pg';
import { Prisma } from './generated/client';

/** Statements that go straight to `pg`. Prisma's engine costs four times as much for the same statement. */
export interface RawStatements {
  $queryRaw: <Rows>(query: TemplateStringsArray | Prisma.Sql, ...values: unknown[]) => Promise<Rows>;
  $executeRaw: (query: TemplateStringsArray | Prisma.Sql, ...values: unknown[]) => Promise<number>;
}

/** A connection, or a pool that takes one for each statement. */
export interface Connected {
  query(config: QueryConfig): Promise<QueryResult<object>>;
}

/** Sends statements as Prisma does, with results of the same types. */
export function rawStatementsOn(connection: Connected, nameOf: NameOf): RawStatements {
  const send = (query: TemplateStringsArray | Prisma.Sql, values: unknown[]) => {
    const { text, values: parameters } = query instanceof Prisma.Sql ? query : Prisma.sql(query, ...values);
    const config: QueryConfig = { name: nameOf({ sql: text }), text, values: parameters, types: asInPrisma };
    return connection.query(config);
  };
  return {
    $queryRaw: async <Rows>(query: TemplateStringsArray | Prisma.Sql, ...values: unknown[]) =>
      (await send(query, values)).rows as Rows,
    $executeRaw: async (query, ...values) => (await send(query, values)).rowCount ?? 0,
  };
}

export type NameOf = (query: { sql: string }) => string;

/** The most statements that stay prepared on a connection. A list of ids makes one statement for each of its lengths. */
const PREPARED = 500;

/**
 * Names for the first statements of a process, so that PostgreSQL parses each once on a connection. A later statement has no name
 * and is parsed each time. So is one with a pattern: a plan for every pattern uses no index.
 */
export function statementNames(): NameOf {
  const names = new Map<string, string>();
  return ({ sql }) => {
    if (sql.includes(' LIKE ')) return '';
    const known = names.get(sql);
    if (known !== undefined) return known;
    const name = names.size < PREPARED ? `s${names.size}` : '';
    if (name) names.set(sql, name);
    return name;
  };
}

type Parser = (value: string) => unknown;
/** The parsers of `pg` by the number of a type, also of types that its own list lacks. */
const plainly = (id: number, format?: string): Parser =>
  (types.getTypeParser as (id: number, format?: string) => Parser)(id, format);

const instant = plainly(types.builtins.TIMESTAMPTZ);
const INT8_ARRAY = 1016;
const int8Array = plainly(INT8_ARRAY) as (value: string) => (string | null)[];

/** The types that Prisma gives, where those of `pg` are others. */
const parsers: Readonly<Record<number, Parser>> = {
  [types.builtins.INT8]: BigInt,
  [INT8_ARRAY]: (value) => int8Array(value).map((each) => (each === null ? null : BigInt(each))),
  // `pg` reads an infinite instant as a number.
  [types.builtins.TIMESTAMPTZ]: (value) => {
    const read = instant(value);
    return read instanceof Date ? read : new Date(NaN);
  },
  [types.builtins.NUMERIC]: (value) => new Prisma.Decimal(value),
};

const asInPrisma = {
  getTypeParser: (id: number, format?: string) => parsers[id] ?? plainly(id, format),
} as CustomTypesConfig;
