import type { ApprovalDecision, Proposal } from '../../../contracts/approval';
import type { Approval } from '../../../prisma/generated/client';
import type { Transaction } from '../../../records/kernel/transaction';

/** What follows from a proposal of one kind. */
export interface Effect {
  /** @throws Refusal when it cannot be approved as it stands */
  approved(transaction: Transaction, row: Approval, decision: ApprovalDecision): Promise<void>;
  rejected?(transaction: Transaction, row: Approval, decision: ApprovalDecision): Promise<void>;
  /** A person takes up what the service drafted. */
  proposed?(transaction: Transaction, row: Approval, body: Proposal): Promise<void>;
}
