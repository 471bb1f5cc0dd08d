import { afterDay, at, type Day } from '../../domain/day';
import { parseLine } from '../../domain/money/lines';
import { monthOf } from '../../domain/money/months';
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
import { workersOf } from '../money/worker';

/** The day by which money counts: the day of the posting, or the month worked. */
export const bases = ['posted', 'worked'] as const;
export type Basis = (typeof bases)[number];

interface Span {
  from: Day;
  to: Day;
  basis: Basis;
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
    where: { type: { in: ['applied', 'subsidy_ordered'] }, at: { gte: begin(span), lt: end(span) } },
    select: { type: true, params: true },
  });
  return events.map(({ type, params }) => {
    const { programme, area } = params as { programme: Programme; area: string };
    return { what: type === 'applied' ? 'applied' : 'ordered', region: area.slice(0, 4), programme };
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
