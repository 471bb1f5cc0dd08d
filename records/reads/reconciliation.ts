import { workingDaysBetween } from '../../domain/calendar';
import { dayOf, endOfDay } from '../../domain/day';
import { dueOf, type Length } from '../../domain/deadline';
import type { Fund } from '../../domain/fund';
import { statementId } from '../../domain/money/funds';
import type { Verdict } from '../../domain/money/statement';
import type { ReconciliationFacts, StatedLine, Sums, Unstated } from '../../domain/reports/reconciliation';
import { Prisma, type Statement, type StatementEntry } from '../../prisma/generated/client';
import type { Db, Tx } from '../../prisma/db';
import { subjectOf } from '../kernel/rows';
import { readCalendar } from '../kernel/calendar';
import type { Transaction } from '../kernel/transaction';

interface Missing {
  key: string;
  area: string;
  amount: bigint;
  created_at: Date;
}

/** The fund and the day of a statement. */
type Which = Pick<Statement, 'fund' | 'day'>;

/** The statement of the same fund before another, or after it, as a query. */
export const statementBefore = ({ fund, day }: Which) =>
  ({ where: { fund, day: { lt: day } }, orderBy: { day: 'desc' } }) as const;
export const statementAfter = ({ fund, day }: Which) =>
  ({ where: { fund, day: { gt: day } }, orderBy: { day: 'asc' } }) as const;

/** A fund's payments sent by the end of a day and recorded in the ledger by an instant. No statement until that day has them. */
const missingIn = (tx: Pick<Tx, '$queryRaw'>, { fund, day }: Which, asOf: Date): Promise<Missing[]> =>
  tx.$queryRaw<Missing[]>(Prisma.sql`
    SELECT p.key, p.amount, p.created_at, c.area
    FROM payments p JOIN claims c ON c.id = p.claim_id
    WHERE c.fund = ${fund} AND p.created_at <= ${endOfDay(day)}
      AND NOT EXISTS (SELECT 1 FROM statement_entries e JOIN statements s ON s.id = e.statement_id
        WHERE e.reference = p.key AND e.kind = 'settled' AND s.fund = ${fund} AND s.day <= ${day})
      AND (SELECT coalesce(sum(l.amount), 0) FROM ledger_entries l
        WHERE l.claim_id = p.claim_id AND l.act = p.key AND l.account IN ('sent', 'paid') AND l.at <= ${asOf}) > 0
    ORDER BY p.created_at, p.key`);

/**
 * Payments that a fund's statement until a day should have by now. Each is found once.
 *
 * @param within how long a payment may take until the treasury states it
 */
export async function overdueInStatements(
  transaction: Transaction,
  which: Which,
  within: Length,
): Promise<{ key: string; area: string }[]> {
  const calendar = await transaction.calendar();
  const missing = (await missingIn(transaction.tx, which, transaction.now)).filter(
    (one) => dueOf({ from: dayOf(one.created_at), length: within }, calendar) < endOfDay(which.day),
  );
  const known = await transaction.tx.task.findMany({
    where: {
      kind: 'difference',
      subject: { startsWith: 'statement/' },
      ref: { in: missing.map(({ key }) => key) },
    },
    select: { ref: true },
  });
  const found = new Set(known.map(({ ref }) => ref));
  return missing.filter(({ key }) => !found.has(key));
}

/**
 * A fund's reconciliation of a day: the statement as it was read then, and the ledger at the instant of that reading.
 *
 * @param within how long a payment may take until the treasury states it
 * @returns undefined when there is no statement of that day
 */
export async function readReconciliation(
  db: Db,
  { fund, day: date }: Which,
  now: Date,
  within: Length,
): Promise<ReconciliationFacts | undefined> {
  const row = await db.statement.findUnique({
    where: { id: statementId(fund as Fund, date) },
    include: { entries: { orderBy: { n: 'asc' } } },
  });
  if (!row) return undefined;
  const subject = subjectOf('statement', row.id);
  const after = statementAfter(row);
  const [before, next, read, told, tasks] = await Promise.all([
    db.statement.findFirst(statementBefore(row)),
    db.statement.findFirst({ ...after, where: { ...after.where, closing: { not: null } } }),
    db.event.findFirst({ where: { subject, type: 'statement_read' }, select: { at: true } }),
    db.event.findMany({ where: { subject, type: 'difference_explained' }, orderBy: { id: 'asc' } }),
    db.task.findMany({ where: { subject, kind: 'difference', closedAt: null }, select: { ref: true } }),
  ]);
  const asOf = read?.at ?? now;
  return {
    date,
    state: row.state,
    opening: row.opening ?? undefined,
    closing: row.closing ?? undefined,
    before: before?.closing ?? undefined,
    after: next?.opening ?? undefined,
    stated: await statedOf(db, row),
    unstated: await unstatedOf(db, row, asOf, within),
    open: tasks.map(({ ref }) => ref),
    explained: new Map(told.map(({ params, grounds }) => [(params as { ref: string }).ref, grounds ?? ''])),
    sums: read ? await sumsOf(db, row, asOf) : undefined,
  };
}

async function statedOf(
  db: Db,
  { entries }: Statement & { entries: StatementEntry[] },
): Promise<StatedLine[]> {
  const references = entries.map(({ reference }) => reference);
  const payments = await db.payment.findMany({ where: { key: { in: references } } });
  const recoveries = await db.recovery.findMany({ where: { id: { in: references } } });
  const ours = new Map([
    ...payments.map(({ key, amount }) => [key, amount] as const),
    ...recoveries.map(({ id, amount }) => [id, amount] as const),
  ]);
  return entries.map(({ reference, kind, direction, on, amount, matched }) => ({
    reference,
    kind: kind as StatedLine['kind'],
    direction: direction as StatedLine['direction'],
    on,
    amount,
    ours: ours.get(reference),
    verdict: (matched ?? undefined) as Verdict | undefined,
  }));
}

async function unstatedOf(
  db: Db,
  { fund, day: date }: Which,
  asOf: Date,
  within: Length,
): Promise<Unstated[]> {
  const calendar = await readCalendar(db);
  return (await missingIn(db, { fund, day: date }, asOf)).map(({ key, amount, created_at }) => {
    const on = dayOf(created_at);
    return {
      key,
      amount,
      on,
      workingDays: workingDaysBetween(calendar, on, date),
      overdue: dueOf({ from: on, length: within }, calendar) < endOfDay(date),
    };
  });
}

interface Booked {
  ledger: bigint;
  keyed: bigint;
  repaid: bigint;
  later: bigint;
}

const NOTHING_BOOKED: Booked = { ledger: 0n, keyed: 0n, repaid: 0n, later: 0n };

/** A fund's totals until a day: of the treasury's statements, and of the ledger at the instant when the day's statement was read. */
async function sumsOf(db: Db, { fund, day }: Which, asOf: Date): Promise<Sums> {
  const [moved] = await db.$queryRaw<{ keyed: bigint; incoming: bigint }[]>`
    SELECT
      coalesce(sum(CASE WHEN kind = 'incoming' THEN 0 WHEN direction = 'out' THEN amount ELSE -amount END), 0)::bigint AS keyed,
      coalesce(sum(amount) FILTER (WHERE kind = 'incoming'), 0)::bigint AS incoming
    FROM statement_entries e JOIN statements s ON s.id = e.statement_id WHERE s.fund = ${fund} AND s.day <= ${day}`;
  const [booked] = await db.$queryRaw<Booked[]>`
    SELECT
      coalesce(sum(l.amount) FILTER (WHERE account IN ('paid', 'recoverable', 'surrendered', 'written_off')), 0)::bigint AS ledger,
      coalesce(sum(l.amount) FILTER (WHERE account = 'paid' AND p.key IS NOT NULL), 0)::bigint AS keyed,
      coalesce(-sum(l.amount) FILTER (WHERE event = 'repaid' AND account = 'recoverable'), 0)::bigint AS repaid,
      coalesce(-sum(l.amount) FILTER (WHERE event = 'repaid_later' AND account = 'recoverable'), 0)::bigint AS later
    FROM ledger_entries l JOIN budget_lines b ON b.id = l.line_id LEFT JOIN payments p ON p.key = l.act
    WHERE b.fund = ${fund} AND l.at <= ${asOf}`;
  const { keyed: movedByKey, incoming } = moved ?? { keyed: 0n, incoming: 0n };
  const { ledger, keyed: paidByKey, repaid, later: repaidLater } = booked ?? NOTHING_BOOKED;
  return { treasury: movedByKey - incoming, ledger, paidByKey, repaid, repaidLater, movedByKey, incoming };
}
