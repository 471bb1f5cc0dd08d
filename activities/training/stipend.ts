import type { Transaction } from '../../records/kernel/transaction';
import type { TrainingRow } from '../steps/training';

/** What the person is told of the stipend: it is reserved, it waits for money, or there is none. */
export type Stipend = 'reserved' | 'waits' | 'none';

/**
 * Proposes the stipend of an admission [measures §4].
 *
 * @returns null while no programme pays stipends
 */
export const proposeStipend = (_transaction: Transaction, _row: TrainingRow): Promise<Stipend | null> =>
  Promise.resolve(null);
