import type { Prisma } from '../../../prisma/generated/client';

/** How the aggregate of a kind is read. In its statement the row is named `it`. */
export interface AggregateQuery<Row, Around> {
  /** The fields of the row. */
  fields: Readonly<Record<keyof Row & string, string>>;
  /** The rows around the row, as one JSON value. */
  around: Prisma.Sql;
  /** The condition of the open waits that the aggregate shows. */
  waits: Prisma.Sql;
  /** The rows around from their JSON, which has no instants and no large numbers. */
  revived(read: unknown): Around;
}

/** Fields that are instants, as JSON has them: milliseconds since 1970. */
export type InJson<T, Instants extends keyof T> = Omit<T, Instants> & {
  [K in Instants]: null extends T[K] ? number | null : number;
};
