import type { Approval } from '../../../prisma/generated/client';
import type { Unit } from '../../../records/kernel/transaction';

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
  approved(unit: Unit, row: Approval, decision: Decision): Promise<void>;
  rejected?(unit: Unit, row: Approval, decision: Decision): Promise<void>;
  /** A person takes up what the service drafted. */
  proposed?(unit: Unit, row: Approval, body: object): Promise<void>;
}
