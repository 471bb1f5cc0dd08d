import type { PaidMonth } from '../../domain/money/overpayment';
import type { LedgerAccount, PostingEvent } from '../../domain/money/postings';
import type { Tx } from '../../prisma/db';

/** The events of postings that pay a payable, or that take a payment back before it is paid again. */
const pays: readonly PostingEvent[] = ['settled', 'set_off', 'returned_after_settlement'];

const recovers: readonly PostingEvent[] = ['set_off_recovered', 'repaid', 'repaid_later'];

type Reader = { tx: Pick<Tx, 'ledgerEntry'> };

/** The paid, demanded and written-off amounts of a month's payables, by the ledger [money §8]. */
export async function paidMonth(
  reader: Reader,
  claimIds: readonly string[],
): Promise<Omit<PaidMonth, 'entitlement'>> {
  return (await paidMonths(reader, claimIds))(claimIds);
}

/** The same of several months at once. @returns the amounts of some of the payables */
export async function paidMonths({ tx }: Reader, claimIds: readonly string[]) {
  const entries = await tx.ledgerEntry.groupBy({
    by: ['claimId', 'account', 'event'],
    where: { claimId: { in: [...claimIds] }, account: { in: ['paid', 'recoverable', 'written_off'] } },
    _sum: { amount: true },
  });
  return (some: readonly string[]): Omit<PaidMonth, 'entitlement'> => {
    const theirs = entries.filter(({ claimId }) => claimId !== null && some.includes(claimId));
    const sum = (of: LedgerAccount, events?: readonly PostingEvent[]): bigint =>
      theirs
        .filter(({ account, event }) => account === of && (events?.includes(event as PostingEvent) ?? true))
        .reduce((total, { _sum }) => total + (_sum.amount ?? 0n), 0n);
    return {
      paid: sum('paid', pays),
      recovered: -sum('recoverable', recovers),
      outstanding: sum('recoverable'),
      writtenOff: sum('written_off'),
    };
  };
}

/** The part of one payable that is paid and not found overpaid. */
export async function stillPaid({ tx }: Reader, claimId: string): Promise<bigint> {
  const { _sum } = await tx.ledgerEntry.aggregate({
    where: { claimId, account: 'paid' },
    _sum: { amount: true },
  });
  return _sum.amount ?? 0n;
}
