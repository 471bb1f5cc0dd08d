import { measureRowKinds } from '../../domain/measure-rows';
import { Prisma } from '../../prisma/generated/client';
import { kinds } from './kinds';

/** The rows of all kinds that carry out a measure and meet a condition on their columns. */
export const measureRowsWhere = (condition: Prisma.Sql): Prisma.Sql =>
  Prisma.join(
    measureRowKinds.map(
      (kind) => Prisma.sql`
        SELECT ${kind}::text AS kind, id, state, measure, first_on, last_on, started_on
        FROM ${Prisma.raw(kinds[kind].table)} WHERE ${condition}`,
    ),
    ' UNION ALL ',
  );
