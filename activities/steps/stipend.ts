import type { Transaction } from '../../records/kernel/transaction';

/* The place where a training and its stipend meet [measures §4]. No programme pays stipends yet. */

/** What the person is told of the stipend: it is reserved, it waits for money, or there is none. */
export type StipendWords = 'reserved' | 'waits' | 'none';

/** The stipend that an admission would bring; null while it is not known. */
export const stipendOutlook = (
  _transaction: Transaction,
  _trainingId: string,
): Promise<StipendWords | null> => Promise.resolve(null);

/** Proposes the stipend of an admission. */
export const proposeStipend = (
  _transaction: Transaction,
  _trainingId: string,
): Promise<StipendWords | null> => Promise.resolve(null);

/** The days of study, an interruption or attendance of a person changed. */
export const studyChanged = (_transaction: Transaction, _personId: string): Promise<void> =>
  Promise.resolve();
