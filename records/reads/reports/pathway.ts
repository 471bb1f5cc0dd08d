import { unopened } from '../../../domain/pathways/inspection';
import { IN_WORK_WITHIN_DAYS, noPathway, type PathwayCounts } from '../../../domain/reports/pathway';
import { dayOf } from '../../../domain/day';
import type { Db, Tx } from '../../../prisma/db';
import { Prisma } from '../../../prisma/generated/client';
import { readLaw } from '../../kernel/law';
import { type FromDay, numberByDays } from '../../kernel/policy-numbers';
import {
  allPlaces,
  byPlace,
  type ByPlace,
  dayIn,
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

/** The period of the pathway report, and the instant of its data. */
export interface Frame extends Period {
  now: Date;
}

type Some = ByPlace<Partial<PathwayCounts>>;
type Row = Partial<PathwayCounts> & { place: string };

/**
 * The counts of the pathway report by place: participations that began in the period, referrals issued and inspections opened within
 * it. `domain/reports/pathway.ts` defines them, fact by fact.
 */
export async function readPathway(
  db: Db,
  frame: Frame,
  places: Places = allPlaces,
): Promise<ByPlace<PathwayCounts>> {
  const months = numberByDays(await readLaw(db, db, frame.now), 'retentionMonths');
  const parts = await Promise.all([
    withMemory(db, (tx) => readParticipations(tx, frame, places, months)),
    withMemory(db, (tx) => readReferrals(tx, frame, places)),
    readInspections(db, frame, places),
  ]);
  const found = new Set(parts.flatMap((part) => [...part.keys()]));
  return new Map(
    [...found].map((place) => [
      place,
      parts.reduce<PathwayCounts>((all, part) => ({ ...all, ...part.get(place) }), noPathway),
    ]),
  );
}

/**
 * Participations that began in the period. The database keeps them with their hires. A hire counts in the first participation of its
 * case alone. Where some of the hires are over and others are not, those that are over are counted one by one.
 */
async function readParticipations(
  tx: Tx,
  { from, to, now }: Frame,
  places: Places,
  months: readonly FromDay[],
): Promise<Some> {
  const { begin } = spanOf({ from, to });
  const today = Prisma.sql`${dayOf(now)}::date`;
  const last = Prisma.sql`day + ${IN_WORK_WITHIN_DAYS}::int`;
  const then = Prisma.sql`greatest(c.planned_at, ${begin})`;
  return byPlace(
    await tx.$queryRaw<Row[]>`
    WITH ${moves(begin)},
    moved AS (
      SELECT c.id, moves.area FROM moves JOIN cases c ON c.id = moves.case_id
      WHERE ${then} >= moves.since AND ${then} < moves.until
    ),
    months AS (
      SELECT "from", n, lead("from") OVER (ORDER BY "from") AS until
      FROM unnest(${months.map((each) => each.from)}::date[], ${months.map(({ n }) => n)}::int[]) AS each ("from", n)
    ),
    days AS (
      SELECT day, ${last} < ${today} AS passed, ${last} + make_interval(months => months.n) <= ${today} AS over
      FROM (SELECT each::date AS day FROM generate_series(${from}::date, ${to}::date, interval '1 day') AS each) AS all_days
      JOIN months ON ${last} >= months."from" AND (${last} < months.until OR months.until IS NULL)
    ),
    counted AS (
      SELECT coalesce(moved.area, p.area) AS area, days.passed, p.in_work,
        CASE WHEN p.hires > 0 THEN coalesce(least(p.retained_on, p.all_over) <= ${today}, false) ELSE days.over END AS over,
        coalesce(p.retained_on <= ${today}, false) AS is_retained,
        CASE WHEN p.before >= ${from}::date THEN '{0,0,0}'::int[]
          WHEN p.all_over <= ${today} THEN ARRAY[p.hires, p.retained, p.not_known]
          WHEN p.first_over <= ${today} THEN (
            SELECT ARRAY[count(*), count(*) FILTER (WHERE fate = 'retained'), count(*) FILTER (WHERE fate = 'not_known')]::int[]
            FROM hires h WHERE h.case_id = p.case_id AND (h.ended IS NULL OR h.ended > p.start) AND h.over <= ${today})
          ELSE '{0,0,0}' END AS hires
      FROM participations p JOIN days ON days.day = p.start LEFT JOIN moved ON moved.id = p.case_id
      WHERE p.start BETWEEN ${from}::date AND ${to}::date
    )
    SELECT ${PLACE},
      count(*) FILTER (WHERE passed)::int AS participants_28_days,
      count(*) FILTER (WHERE passed AND in_work)::int AS in_work_28_days,
      count(*) FILTER (WHERE over)::int AS participants_6_months,
      count(*) FILTER (WHERE is_retained)::int AS retained_participants,
      coalesce(sum(hires[1]), 0)::int AS hires_6_months,
      coalesce(sum(hires[2]), 0)::int AS retained_hires,
      coalesce(sum(hires[3]), 0)::int AS not_known_hires
    FROM ${placed(Prisma.sql`counted`, places)} ${EACH_AND_ALL}`,
  );
}

/**
 * Referrals with the end of the employer's last 5 days, and with the employer's answer. The 5 days begin again with a delivery
 * by hand. An answer that was entered only after silence counts too.
 */
async function readReferrals(tx: Tx, { from, to, now }: Frame, places: Places): Promise<Some> {
  const { begin, end } = spanOf({ from, to });
  return byPlace(
    await tx.$queryRaw<Row[]>`
    WITH ${moves(begin)},
    late AS (
      SELECT DISTINCT ON (referral_id) referral_id, late_decision AS answer
      FROM inspections WHERE late_decision IS NOT NULL ORDER BY referral_id, id DESC
    ),
    waits AS (
      SELECT DISTINCT ON (subject) subject, due FROM tasks WHERE kind = 'decision' ORDER BY subject, id DESC
    ),
    counted AS (
      SELECT coalesce(moves.area, r.area) AS area, r.state = 'silent' AS silent,
        coalesce(r.decision, late.answer)->>'decision' AS decision,
        coalesce(coalesce(r.decided_at, (late.answer->>'at')::timestamptz) <= waits.due, false) AS in_time
      FROM referrals r
      JOIN waits ON waits.subject = 'referral/' || r.id
      LEFT JOIN late ON late.referral_id = r.id
      ${movedFrom(Prisma.sql`r.case_id`, Prisma.sql`r.issued_at`)}
      WHERE r.issued_at >= ${begin} AND r.issued_at < ${end} AND waits.due < ${now}
        AND (r.decided_at IS NOT NULL OR late.answer->>'at' IS NOT NULL OR r.state = 'silent')
    )
    SELECT ${PLACE},
      count(*)::int AS referrals_5_days,
      count(*) FILTER (WHERE in_time)::int AS answered_in_time,
      count(*) FILTER (WHERE in_time AND decision = 'accept')::int AS accepted_in_time,
      count(*) FILTER (WHERE in_time AND decision = 'reject')::int AS rejected_in_time,
      count(*) FILTER (WHERE silent AND NOT in_time)::int AS silent
    FROM ${placed(Prisma.sql`counted`, places)} ${EACH_AND_ALL}`,
  );
}

async function readInspections(tx: Pick<Tx, '$queryRaw'>, period: Period, places: Places): Promise<Some> {
  const { begin, end } = spanOf(period);
  return byPlace(
    await tx.$queryRaw<Row[]>`
    WITH counted AS (
      SELECT ${nearer(Prisma.sql`coalesce(e.district, i.area)`, Prisma.sql`i.area`)} AS area,
        i.resolution->>'resolution' AS resolution, i.open, i.measure, i.breached_at IS NOT NULL AS breached,
        ${dayIn(Prisma.sql`i.resolved_at`)} - ${dayIn(Prisma.sql`i.opened_at`)} AS days
      FROM inspections i LEFT JOIN employers e ON e.id = i.employer_id
      WHERE i.opened_at >= ${begin} AND i.opened_at < ${end} AND i.state <> ALL(${[...unopened]})
    )
    SELECT ${PLACE},
      count(*)::int AS inspections,
      count(*) FILTER (WHERE resolution = 'settled')::int AS settled,
      count(*) FILTER (WHERE resolution = 'directed')::int AS directed,
      count(*) FILTER (WHERE resolution = 'justified')::int AS justified,
      count(*) FILTER (WHERE resolution = 'unjustified')::int AS unjustified,
      count(*) FILTER (WHERE resolution IS NULL AND open)::int AS unresolved,
      count(*) FILTER (WHERE resolution IS NULL AND NOT open)::int AS ended_unresolved,
      percentile_cont(0.5) WITHIN GROUP (ORDER BY days) AS days_to_resolution_median,
      percentile_cont(0.9) WITHIN GROUP (ORDER BY days) AS days_to_resolution_p90,
      count(*) FILTER (WHERE breached)::int AS breaches,
      count(*) FILTER (WHERE NOT measure ? 'none')::int AS measures_taken,
      count(*) FILTER (WHERE measure ? 'none')::int AS no_measure_with_reason
    FROM ${placed(Prisma.sql`counted`, places)} ${EACH_AND_ALL}`,
  );
}
