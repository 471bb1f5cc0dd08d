import { at } from '../../domain/day';
import { lineOf } from '../../domain/money/lines';
import { fundOf } from '../../domain/money/funds';
import type { Programme } from '../../domain/policy';
import { record } from '../kernel/events';
import { move, subjectOf } from '../kernel/rows';
import { openTask } from '../kernel/tasks';
import type { Transaction } from '../kernel/transaction';
import { inRow } from '../kernel/wake';
import { post } from '../kernel/ledger';

/** A line's programme, region and year. */
export interface LineKey {
  programme: Programme;
  region: string;
  year: number;
}

/** Opens a line with no money. It waits for the year's end [money §3]. */
export async function openLine(
  transaction: Transaction,
  { programme, region, year }: LineKey,
): Promise<string> {
  const id = lineOf(programme, region, year);
  if (await transaction.tx.budgetLine.findUnique({ where: { id } })) return id;
  const fund = fundOf((await transaction.law()).policies, programme);
  await transaction.tx.budgetLine.create({
    data: {
      id,
      programme,
      fund,
      region,
      year,
      state: 'running',
      since: transaction.now,
      correlationId: transaction.correlationId,
    },
  });
  const there = inRow(transaction, subjectOf('line', id));
  await openTask(there, { kind: 'year_end', area: region, fund, firesAt: at(`${year + 1}-01-01`, '00:00') });
  return id;
}

/**
 * Sets the amount of a line. A rise is added to the free money, a cut is taken from it.
 *
 * @param act it rests on
 */
export async function setLine(
  transaction: Transaction,
  id: string,
  amount: bigint,
  act: string,
): Promise<void> {
  const row = await transaction.tx.budgetLine.findUniqueOrThrow({ where: { id } });
  const there = inRow(transaction, subjectOf('line', id));
  const change = amount - row.amount;
  await move(there, 'line', row, 'running', { amount });
  if (change > 0n) await post(there, 'line_raised', { lineId: id, amount: change, act });
  if (change < 0n) await post(there, 'line_lowered', { lineId: id, amount: -change, act });
  await record(there, 'line_changed', {}, { line: id, amount: Number(amount), act });
}

/** Whether a line is closed: its year has ended, and its free money may not be spent any more. */
export async function isOver({ tx }: Pick<Transaction, 'tx'>, id: string): Promise<boolean> {
  const { open } = await tx.budgetLine.findUniqueOrThrow({ where: { id }, select: { open: true } });
  return !open;
}
