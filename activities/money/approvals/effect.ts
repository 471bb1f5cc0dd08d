import type { Approval } from '../../../prisma/generated/client';
import type { Transaction } from '../../../records/kernel/transaction';

/** A second person's word on a proposal. */
export type Decision = {
  approve: boolean;
  words?: string;
  /** In place of the treasury's word on whose an account is. */
  document?: { number: string; date: string; issuer: string };
};

/** What follows from a proposal of one kind. */
export interface Effect {
  /** @throws Refusal when it cannot be approved as it stands */
  approved(transaction: Transaction, row: Approval, decision: Decision): Promise<void>;
  rejected?(transaction: Transaction, row: Approval, decision: Decision): Promise<void>;
  /** A person takes up what the service drafted. */
  proposed?(transaction: Transaction, row: Approval, body: object): Promise<void>;
}
