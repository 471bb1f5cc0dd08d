import type { Day } from '../../domain/day';
import type { Transaction } from '../../records/kernel/transaction';

/** What the events of a life do to a row of one kind. The row is open, and locked. */
export interface InLife {
  /** The person is hired: `caseId` is the case of the hire. */
  atHire: (transaction: Transaction, id: string, hire: Hired) => Promise<void>;
  /**
   * The case closes, but not by a death.
   *
   * @returns whether the row goes on, and its measure with it
   */
  atClosure: (transaction: Transaction, id: string, outcome: string) => Promise<boolean>;
  /** The case moves to another area. */
  atMove: (transaction: Transaction, id: string, area: string) => Promise<void>;
  atDeath: (transaction: Transaction, id: string, on: Day) => Promise<void>;
  /** The person has died, and something is still owed of a row whose measure is over. */
  afterDeath?: (transaction: Transaction, id: string) => Promise<void>;
}

export interface Hired {
  caseId: string | null;
  on: Day;
}
