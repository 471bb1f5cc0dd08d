import { Prisma } from '../../../prisma/generated/client';
import type { PublicWorksFacts } from '../../../domain/preconditions/public-works';
import { recordsOfSql } from '../../kernel/joined';
import type { View } from '../../kernel/view';

type Read = Omit<PublicWorksFacts, 'today'> & { id: string };

/** The facts that the commands of public works depend on, by their number. */
export async function publicWorksFacts(
  { tx, today }: View,
  ids: string[],
): Promise<Map<string, PublicWorksFacts>> {
  const rows = await tx.$queryRaw<Read[]>`
    SELECT it.id, first_on AS "firstOn", last_on AS "lastOn", started_on AS "startedOn", ended_on AS "endedOn", claim,
      (SELECT json_build_object('n', n, 'kind', kind) FROM measures
       WHERE case_id = it.case_id AND n <> it.measure AND kind <> 'job' AND measures.started_on IS NOT NULL
         AND measures.started_on <= coalesce(it.last_on, measures.started_on)
         AND measures.ended_on IS NULL ORDER BY n LIMIT 1) AS "otherMeasure",
      (SELECT min(id) FROM businesses WHERE state IN ('registering', 'active')
         AND person_id IN (${recordsOfSql(Prisma.sql`it.person_id`)})) AS business
    FROM public_works AS it WHERE it.id = ANY(${ids})`;
  return new Map(rows.map(({ id, ...row }) => [id, { ...row, today }]));
}
