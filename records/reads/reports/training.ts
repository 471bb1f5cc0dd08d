import {
  foundColumns,
  refusalColumns,
  type TrainingCounts,
  type TrainingGroup,
} from '../../../domain/reports/training';
import type { Db } from '../../../prisma/db';
import { Prisma } from '../../../prisma/generated/client';
import {
  allPlaces,
  byPlace,
  type ByPlace,
  EACH_AND_ALL,
  type Period,
  PLACE,
  placed,
  type Places,
  spanOf,
  withMemory,
} from './places';

/** The trainings that were referred in the period, in their present state, each in the district of its centre. */
const referred = (period: Period): Prisma.Sql => {
  const { begin, end } = spanOf(period);
  return Prisma.sql`(
    SELECT t.area, t.centre_id, course.field, t.state, t.admitted_at, t.started_on, t.completion, t.look_backs, t.refusal
    FROM trainings t JOIN courses course ON course.id = t.course_id
    WHERE t.referred_at >= ${begin} AND t.referred_at < ${end})`;
};

const column = (name: string): Prisma.Sql => Prisma.raw(`"${name}"`);

const COUNTS = Prisma.join([
  Prisma.sql`count(*)::int AS referred`,
  Prisma.sql`count(admitted_at)::int AS admitted`,
  ...refusalColumns.map(
    ({ code, column: name }) =>
      Prisma.sql`count(*) FILTER (WHERE state = 'refused' AND refusal->>'code' = ${code})::int AS ${column(name)}`,
  ),
  Prisma.sql`count(started_on)::int AS studied`,
  Prisma.sql`count(completion)::int AS completed`,
  Prisma.sql`count(*) FILTER (WHERE completion->>'outcome' = 'certificate')::int AS with_certificate`,
  ...['dropped_out', 'withdrawn', 'cancelled', 'ended'].map(
    (state) => Prisma.sql`count(*) FILTER (WHERE state = ${state})::int AS ${column(state)}`,
  ),
  ...foundColumns.map(
    ({ n, state, column: name }) =>
      Prisma.sql`count(*) FILTER (WHERE look_backs->${n - 1}::int->>'state' = ${state})::int AS ${column(name)}`,
  ),
]);

/** The counts of trainings by the place of their centre [measures §6]. */
export const readTrainings = async (
  db: Db,
  period: Period,
  places: Places = allPlaces,
): Promise<ByPlace<TrainingCounts>> =>
  byPlace(
    await withMemory(
      db,
      (tx) => tx.$queryRaw<(TrainingCounts & { place: string })[]>`
        SELECT ${PLACE}, ${COUNTS} FROM ${placed(referred(period), places)} ${EACH_AND_ALL}`,
    ),
  );

/** The counts of trainings by centre, or by field of the course, each with its name. The key of the whole is empty. */
export async function readTrainingsBy(
  db: Db,
  by: Exclude<TrainingGroup, 'place'>,
  period: Period,
  places: Places = allPlaces,
): Promise<ByPlace<TrainingCounts>> {
  const key = by === 'centre' ? Prisma.sql`centre_id` : Prisma.sql`field`;
  const rows = await withMemory(
    db,
    (tx) => tx.$queryRaw<(TrainingCounts & { place: string })[]>`
      SELECT coalesce(key, '') AS place, ${COUNTS}
      FROM (SELECT *, ${key} AS key FROM ${placed(referred(period), places)}) AS keyed
      GROUP BY GROUPING SETS ((key), ())`,
  );
  return byPlace(rows);
}
