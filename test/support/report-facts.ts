import { afterDay, at, dayOf } from '../../domain/day';
import { parseLine } from '../../domain/money/lines';
import { monthOf } from '../../domain/money/months';
import type { MeasureKind } from '../../domain/pathways/case';
import { unopened } from '../../domain/pathways/inspection';
import type { CaseFact, InspectionFact, PathwayFacts, ReferralFact } from '../../domain/reports/pathway';
import { type Entry, firstEntries, type Order } from '../../domain/reports/programme';
import type { Programme } from '../../domain/policy';
import {
  type Filed,
  type Flow,
  flowColumns,
  type FlowEvent,
  type Standing,
  type SubsidyFacts,
} from '../../domain/reports/subsidies';
import type { Db } from '../../prisma/db';
import { Prisma } from '../../prisma/generated/client';
import { workersOf } from '../../records/money/worker';
import type { Period } from '../../records/reads/reports/places';
import type { Span } from '../../records/reads/reports/subsidies';

/*
 * The facts of the reports, one by one, for the definitions in `domain/reports`. The reports themselves count in the database; tests
 * compare the two.
 */

const spanOf = ({ from, to }: Period) => ({ gte: at(from, '00:00'), lt: afterDay(to) });

/** The persons who entered a measure in a period, each once. A job counts on the day of hire, any other on its first day. */
export async function readEntries(db: Db, { from, to }: Period): Promise<Entry[]> {
  const areaThen = await readMoves(db, { from, to });
  const measures = await db.measure.findMany({
    where: { startedOn: { gte: from, lte: to } },
    orderBy: [{ startedOn: 'asc' }, { caseId: 'asc' }, { n: 'asc' }],
    select: {
      kind: true,
      region: true,
      startedOn: true,
      case: { select: { id: true, area: true, person: { select: { id: true, joinedTo: true } } } },
    },
  });
  const entries = measures.map(({ kind, region, startedOn, case: { id, area, person } }) => ({
    person: person.joinedTo ?? person.id,
    on: startedOn ?? from,
    kind: kind as MeasureKind,
    area: nearer(areaThen(id, area, at(startedOn ?? from, '00:00')), region),
  }));
  return firstEntries(entries);
}

/** The area of a fact: that of the case then, unless the fact's own region is known and is another. */
const nearer = (area: string, region: string | null): string =>
  region === null || area.startsWith(region) ? area : region;

interface OrderRow extends Omit<Order, 'area'> {
  case_id: string;
  area: string;
  region: string | null;
}

/**
 * The orders of wage subsidies signed in a period, for hires that the programme counts: the first order of each hire, with the
 * area of the hire [pathway §8].
 */
export async function readOrders(db: Db, { from, to }: Period): Promise<Order[]> {
  const areaThen = await readMoves(db, { from, to });
  const rows = await db.$queryRaw<OrderRow[]>`
    SELECT COALESCE(p.joined_to, p.id) AS person, s."order"->>'date' AS "on", c.id AS case_id, c.area, m.region
    FROM subsidies s
    JOIN employments e ON e.id = s.employment_id
    JOIN cases c ON c.id = e.case_id
    JOIN people p ON p.id = e.person_id
    JOIN LATERAL (
      SELECT region FROM measures WHERE case_id = c.id AND kind = 'job' AND started_on IS NOT NULL
      ORDER BY (n = e.measure) DESC NULLS LAST, (started_on = e.hired_on) DESC, started_on DESC LIMIT 1
    ) m ON true
    WHERE s."order"->>'date' BETWEEN ${from} AND ${to}
      AND NOT EXISTS (
        SELECT 1 FROM subsidies o WHERE o.employment_id = s.employment_id AND o.id <> s.id
          AND (o."order"->>'date', o.id) < (s."order"->>'date', s.id)
      )
    ORDER BY s.id`;
  return rows.map(({ person, on, case_id, area, region }) => ({
    person,
    on,
    area: nearer(areaThen(case_id, area, at(on, '00:00')), region),
  }));
}

/** The counts of the pathway report: cases planned until its end, referrals issued and inspections opened within it. */
export async function readPathwayFacts(db: Db, period: Period): Promise<PathwayFacts> {
  const areaThen = await readMoves(db, period);
  const [cases, referrals, inspections] = await Promise.all([
    readCases(db, period, areaThen),
    readReferrals(db, period, areaThen),
    readInspections(db, period),
  ]);
  return { cases, referrals, inspections };
}

type AreaThen = (caseId: string, now: string, at: Date) => string;

/**
 * The areas of cases over time. A case that another area took over takes its rows along. Events before the move still count in
 * the old area, so that no later move changes the report of a past period.
 */
async function readMoves(db: Db, period: Period): Promise<AreaThen> {
  const events = await db.event.findMany({
    where: { type: 'transferred', at: { gte: spanOf(period).gte } },
    select: { caseId: true, at: true, params: true },
    orderBy: { id: 'asc' },
  });
  const byCase = new Map<string | null, { at: Date; from: string }[]>();
  for (const { caseId, at: movedAt, params } of events) {
    const { from } = params as { from: string };
    byCase.set(caseId, [...(byCase.get(caseId) ?? []), { at: movedAt, from }]);
  }
  return (caseId, now, then) => byCase.get(caseId)?.find((moved) => moved.at > then)?.from ?? now;
}

async function readCases(db: Db, { from, to }: Period, areaThen: AreaThen): Promise<CaseFact[]> {
  const begin = at(from, '00:00');
  const within = { gte: from, lte: to };
  const rows = await db.case.findMany({
    where: {
      plannedAt: { not: null },
      OR: [{ plannedAt: spanOf({ from, to }) }, { measures: { some: { endedOn: within } } }],
    },
    select: {
      id: true,
      area: true,
      plannedAt: true,
      measures: { select: { kind: true, endedOn: true }, orderBy: { n: 'asc' } },
      employments: {
        where: { how: { not: 'successor' } },
        select: {
          id: true,
          hiredOn: true,
          months: true,
          confirmedAt: true,
          endedOn: true,
          state: true,
          open: true,
        },
      },
    },
  });
  return rows.flatMap(({ id, area, plannedAt, measures, employments }) =>
    plannedAt === null
      ? []
      : {
          area: areaThen(id, area, plannedAt > begin ? plannedAt : begin),
          plannedOn: dayOf(plannedAt),
          measures,
          hires: employments.map(({ confirmedAt, ...hire }) => ({
            ...hire,
            confirmedOn: dayOf(confirmedAt),
          })),
        },
  );
}

type ReferralRow = {
  case_id: string;
  issued_at: Date;
  area: string;
  state: string;
  decided_at: Date | null;
  decision: string | null;
  due: Date | null;
};

/**
 * Referrals with the end of the employer's last 5 days, and with the employer's answer. The 5 days begin again with a delivery
 * by hand. An answer that was entered only after silence counts too.
 */
async function readReferrals(db: Db, period: Period, areaThen: AreaThen): Promise<ReferralFact[]> {
  const { gte, lt } = spanOf(period);
  const rows = await db.$queryRaw<ReferralRow[]>`
    SELECT r.case_id, r.issued_at, r.area, r.state, t.due,
      COALESCE(r.decided_at, (i.late->>'at')::timestamptz) AS decided_at,
      COALESCE(r.decision, i.late)->>'decision' AS decision
    FROM referrals r
    LEFT JOIN LATERAL (
      SELECT due FROM tasks WHERE subject = 'referral/' || r.id AND kind = 'decision' ORDER BY id DESC LIMIT 1
    ) t ON true
    LEFT JOIN LATERAL (
      SELECT late_decision AS late FROM inspections
      WHERE referral_id = r.id AND late_decision IS NOT NULL ORDER BY id DESC LIMIT 1
    ) i ON true
    WHERE r.issued_at >= ${gte} AND r.issued_at < ${lt}`;
  return rows.map((row) => ({
    area: areaThen(row.case_id, row.area, row.issued_at),
    due: row.due,
    decision: row.decision as ReferralFact['decision'],
    decidedAt: row.decided_at,
    silent: row.state === 'silent',
  }));
}

async function readInspections(db: Db, period: Period): Promise<InspectionFact[]> {
  const rows = await db.inspection.findMany({
    where: { openedAt: spanOf(period), state: { notIn: [...unopened] } },
    select: {
      employerId: true,
      area: true,
      openedAt: true,
      resolvedAt: true,
      resolution: true,
      open: true,
      breachedAt: true,
      measure: true,
    },
  });
  const employers = await db.employer.findMany({
    where: { id: { in: [...new Set(rows.map(({ employerId }) => employerId))] } },
    select: { id: true, district: true },
  });
  const districts = new Map(employers.map(({ id, district }) => [id, district]));
  return rows.map(({ employerId, area, resolution, breachedAt, measure, ...row }) => ({
    ...row,
    area: nearer(districts.get(employerId) ?? area, area),
    resolution: (resolution as { resolution: string } | null)?.resolution ?? null,
    breached: breachedAt !== null,
    measure: measure === null ? null : 'none' in (measure as object) ? 'none' : 'taken',
  }));
}

/**
 * The counts of the report of subsidies. Applications and orders count on the day they were recorded, in any present state. With
 * `worked`, money counts in the month worked, from the first month to the last, whole or in part. Money without a month counts on
 * the day of its posting. `committed` and `payable` are the balances at the end of the last day.
 */
export async function readSubsidyFacts(db: Db, span: Span): Promise<SubsidyFacts> {
  const [filed, flows, standing] = await Promise.all([
    readFiled(db, span),
    readFlows(db, span),
    readStanding(db, span),
  ]);
  return { filed, flows, standing };
}

const begin = ({ from }: Span): Date => at(from, '00:00');
const end = ({ to }: Span): Date => afterDay(to);

async function readFiled(db: Db, span: Span): Promise<Filed[]> {
  const events = await db.event.findMany({
    where: {
      type: { in: ['applied', 'stipend_proposed', 'subsidy_ordered'] },
      at: { gte: begin(span), lt: end(span) },
    },
    select: { type: true, params: true },
  });
  return events.map(({ type, params }) => {
    const { programme, area } = params as { programme: Programme; area: string };
    return { what: type === 'subsidy_ordered' ? 'ordered' : 'applied', region: area.slice(0, 4), programme };
  });
}

interface FlowRow {
  line_id: string;
  subsidy_id: string;
  month: string;
  event: FlowEvent;
  amount: bigint;
}

/** A posting's subsidy is on the side that the money left. Its month is the month worked, also for money recovered later. */
async function readFlows(db: Db, span: Span): Promise<Flow[]> {
  const month = Prisma.sql`coalesce(l.month, c.month, '')`;
  const posted = Prisma.sql`l.at >= ${begin(span)} AND l.at < ${end(span)}`;
  const when =
    span.basis === 'posted'
      ? posted
      : Prisma.sql`CASE ${month} WHEN '' THEN ${posted}
          ELSE ${month} BETWEEN ${monthOf(span.from)} AND ${monthOf(span.to)} END`;
  const rows = await db.$queryRaw<FlowRow[]>(Prisma.sql`
    SELECT l.line_id, l.subsidy_id, ${month} AS month, l.event, (-sum(l.amount))::bigint AS amount
    FROM ledger_entries l LEFT JOIN claims c ON c.id = l.claim_id
    WHERE l.amount < 0 AND l.event IN (${Prisma.join(Object.keys(flowColumns))}) AND ${when}
    GROUP BY 1, 2, 3, 4`);
  const persons = await personsOf(db, [...new Set(rows.map(({ subsidy_id }) => subsidy_id))]);
  return rows.map(({ line_id, subsidy_id, month: worked, event, amount }) => ({
    ...placeOfLine(line_id),
    subsidy: subsidy_id,
    month: worked,
    persons: persons.get(subsidy_id) ?? [],
    event,
    amount,
  }));
}

async function personsOf(db: Db, ids: readonly string[]): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (let from = 0; from < ids.length; from += READ_AT_ONCE) {
    const rows = await db.subsidy.findMany({
      where: { id: { in: ids.slice(from, from + READ_AT_ONCE) } },
      select: { id: true, personId: true, application: true },
    });
    for (const row of rows) found.set(row.id, workersOf(row));
  }
  return found;
}

const READ_AT_ONCE = 5000;

async function readStanding(db: Db, span: Span): Promise<Standing[]> {
  const sums = await db.ledgerEntry.groupBy({
    by: ['lineId', 'account'],
    where: { account: { in: ['committed', 'payable'] }, at: { lt: end(span) } },
    _sum: { amount: true },
  });
  return sums.map(({ lineId, account, _sum }) => ({
    ...placeOfLine(lineId),
    account: account as Standing['account'],
    amount: _sum.amount ?? 0n,
  }));
}

const placeOfLine = (line: string): { region: string; programme: Programme } => {
  const { region, programme } = parseLine(line);
  return { region, programme };
};
