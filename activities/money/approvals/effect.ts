import type { ApprovalDecision, Proposal } from '../../../contracts/approval';
import type { Approval } from '../../../prisma/generated/client';
import type { Transaction } from '../../../records/kernel/transaction';

/** The consequences of a proposal of one kind. */
export interface Effect {
  /** @throws Refusal when the proposal cannot be approved as it is */
  approved(transaction: Transaction, row: Approval, decision: ApprovalDecision): Promise<void>;
  rejected?(transaction: Transaction, row: Approval, decision: ApprovalDecision): Promise<void>;
  /** A person proposes the service's draft. */
  proposed?(transaction: Transaction, row: Approval, body: Proposal): Promise<void>;
}
