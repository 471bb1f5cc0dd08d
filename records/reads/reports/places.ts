import { afterDay, at, type Day } from '../../../domain/day';
import type { Soato } from '../../../domain/soato';
import type { Db, Tx } from '../../../prisma/db';
import { Prisma } from '../../../prisma/generated/client';
import { turns } from '../../kernel/turns';

/** Days of a report, both included. */
export interface Period {
  from: Day;
  to: Day;
}

/** The places of a report: all regions, or the districts within an area. */
export interface Places {
  /** Only facts within this area are counted; empty: all facts. */
  within: Soato;
  /** The digits of each place's code: 4 of a region, 7 of a district. */
  digits: 4 | 7;
}

export const allPlaces: Places = { within: '', digits: 4 };

/** Figures by the code of the place. The key of the whole is empty. */
export type ByPlace<F> = ReadonlyMap<Soato, F>;

export const byPlace = <R extends { place: Soato }>(rows: readonly R[]): ByPlace<Omit<R, 'place'>> =>
  new Map(rows.map(({ place, ...figures }) => [place, figures]));

export const spanOf = ({ from, to }: Period) => ({ begin: at(from, '00:00'), end: afterDay(to) });

/** The day of an instant in Tashkent. */
export const dayIn = (instant: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`(${instant} AT TIME ZONE 'Asia/Tashkent')::date`;

/** Facts with an `area`, each with its `place`. Facts outside the places are left out. */
export const placed = (facts: Prisma.Sql, { within, digits }: Places): Prisma.Sql =>
  Prisma.sql`(SELECT *, left(area, ${digits}) AS place FROM ${facts} AS fact WHERE starts_with(area, ${within})) AS placed`;

/** Counts the facts of each place, and of all places together. */
export const EACH_AND_ALL = Prisma.sql`GROUP BY GROUPING SETS ((place), ())`;
export const PLACE = Prisma.sql`coalesce(place, '') AS place`;

/**
 * The common table `moves`: the area of each case before a move, and the time for which it was the area. A case that another area
 * took over takes its rows along. Events before the move still count in the old area, so that no later move changes the report of a
 * past period.
 */
export const moves = (begin: Date): Prisma.Sql => Prisma.sql`
  moves AS (
    SELECT case_id, params->>'from' AS area, at AS until,
      coalesce(lag(at) OVER (PARTITION BY case_id ORDER BY id), '-infinity') AS since
    FROM events WHERE type = 'transferred' AND at >= ${begin}
  )`;

/** Joins the area of a case at an instant, if it was another one then. */
export const movedFrom = (caseId: Prisma.Sql, then: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`LEFT JOIN moves ON moves.case_id = ${caseId} AND ${then} >= moves.since AND ${then} < moves.until`;

/** The area of a fact: that of the case then, unless the fact's own region is known and is another. */
export const nearer = (area: Prisma.Sql, region: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`CASE WHEN starts_with(${area}, ${region}) THEN ${area} ELSE coalesce(${region}, ${area}) END`;

/**
 * A report's sums over a year have memory, so that PostgreSQL need not write them to files, and a plan for their own period. They read
 * most pages of a table: one after another is quicker than each by an index.
 */
export const withMemory = <T>(db: Db, read: (tx: Tx) => Promise<T>): Promise<T> =>
  reading(() =>
    db.inTransaction(
      async (tx) => {
        await tx.$executeRaw`SET LOCAL work_mem = '64MB'`;
        await tx.$executeRaw`SET LOCAL plan_cache_mode = 'force_custom_plan'`;
        await tx.$executeRaw`SET LOCAL random_page_cost = 4`;
        return read(tx);
      },
      { timeoutMs: REPORT_WITHIN_MS },
    ),
  );

const REPORT_WITHIN_MS = 60_000;

/** Reports leave connections to everybody else. */
const reading = turns(2);
