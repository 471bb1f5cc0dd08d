import { parseLine } from '../../domain/money/lines';
import { type Claim, Prisma } from '../../prisma/generated/client';
import { lockLines, postAll } from '../../records/kernel/ledger';
import { openLine } from '../../records/money/lines';
import { move, subjectOf } from '../../records/kernel/rows';
import type { Transaction } from '../../records/kernel/transaction';
import { inRow } from '../../records/kernel/wake';
import { plus } from '../../records/kernel/writing';

/** Money of a subsidy that leaves a line of a past year. */
export interface Carried {
  account: 'committed' | 'payable';
  subsidyId: string;
  claimId: string | null;
  month: string | null;
  amount: bigint;
}

/**
 * Moves money from a line of a past year to an open line. The open line grows by the same amount [money §8]. The caller has
 * locked both lines, or nobody else moves this money.
 */
export async function carry(
  transaction: Transaction,
  from: string,
  to: string,
  money: readonly Carried[],
): Promise<void> {
  const total = money.reduce((sum, { amount }) => sum + amount, 0n);
  if (total === 0n) return;
  await lockLines(transaction.tx, [to]);
  const there = inRow(transaction, subjectOf('line', to));
  const row = await transaction.tx.budgetLine.findUniqueOrThrow({ where: { id: to } });
  await move(there, 'line', row, 'running', { amount: plus(total) });
  await postAll(
    transaction,
    money.flatMap(({ account, subsidyId, claimId, month, amount }) => {
      const about = { subsidyId, amount, ...(claimId && { claimId }), ...(month && { month }) };
      return [
        { ...about, event: `${account}_leaves` as const, lineId: from, act: `carried to ${to}` },
        { ...about, event: `${account}_arrives` as const, lineId: to, act: `carried from ${from}` },
      ];
    }),
  );
}

/** The first open line of the same programme and region after a past year. It is opened if there is none. */
export async function lineAfter(transaction: Transaction, id: string): Promise<string> {
  const { programme, region, year } = parseLine(id);
  const next = await openLine(transaction, { programme, region, year: year + 1 });
  const { open } = await transaction.tx.budgetLine.findUniqueOrThrow({ where: { id: next } });
  return open ? next : lineAfter(transaction, next);
}

/** A payment came back after the year of its line. The money is payable again, on the line that is open now. */
export async function carryReturned(transaction: Transaction, claim: Claim, amount: bigint): Promise<void> {
  const { id, lineId, subsidyId, month } = claim;
  const next = await openLineOf(transaction, claim);
  if (next !== lineId)
    await carry(transaction, lineId, next, [{ account: 'payable', subsidyId, claimId: id, month, amount }]);
}

/** The line that a claim is paid from now. A claim without money on the line of a past year is paid from the open line. */
export async function openLineOf(
  transaction: Transaction,
  { id, lineId, subsidyId, month }: Pick<Claim, 'id' | 'lineId' | 'subsidyId' | 'month'>,
): Promise<string> {
  const line = await transaction.tx.budgetLine.findUnique({ where: { id: lineId }, select: { open: true } });
  if (line?.open !== false) return lineId;
  const next = await lineAfter(transaction, lineId);
  await transaction.tx.claim.update({ where: { id }, data: { lineId: next } });
  await transaction.tx.commitment.updateMany({ where: { subsidyId, month, lineId }, data: { lineId: next } });
  return next;
}

/** The committed and payable money of some subsidies on a line, by claim and month. */
export const unpaidOn = (
  transaction: Transaction,
  lineId: string,
  subsidies: readonly string[],
): Promise<Carried[]> =>
  transaction.tx.$queryRaw<Carried[]>(Prisma.sql`
    SELECT account, subsidy_id AS "subsidyId", CASE account WHEN 'payable' THEN claim_id END AS "claimId", nullif(month, '') AS month,
      sum(amount)::bigint AS amount
    FROM ledger_entries
    WHERE line_id = ${lineId} AND account IN ('committed', 'payable') AND subsidy_id IN (${Prisma.join([...subsidies])})
    GROUP BY 1, 2, 3, 4 HAVING sum(amount) <> 0
    ORDER BY 1, 2, 4`);
