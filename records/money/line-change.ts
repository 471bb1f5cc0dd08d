import { sumInWords } from '../../domain/words/values';
import { fundOf } from '../../domain/money/funds';
import { parseLine } from '../../domain/money/lines';
import { notNow, type Refusal, wrongField } from '../kernel/refusal';
import { subjectOf } from '../kernel/rows';
import type { Transaction } from '../kernel/transaction';
import { balanceOf } from '../kernel/ledger';
import { propose } from './proposing';

/** The body of a line's proposal: amounts in whole so'm. */
export type LineProposal = {
  line: string;
  amount: number;
  /** The line's amount at the proposal. */
  before: number;
  act: string;
};

/**
 * Proposes to open a line with an amount, or to change its amount. Another finance officer decides.
 *
 * @param amount the whole line's, in so'm
 * @param act it rests on
 * @returns the proposal's number
 * @throws Refusal 409 for an amount below the bound part, for a line of a year that is over, and while another is proposed
 */
export async function proposeLine(
  transaction: Transaction,
  id: string,
  amount: number,
  act: string,
): Promise<string> {
  await mustBeOpen(transaction, id);
  const { programme, region } = parseLine(id);
  const fund = fundOf((await transaction.law()).policies, programme);
  const row = await transaction.tx.budgetLine.findUnique({ where: { id } });
  const before = row?.amount ?? 0n;
  if (row && BigInt(amount) === before)
    throw wrongField('amount', 'no_change', 'The line has this amount already.');
  const bound = before - (await balanceOf(transaction.tx, id, 'free'));
  if (BigInt(amount) < bound) throw belowBound(bound);
  const body = { line: id, amount, before: Number(before), act } satisfies LineProposal;
  return propose(transaction, {
    kind: 'line',
    about: subjectOf('line', id),
    area: region,
    fund,
    body,
    grounds: act,
  });
}

/** @throws Refusal 409 when the line's year is over */
export async function mustBeOpen(transaction: Transaction, id: string): Promise<void> {
  const { year } = parseLine(id);
  const row = await transaction.tx.budgetLine.findUnique({ where: { id }, select: { open: true } });
  if (row?.open === false || `${year}` < transaction.today.slice(0, 4))
    throw notNow('year_over', `The year ${year} is over: its line takes no more.`);
}

/** @param bound the part of the line that is reserved, to be paid or paid, in so'm */
export const belowBound = (bound: bigint): Refusal =>
  notNow('below_bound', `${sumInWords(bound)} of the line are bound: it can be no less.`);
