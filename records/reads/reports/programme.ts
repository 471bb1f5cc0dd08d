import type { ProgrammeCounts } from '../../../domain/reports/programme';
import type { Db } from '../../../prisma/db';
import { Prisma } from '../../../prisma/generated/client';
import {
  allPlaces,
  byPlace,
  type ByPlace,
  EACH_AND_ALL,
  movedFrom,
  moves,
  nearer,
  type Period,
  PLACE,
  placed,
  type Places,
  spanOf,
  withMemory,
} from './places';

/** The midnight in Tashkent that begins a day. */
const midnightOf = (day: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`(${day}::timestamp AT TIME ZONE 'Asia/Tashkent')`;

/**
 * The counts of the programme by place, as `domain/reports/programme.ts` defines them. A job counts on the day of hire, any other
 * measure on its first day. The order of a wage subsidy counts where its hire is counted: in the period, else in the hire's own
 * area [pathway §8].
 */
export async function readProgramme(
  db: Db,
  period: Period,
  places: Places = allPlaces,
): Promise<ByPlace<ProgrammeCounts>> {
  const { from, to } = period;
  const { begin } = spanOf(period);
  const startedOn = midnightOf(Prisma.sql`m.started_on`);
  const orderedOn = midnightOf(Prisma.sql`o."on"`);
  const rows = await withMemory(
    db,
    (tx) => tx.$queryRaw<(ProgrammeCounts & { place: string })[]>`
    WITH ${moves(begin)},
    joined AS (SELECT id, joined_to FROM people WHERE joined_to IS NOT NULL),
    entries AS (
      SELECT DISTINCT ON (person, m.kind) coalesce(joined.joined_to, c.person_id) AS person, m.kind,
        ${nearer(Prisma.sql`coalesce(moves.area, c.area)`, Prisma.sql`m.region`)} AS area
      FROM measures m
      JOIN cases c ON c.id = m.case_id
      LEFT JOIN joined ON joined.id = c.person_id
      ${movedFrom(Prisma.sql`c.id`, startedOn)}
      WHERE m.started_on BETWEEN ${from} AND ${to}
      ORDER BY person, m.kind, m.started_on, c.id, m.n
    ),
    ordered AS (
      SELECT s.id, s.employment_id, s."order"->>'date' AS "on"
      FROM subsidies s
      WHERE s."order"->>'date' BETWEEN ${from} AND ${to}
        AND NOT EXISTS (
          SELECT 1 FROM subsidies earlier WHERE earlier.employment_id = s.employment_id AND earlier.id <> s.id
            AND (earlier."order"->>'date', earlier.id) < (s."order"->>'date', s.id)
        )
    ),
    orders AS (
      SELECT DISTINCT ON (person) coalesce(joined.joined_to, e.person_id) AS person,
        ${nearer(Prisma.sql`coalesce(moves.area, c.area)`, Prisma.sql`hire.region`)} AS area
      FROM ordered o
      JOIN employments e ON e.id = o.employment_id
      JOIN cases c ON c.id = e.case_id
      JOIN LATERAL (
        SELECT region FROM measures WHERE case_id = c.id AND kind = 'job' AND started_on IS NOT NULL
        ORDER BY (n = e.measure) DESC NULLS LAST, (started_on = e.hired_on) DESC, started_on DESC LIMIT 1
      ) hire ON true
      LEFT JOIN joined ON joined.id = e.person_id
      ${movedFrom(Prisma.sql`c.id`, orderedOn)}
      ORDER BY person, o."on", o.id
    ),
    counted AS (
      SELECT kind, area FROM entries
      UNION ALL
      SELECT 'order', coalesce(entries.area, orders.area)
      FROM orders LEFT JOIN entries ON entries.person = orders.person AND entries.kind = 'job'
    )
    SELECT ${PLACE},
      count(*) FILTER (WHERE kind NOT IN ('order', 'self_employment'))::int AS total,
      (count(*) FILTER (WHERE kind = 'job') - count(*) FILTER (WHERE kind = 'order'))::int AS permanent_job,
      count(*) FILTER (WHERE kind = 'training')::int AS training,
      count(*) FILTER (WHERE kind = 'public_works')::int AS public_works,
      count(*) FILTER (WHERE kind = 'order')::int AS subsidised_job,
      count(*) FILTER (WHERE kind = 'self_employment')::int AS self_employment
    FROM ${placed(Prisma.sql`counted`, places)} ${EACH_AND_ALL}`,
  );
  return byPlace(rows);
}
