import { commitmentOf, lineOf } from '../../domain/money/lines';
import type { Month } from '../../domain/money/months';
import type { Programme } from '../../domain/policy';
import { type Commitment as Row, Prisma, type Subsidy } from '../../prisma/generated/client';
import { balanceOf, lockLines, post } from '../../records/kernel/ledger';
import { monthsHeldByOthers } from '../../records/money/rivals';
import { withDays, worthsOf } from '../../records/money/terms';
import { subjectOfSubsidy } from '../../records/kernel/rows';
import type { Transaction } from '../../records/kernel/transaction';
import { wake } from '../../records/kernel/wake';

/**
 * Records the need of a subsidy's months, of wages or of study, at the BHM published by now. Months that are drawn or released already stay as
 * they are. Months that another subsidy of the same job reserved are left out. A smaller need releases the rest at once. A
 * greater need waits to be reserved [money §3].
 */
export async function needForMonths(transaction: Transaction, row: Subsidy): Promise<void> {
  const worths = await worthsOf(transaction, await withDays(transaction, row));
  const lines = commitmentOf(worths, {
    programme: row.programme as Programme,
    region: row.area.slice(0, 4),
    on: transaction.today,
  });
  const drawn = await transaction.tx.claim.findMany({
    where: { subsidyId: row.id, n: 0, state: { notIn: [...undrawn] } },
    select: { month: true },
  });
  const done = new Set(drawn.map(({ month }) => month));
  const left = await monthsHeldByOthers(transaction, row);
  const worth = new Set<Month>();
  for (const { line, months } of lines)
    for (const { month, amount } of months.filter((each) => !left.has(each.month))) {
      worth.add(month);
      if (!done.has(month)) await need(transaction, row.id, line, month, amount);
    }
  const reserved = await transaction.tx.commitment.findMany({
    where: { subsidyId: row.id, needed: { gt: 0 } },
  });
  for (const one of reserved)
    if (!worth.has(one.month) && !done.has(one.month)) await release(transaction, one);
}

/** States of a claim that has not used its reserved money yet. */
const undrawn = ['checking', 'awaiting_register', 'awaiting_declaration', 'to_review', 'ready'] as const;

/** Records the need of one month, or of costs that are paid once with the month ''. A smaller need releases the rest at once. */
export async function need(
  transaction: Transaction,
  subsidyId: string,
  lineId: string,
  month: Month,
  needed: bigint,
): Promise<void> {
  const key = { subsidyId_month: { subsidyId, month } };
  const known = await transaction.tx.commitment.findUnique({ where: key });
  const stays = known && (known.amount > 0n || known.lineId === lineId) ? known.lineId : lineId;
  if (known?.needed === needed && known.lineId === stays && known.amount <= needed) return;
  await transaction.tx.commitment.upsert({
    where: key,
    create: { subsidyId, month, lineId, needed },
    update: { needed, lineId: stays },
  });
  if (known && known.amount > needed) await release(transaction, { ...known, lineId: stays }, needed);
}

/** Releases a month's reserved money above the amount kept. Subsidies that wait for money on the line are looked at. */
export async function release(
  transaction: Transaction,
  { subsidyId, month, lineId, amount }: Row,
  kept = 0n,
): Promise<void> {
  await transaction.tx.commitment.update({
    where: { subsidyId_month: { subsidyId, month } },
    data: { needed: kept, amount: kept < amount ? kept : amount },
  });
  if (amount <= kept) return;
  const act = subjectOfSubsidy(subsidyId);
  await post(transaction, 'released', { lineId, subsidyId, month, amount: amount - kept, act });
  await wakeQueue(transaction, [lineId], subsidyId);
}

/** Releases all reserved money for the months after one. Without a month it releases everything, also of an adaptation. */
export async function releaseAfter(
  transaction: Transaction,
  subsidyId: string,
  month?: Month,
): Promise<void> {
  const after = month !== undefined && { month: { gt: month } };
  const rows = await transaction.tx.commitment.findMany({ where: { subsidyId, ...after } });
  for (const row of rows) if (row.amount > 0n || row.needed > 0n) await release(transaction, row);
}

/**
 * Reserves the unmet need of a subsidy, if its lines have the money and no older subsidy waits for them. Running subsidies
 * come first, then the oldest decision. A smaller need does not overtake [money §3]. A new subsidy is reserved whole. A
 * running subsidy is reserved month by month, the earliest first.
 *
 * @returns whether the whole need is reserved
 */
export async function reserve(transaction: Transaction, row: Subsidy): Promise<boolean> {
  const missing = (
    await transaction.tx.commitment.findMany({ where: { subsidyId: row.id }, orderBy: { month: 'asc' } })
  ).filter(({ needed, amount }) => needed > amount);
  if (missing.length === 0) return true;
  const lines = [...new Set(missing.map(({ lineId }) => lineId))].toSorted();
  const open = await lockLines(transaction.tx, lines);
  if (await somebodyOlderWaits(transaction, row, lines)) return false;
  const free = new Map<string, bigint>();
  for (const line of open) free.set(line, await balanceOf(transaction.tx, line, 'free'));
  const lots = row.orderedAt ? missing.map((one) => [one]) : [missing];
  let whole = true;
  for (const lot of lots) {
    if (whole && covers(free, lot)) for (const one of lot) await reserveMonth(transaction, one, free);
    else whole = false;
  }
  if (whole) await wakeQueue(transaction, lines, row.id);
  return whole;
}

const short = ({ needed, amount }: Row): bigint => needed - amount;

function covers(free: ReadonlyMap<string, bigint>, lot: readonly Row[]): boolean {
  const asked = new Map<string, bigint>();
  for (const one of lot) asked.set(one.lineId, (asked.get(one.lineId) ?? 0n) + short(one));
  return [...asked].every(([line, sum]) => (free.get(line) ?? -1n) >= sum);
}

async function reserveMonth(transaction: Transaction, one: Row, free: Map<string, bigint>): Promise<void> {
  const amount = short(one);
  free.set(one.lineId, (free.get(one.lineId) ?? 0n) - amount);
  await transaction.tx.commitment.update({
    where: { subsidyId_month: { subsidyId: one.subsidyId, month: one.month } },
    data: { amount: one.needed },
  });
  await post(transaction, 'reserved', {
    lineId: one.lineId,
    subsidyId: one.subsidyId,
    amount,
    act: subjectOfSubsidy(one.subsidyId),
    ...(one.month && { month: one.month }),
  });
}

/** The subsidies that wait for money on some lines, in the order of the queue. */
async function queueOn(transaction: Transaction, lines: readonly string[]): Promise<string[]> {
  const rows = await transaction.tx.$queryRaw<{ id: string }[]>(Prisma.sql`
    SELECT s.id FROM subsidies s
    WHERE s.state IN ('awaiting_funds', 'running', 'ended')
      AND EXISTS (SELECT 1 FROM commitments c
        WHERE c.subsidy_id = s.id AND c.needed > c.amount AND c.line_id IN (${Prisma.join([...lines])}))
    ORDER BY s.ordered_at ASC NULLS LAST, s.decided_at ASC, s.id ASC`);
  return rows.map(({ id }) => id);
}

async function somebodyOlderWaits(
  transaction: Transaction,
  row: Subsidy,
  lines: readonly string[],
): Promise<boolean> {
  const [first] = await queueOn(transaction, lines);
  return first !== undefined && first !== row.id;
}

/** Money was added or released on some lines. The first subsidy in their queue is woken, and it wakes the next. */
export async function wakeQueue(
  transaction: Transaction,
  lines: readonly string[],
  except?: string,
): Promise<void> {
  const [first] = (await queueOn(transaction, lines)).filter((id) => id !== except);
  if (first !== undefined) wake(transaction, subjectOfSubsidy(first));
}

/** The line that costs are paid from once: the line of the year in which they are reserved. */
export const costsLine = (row: Subsidy, today: string): string =>
  lineOf(row.programme as Programme, row.area.slice(0, 4), Number(today.slice(0, 4)));
