import { LAST_DAY } from '../../../domain/day';
import { isHeld, takesPlace } from '../../../domain/pathways/training';
import type { TrainingFacts } from '../../../domain/preconditions/training';
import { Prisma } from '../../../prisma/generated/client';
import { recordsOfSql } from '../../kernel/joined';
import type { View } from '../../kernel/view';

type Read = Omit<TrainingFacts, 'today' | 'hasPlace'> & { id: string; free: number };

/** The facts that the commands of trainings depend on, by their number. */
export async function trainingFacts({ tx, today }: View, ids: string[]): Promise<Map<string, TrainingFacts>> {
  const rows = await tx.$queryRaw<Read[]>`
    SELECT it.id, it.area, it.first_on AS "firstOn", it.last_on AS "lastOn", it.started_on AS "startedOn", it.ended_on AS "endedOn",
      it.completion, it.claim, it.offer,
      (SELECT coalesce(json_object_agg(kind, role ORDER BY role DESC), '{}') FROM tasks
       WHERE subject = 'training/' || it.id AND closed_at IS NULL) AS waits,
      course.places - (SELECT count(*)::int FROM trainings AS other
        WHERE other.course_id = it.course_id AND other.state = ANY(${[...takesPlace]})
          AND coalesce(other.came_from, '') <> 'referred' AND coalesce(other.last_on, ${today}) >= ${today}) AS free,
      EXISTS (SELECT FROM trainings AS other WHERE other.course_id = it.course_id AND other.state = 'waiting_list')
        AS "othersWait",
      (SELECT json_build_object('name', name) FROM (
         SELECT id AS name, person_id, first_on, last_on FROM trainings WHERE id <> it.id AND state = ANY(${[...isHeld]})
         UNION ALL
         SELECT id, person_id, first_on, last_on FROM public_works WHERE state IN ('agreed', 'working')
         UNION ALL
         SELECT id, person_id, started_on, ${LAST_DAY} FROM businesses WHERE state = 'active') AS other
       WHERE other.person_id IN (${recordsOfSql(Prisma.sql`it.person_id`)})
         AND first_on <= coalesce(it.last_on, first_on) AND other.last_on >= coalesce(it.first_on, other.last_on)
       ORDER BY name LIMIT 1) AS occupied,
      (SELECT json_build_object('n', n, 'kind', kind) FROM measures
       WHERE case_id = it.case_id AND n <> it.measure AND kind <> 'job' AND measures.ended_on IS NULL
         AND measures.started_on <= coalesce(it.last_on, measures.started_on)
         AND NOT EXISTS (SELECT FROM public_works WHERE case_id = it.case_id AND measure = n)
         AND NOT EXISTS (SELECT FROM businesses WHERE case_id = it.case_id AND measure = n)
         AND NOT EXISTS (SELECT FROM trainings AS other WHERE other.case_id = it.case_id AND other.measure = n)
       ORDER BY n LIMIT 1) AS "otherMeasure",
      EXISTS (SELECT FROM jsonb_array_elements(it.months) AS month WHERE (month ->> 'attended')::int > 0) AS attended
    FROM trainings AS it JOIN courses AS course ON course.id = it.course_id WHERE it.id = ANY(${ids})`;
  return new Map(rows.map(({ id, free, ...row }) => [id, { ...row, hasPlace: free > 0, today }]));
}
