import { isHeld, takesPlace } from '../../../domain/pathways/training';
import type { TrainingFacts } from '../../../domain/preconditions/training';
import type { View } from '../../kernel/view';

type Read = Omit<TrainingFacts, 'today' | 'hasPlace'> & { id: string; free: number };

/** The facts that the commands of trainings depend on, by their number. */
export async function trainingFacts({ tx, today }: View, ids: string[]): Promise<Map<string, TrainingFacts>> {
  const rows = await tx.$queryRaw<Read[]>`
    SELECT it.id, it.first_on AS "firstOn", it.last_on AS "lastOn", it.started_on AS "startedOn", it.ended_on AS "endedOn",
      it.completion, it.claim, it.offer,
      (SELECT coalesce(json_object_agg(kind, role), '{}') FROM tasks
       WHERE subject = 'training/' || it.id AND closed_at IS NULL) AS waits,
      course.places - (SELECT count(*)::int FROM trainings AS other
        WHERE other.course_id = it.course_id AND other.state = ANY(${[...takesPlace]})
          AND coalesce(other.came_from, '') <> 'referred' AND coalesce(other.last_on, ${today}) >= ${today}) AS free,
      EXISTS (SELECT FROM trainings AS other WHERE other.course_id = it.course_id AND other.state = 'waiting_list')
        AS "othersWait",
      (SELECT json_build_object('name', name) FROM (
         SELECT other.id AS name FROM trainings AS other
         WHERE other.person_id = it.person_id AND other.id <> it.id AND other.state = ANY(${[...isHeld]})
           AND other.first_on <= coalesce(it.last_on, other.first_on) AND other.last_on >= coalesce(it.first_on, other.last_on)
         UNION ALL
         SELECT kind || ' ' || n FROM measures
         WHERE case_id = it.case_id AND n <> it.measure AND kind <> 'job' AND started_on IS NOT NULL AND ended_on IS NULL
           AND NOT EXISTS (SELECT FROM public_works WHERE case_id = it.case_id AND measure = n)
           AND NOT EXISTS (SELECT FROM trainings AS other WHERE other.case_id = it.case_id AND other.measure = n)
         UNION ALL
         SELECT works.id FROM public_works AS works
         WHERE works.person_id = it.person_id AND works.state IN ('agreed', 'working')
           AND works.first_on <= coalesce(it.last_on, works.first_on) AND works.last_on >= coalesce(it.first_on, works.last_on)
         ORDER BY name LIMIT 1) AS one) AS occupied,
      EXISTS (SELECT FROM jsonb_array_elements(it.months) AS month WHERE (month ->> 'attended')::int > 0) AS attended
    FROM trainings AS it JOIN courses AS course ON course.id = it.course_id WHERE it.id = ANY(${ids})`;
  return new Map(rows.map(({ id, free, ...row }) => [id, { ...row, hasPlace: free > 0, today }]));
}
