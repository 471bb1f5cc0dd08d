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

const PLANNED_ON = dayIn(Prisma.sql`c.planned_at`);

/** The first days of participations: the ends of measures, and days of plans. A hire counts in the first of its case alone. */
async function readParticipations(
  tx: Tx,
  { from, to, now }: Frame,
  places: Places,
  months: readonly FromDay[],
): Promise<Some> {
  const { begin, end } = spanOf({ from, to });
  const today = Prisma.sql`${dayOf(now)}::date`;
  const withinDays = Prisma.sql`${IN_WORK_WITHIN_DAYS}::int`;
  const then = Prisma.sql`greatest(p.planned_at, ${begin})`;
  return byPlace(
    await tx.$queryRaw<Row[]>`
    WITH ${moves(begin)},
    months AS (
      SELECT "from", n, lead("from") OVER (ORDER BY "from") AS until
      FROM unnest(${months.map((each) => each.from)}::date[], ${months.map(({ n }) => n)}::int[]) AS each ("from", n)
    ),
    starts AS (
      SELECT c.id, m.n, c.area, c.planned_at, m.ended_on::date AS start
      FROM measures m JOIN cases c ON c.id = m.case_id
      WHERE m.ended_on BETWEEN ${from} AND ${to} AND m.kind <> 'job' AND c.planned_at IS NOT NULL
      UNION ALL
      SELECT c.id, 0, c.area, c.planned_at, ${PLANNED_ON}
      FROM cases c LEFT JOIN measures m ON m.case_id = c.id AND m.n = 1
      WHERE c.planned_at >= ${begin} AND c.planned_at < ${end}
        AND (m.kind = 'job'
          OR c.id NOT IN (SELECT case_id FROM measures WHERE kind <> 'job' AND ended_on IS NOT NULL)
            AND EXISTS (SELECT FROM employments e WHERE e.case_id = c.id AND e.how <> 'successor'))
    ),
    hires AS (
      SELECT id, case_id, ${dayIn(Prisma.sql`confirmed_at`)} AS confirmed, ended_on::date AS ended,
        CASE WHEN open OR last > ${today} THEN 'ahead'
          WHEN state = 'retained' OR ended_on::date > last THEN 'retained'
          WHEN ended_on IS NULL THEN 'not_known'
          ELSE 'lost' END AS fate
      FROM employments, LATERAL (SELECT (hired_on::date + make_interval(months => months))::date AS last) AS monitored
      WHERE how <> 'successor'
    ),
    participations AS (
      SELECT s.id, s.area, s.planned_at, s.start,
        coalesce(bool_or(h.confirmed <= s.start + ${withinDays}), false) AS in_work,
        count(h.id) AS hires,
        count(*) FILTER (WHERE h.fate = 'ahead') AS ahead,
        count(*) FILTER (WHERE h.fate = 'retained') AS retained,
        count(*) FILTER (WHERE h.fate = 'not_known') AS not_known,
        row_number() OVER (PARTITION BY s.id ORDER BY s.start, s.n) = 1 AS first
      FROM starts s LEFT JOIN hires h ON h.case_id = s.id AND (h.ended IS NULL OR h.ended > s.start)
      GROUP BY s.id, s.n, s.area, s.planned_at, s.start
    ),
    counted AS (
      SELECT coalesce(moves.area, p.area) AS area, p.hires, p.ahead, p.retained, p.not_known, p.first,
        p.start + ${withinDays} < ${today} AS passed,
        p.in_work,
        CASE WHEN p.hires > 0 THEN p.retained > 0 OR p.ahead = 0
          ELSE p.start + ${withinDays} + make_interval(months => months.n) <= ${today} END AS over
      FROM participations p
      JOIN months ON p.start + ${withinDays} >= months."from" AND (p.start + ${withinDays} < months.until OR months.until IS NULL)
      ${movedFrom(Prisma.sql`p.id`, then)}
    )
    SELECT ${PLACE},
      count(*) FILTER (WHERE passed)::int AS participants_28_days,
      count(*) FILTER (WHERE passed AND in_work)::int AS in_work_28_days,
      count(*) FILTER (WHERE over)::int AS participants_6_months,
      count(*) FILTER (WHERE over AND retained > 0)::int AS retained_participants,
      coalesce(sum(hires - ahead) FILTER (WHERE first), 0)::int AS hires_6_months,
      coalesce(sum(retained) FILTER (WHERE first), 0)::int AS retained_hires,
      coalesce(sum(not_known) FILTER (WHERE first), 0)::int AS not_known_hires
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
