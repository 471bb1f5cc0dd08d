import type { Records, Transaction } from '../../records/kernel/transaction';
import type { Preview, Sees, Trial } from '../../records/reads/preview';

export interface Previewer {
  /** Tells what a command on a row would do. The command is tried and not given. */
  tryOut: (records: Records, trial: Trial, sees: Sees) => Promise<Preview>;
  /** The rows that a change wakes look at it, as their workflows do after the commit. */
  lookAtWoken: (transaction: Transaction) => Promise<void>;
}
