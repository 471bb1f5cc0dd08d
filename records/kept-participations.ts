import type { Db } from '../prisma/db';

/**
 * Counts the participations of a case anew where those that are kept differ from its rows. They differ only by a fault.
 *
 * @returns the numbers of these cases
 */
export async function mendParticipations(db: Db): Promise<string[]> {
  const rows = await db.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT case_id AS id FROM (
      (TABLE participations EXCEPT TABLE counted_participations)
      UNION ALL
      (TABLE counted_participations EXCEPT TABLE participations)
    ) AS different ORDER BY 1`;
  for (const { id } of rows) await db.$executeRaw`SELECT keep_participations_of(${id})`;
  return rows.map(({ id }) => id);
}
