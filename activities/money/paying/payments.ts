import type { Account, Claim, Payment } from '../../../prisma/generated/client';
import type { Transaction } from '../../../records/kernel/transaction';

/** A payment with the account it was sent to. */
export type WholePayment = Payment & { account: Account };

/** A payment by its key. */
export const paymentOf = ({ tx }: Pick<Transaction, 'tx'>, key: string): Promise<WholePayment> =>
  tx.payment.findUniqueOrThrow({ where: { key }, include: { account: true } });

/** The payment that a claim's last attempt is. */
export const lastPayment = (
  transaction: Pick<Transaction, 'tx'>,
  claim: Pick<Claim, 'id' | 'attempt'>,
): Promise<WholePayment> =>
  transaction.tx.payment.findUniqueOrThrow({
    where: { claimId_attempt: { claimId: claim.id, attempt: claim.attempt } },
    include: { account: true },
  });

/** By an earlier word its money is with us again: what is sent and paid of it is posted anew. */
export const isBack = ({ state }: Payment): boolean => state === 'returned' || state === 'refused';

/** The account of the ledger and the claim that a posting is about; of a payment's, its key is the act. */
export const postingOf = (claim: Claim, amount: bigint, key?: string) => ({
  lineId: claim.lineId,
  subsidyId: claim.subsidyId,
  claimId: claim.id,
  ...(claim.month && { month: claim.month }),
  ...(key !== undefined && { act: key }),
  amount,
});
