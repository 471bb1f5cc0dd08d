import { Prisma } from '../../prisma/generated/client';

/**
 * The numbers of all records of a person, within a statement: the kept record and those joined to it.
 *
 * @param personId the number of any of them
 */
export const recordsOfSql = (personId: Prisma.Sql): Prisma.Sql => Prisma.sql`
  SELECT record.id FROM people AS me
  JOIN people AS record ON coalesce(me.joined_to, me.id) IN (record.id, record.joined_to) WHERE me.id = ${personId}`;
