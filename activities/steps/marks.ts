import { questionOf } from '../../domain/business';
import { addDays } from '../../domain/day';
import type { States } from '../../domain/pathways';
import { move } from '../../records/kernel/rows';
import { closeTasks, morningOf, openTask } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { everyQuestion, formOf, hasValidMark, type OwnBusiness, placeOfBusiness } from './business';

/* While a mark is valid, the register is asked whether the person is registered: at each new mark, and every month [measures §3]. */

/** The `ref` of the question about a mark, and of the same question a day after a first no. */
export const MARK = 'mark';
export const MARK_AGAIN = 'mark_again';

/** Asks the register about a mark: at once, or a day later after a first no. The question has no end. */
export const askAboutMark = (
  transaction: Transaction,
  row: OwnBusiness,
  ref: typeof MARK | typeof MARK_AGAIN = MARK,
): Promise<void> =>
  openTask(transaction, {
    ...placeOfBusiness(row),
    kind: questionOf(formOf(row)),
    ref,
    length: null,
    ...(ref === MARK_AGAIN && { firesAt: morningOf(transaction, addDays(transaction.today, 1)) }),
  });

/** Writes a business. One that is over goes on while a mark of it is valid, and waits no more without one. */
export async function keepWatching(
  transaction: Transaction,
  row: OwnBusiness,
  data: object = {},
): Promise<void> {
  const open = row.state === 'active' || (await hasValidMark(transaction, row));
  if (!open) await closeTasks(transaction, { kinds: ['mark_check', ...everyQuestion] }, 'no_mark');
  await move(transaction, 'business', row, row.state as States['business'], { ...data, open });
}
