import type { Account, Claim, Payment } from '../../../prisma/generated/client';
import type { Transaction } from '../../../records/kernel/transaction';

/** A payment with the account that it was sent to. */
export type WholePayment = Payment & { account: Account };

export const paymentOf = ({ tx }: Pick<Transaction, 'tx'>, key: string): Promise<WholePayment> =>
  tx.payment.findUniqueOrThrow({ where: { key }, include: { account: true } });

/** The payment of a claim's last attempt. */
export const lastPayment = (
  transaction: Pick<Transaction, 'tx'>,
  claim: Pick<Claim, 'id' | 'attempt'>,
): Promise<WholePayment> =>
  transaction.tx.payment.findUniqueOrThrow({
    where: { claimId_attempt: { claimId: claim.id, attempt: claim.attempt } },
    include: { account: true },
  });

/** Whether an earlier report brought the payment's money back. Then its sending and payment are posted anew. */
export const isBack = ({ state }: Payment): boolean => state === 'returned' || state === 'refused';

/** The line, subsidy, claim and amount of a posting. The act of a payment's posting is the payment's key. */
export const postingOf = (claim: Claim, amount: bigint, key?: string) => ({
  lineId: claim.lineId,
  subsidyId: claim.subsidyId,
  claimId: claim.id,
  ...(claim.month && { month: claim.month }),
  ...(key !== undefined && { act: key }),
  amount,
});
