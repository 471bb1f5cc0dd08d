import type { PaidMonth } from '../../domain/money/overpayment';
import type { LedgerAccount, PostingEvent } from '../../domain/money/postings';
import type { Transaction } from '../../records/kernel/transaction';

/** The events of postings that pay a payable, or that take a payment back before it is paid again. */
const pays: readonly PostingEvent[] = ['settled', 'set_off', 'returned_after_settlement'];

const recovers: readonly PostingEvent[] = ['set_off_recovered', 'repaid', 'repaid_later'];

/** The paid, demanded and written-off amounts of a month's payables, by the ledger [money §8]. */
export async function paidMonth(
  transaction: Transaction,
  claimIds: readonly string[],
): Promise<Omit<PaidMonth, 'entitlement'>> {
  const entries = await transaction.tx.ledgerEntry.groupBy({
    by: ['account', 'event'],
    where: { claimId: { in: [...claimIds] }, account: { in: ['paid', 'recoverable', 'written_off'] } },
    _sum: { amount: true },
  });
  const sum = (of: LedgerAccount, events?: readonly PostingEvent[]): bigint =>
    entries
      .filter(({ account, event }) => account === of && (events?.includes(event as PostingEvent) ?? true))
      .reduce((total, { _sum }) => total + (_sum.amount ?? 0n), 0n);
  return {
    paid: sum('paid', pays),
    recovered: -sum('recoverable', recovers),
    outstanding: sum('recoverable'),
    writtenOff: sum('written_off'),
  };
}

/** The part of one payable that is paid and not found overpaid. */
export async function stillPaid(transaction: Transaction, claimId: string): Promise<bigint> {
  const { _sum } = await transaction.tx.ledgerEntry.aggregate({
    where: { claimId, account: 'paid' },
    _sum: { amount: true },
  });
  return _sum.amount ?? 0n;
}
