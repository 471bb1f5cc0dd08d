import { monthOf } from '../../../domain/money/months';
import type { Programme } from '../../../domain/policy';
import { flowColumns, noSubsidies, type SubsidyFigures } from '../../../domain/reports/subsidies';
import type { Soato } from '../../../domain/soato';
import type { Db, Tx } from '../../../prisma/db';
import { Prisma } from '../../../prisma/generated/client';
import { type Period, spanOf, withMemory } from './places';

/** The day by which money counts: the day of the posting, or the month worked. */
export const bases = ['posted', 'worked'] as const;
export type Basis = (typeof bases)[number];

export interface Span extends Period {
  basis: Basis;
  /** Only these programmes count. */
  programmes?: readonly Programme[];
}

/** A region and programme; without a region all regions, without a programme all programmes. */
interface Place {
  region: Soato | null;
  programme: Programme | null;
}
type Reader = Pick<Tx, '$queryRaw'>;
type Row = Place & Partial<SubsidyFigures>;

/**
 * The figures of the report of subsidies, as `domain/reports/subsidies.ts` defines them. Applications and orders count on the day
 * they were recorded, in any present state. With `worked`, money counts in the month worked, from the first month to the last, whole
 * or in part. Money without a month counts on the day of its posting. `committed` and `payable` are the balances at the end of the
 * last day.
 *
 * @returns the figures of a region and programme, of a programme in all regions, or of all together
 */
export async function readSubsidies(
  db: Db,
  span: Span,
): Promise<(region: Soato | null, programme: Programme | null) => SubsidyFigures> {
  const rows = await Promise.all([
    readFiled(db, span),
    withMemory(db, (tx) => readFlows(tx, span)),
    readStanding(db, span),
  ]);
  const found = new Map<string, SubsidyFigures>();
  for (const { region, programme, ...figures } of rows.flat()) {
    const key = `${region} ${programme}`;
    found.set(key, { ...(found.get(key) ?? noSubsidies), ...figures });
  }
  return (region, programme) => found.get(`${region} ${programme}`) ?? noSubsidies;
}

/** Each region and programme, each programme, and all together. */
const EACH_AND_ALL = Prisma.sql`GROUP BY GROUPING SETS ((region, programme), (programme), ())`;

/** Whether a programme counts, as a condition. */
const counts = ({ programmes }: Span, programme: Prisma.Sql): Prisma.Sql =>
  programmes ? Prisma.sql`${programme} = ANY(${[...programmes]})` : Prisma.sql`TRUE`;

const readFiled = (tx: Reader, span: Span): Promise<Row[]> => {
  const { begin, end } = spanOf(span);
  return tx.$queryRaw<Row[]>`
    SELECT region, programme, count(*) FILTER (WHERE type <> 'subsidy_ordered')::int AS applied,
      count(*) FILTER (WHERE type = 'subsidy_ordered')::int AS ordered
    FROM (
      SELECT type, left(params->>'area', 4) AS region, params->>'programme' AS programme
      FROM events WHERE type IN ('applied', 'stipend_proposed', 'start_entered', 'subsidy_ordered') AND at >= ${begin} AND at < ${end}
    ) AS filed WHERE ${counts(span, Prisma.sql`programme`)} ${EACH_AND_ALL}`;
};

const eventsOf = (column: (typeof flowColumns)[keyof typeof flowColumns]): Prisma.Sql =>
  Prisma.join(Object.entries(flowColumns).flatMap(([event, of]) => (of === column ? event : [])));

/**
 * The flows of money. A posting's subsidy is on the side that the money left. Its month is the month worked, also for money recovered
 * later. Persons count once, and so do months: by the sums paid less those that came back.
 */
async function readFlows(tx: Reader, span: Span): Promise<Row[]> {
  const { begin, end } = spanOf(span);
  const posted = Prisma.sql`l.at >= ${begin} AND l.at < ${end}`;
  const month = Prisma.sql`coalesce(l.month, (SELECT month FROM claims WHERE id = l.claim_id), '')`;
  const when =
    span.basis === 'posted'
      ? posted
      : Prisma.sql`CASE ${month} WHEN '' THEN ${posted}
          ELSE ${month} BETWEEN ${monthOf(span.from)} AND ${monthOf(span.to)} END`;
  const sum = (column: 'paid' | 'returned' | 'recovered') =>
    Prisma.sql`coalesce(sum(-l.amount) FILTER (WHERE l.event IN (${eventsOf(column)})), 0)::bigint`;
  return tx.$queryRaw<Row[]>`
    WITH flows AS MATERIALIZED (
      SELECT split_part(l.line_id, '-', 2) AS region, split_part(l.line_id, '-', 1) AS programme, l.subsidy_id,
        ${month} AS month, ${sum('paid')} AS paid, ${sum('returned')} AS returned, ${sum('recovered')} AS recovered
      FROM ledger_entries l
      WHERE ${counts(span, Prisma.sql`split_part(l.line_id, '-', 1)`)} AND l.amount < 0 AND l.event IN (${Prisma.join(Object.keys(flowColumns))}) AND ${when}
      GROUP BY 1, 2, 3, 4
    ),
    of_months AS (
      SELECT region, programme, paid - returned AS net FROM flows
      UNION ALL
      SELECT NULL, programme, sum(paid - returned) FROM flows GROUP BY programme, subsidy_id, month
    ),
    of_subsidies AS (
      SELECT region, programme, subsidy_id, sum(paid - returned - recovered) AS net FROM flows GROUP BY 1, 2, 3
    ),
    of_persons AS (
      SELECT f.region, f.programme, sum(net) AS net FROM of_subsidies f
      JOIN subsidies s ON s.id = subsidy_id
      CROSS JOIN LATERAL (
        SELECT s.person_id AS person WHERE s.person_id <> ''
        UNION
        SELECT worker->>'person' FROM jsonb_array_elements(s.application->'workers') AS worker WHERE s.person_id = ''
      ) AS persons
      GROUP BY GROUPING SETS ((f.region, f.programme, person), (f.programme, person), (person))
    )
    SELECT sums.*, coalesce(people, 0) AS people, coalesce(months, 0) AS months, average FROM (
      SELECT region, programme, coalesce(sum(paid), 0)::bigint AS paid, coalesce(sum(returned), 0)::bigint AS returned,
        coalesce(sum(recovered), 0)::bigint AS recovered
      FROM flows ${EACH_AND_ALL}
    ) AS sums
    LEFT JOIN (
      SELECT region, programme, count(*)::int AS months, div(sum(net), count(*))::bigint AS average
      FROM of_months WHERE net > 0 GROUP BY region, programme
      UNION ALL
      SELECT NULL, NULL, count(*)::int, div(sum(net), count(*))::bigint FROM of_months WHERE net > 0 AND region IS NULL
    ) AS m ON m.region IS NOT DISTINCT FROM sums.region AND m.programme IS NOT DISTINCT FROM sums.programme
    LEFT JOIN (
      SELECT region, programme, count(*)::int AS people FROM of_persons WHERE net > 0 GROUP BY region, programme
    ) AS p ON p.region IS NOT DISTINCT FROM sums.region AND p.programme IS NOT DISTINCT FROM sums.programme`;
}

/** The kept balances of now, less the postings after the last day. */
const readStanding = (tx: Reader, span: Span): Promise<Row[]> => tx.$queryRaw<Row[]>`
  SELECT region, programme, coalesce(sum(amount) FILTER (WHERE account = 'committed'), 0)::bigint AS committed,
    coalesce(sum(amount) FILTER (WHERE account = 'payable'), 0)::bigint AS payable
  FROM (
    SELECT split_part(line_id, '-', 2) AS region, split_part(line_id, '-', 1) AS programme, account, amount
    FROM (
      SELECT line_id, account, amount::bigint FROM line_balances, jsonb_each_text(accounts) AS kept (account, amount)
      UNION ALL
      SELECT line_id, account, -amount FROM ledger_entries WHERE at >= ${spanOf(span).end}
    ) AS postings
    WHERE account IN ('committed', 'payable')
  ) AS entries WHERE ${counts(span, Prisma.sql`programme`)} ${EACH_AND_ALL}`;
