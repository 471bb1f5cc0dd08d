import type { Task } from '../../../prisma/generated/client';
import type { Transaction } from '../transaction';
import { updateIn } from '../writing';

/** Sets the instant at which a register is asked next. */
export async function askAgain(
  transaction: Transaction,
  task: Pick<Task, 'id' | 'attempts'>,
  nextAt: Date,
): Promise<void> {
  await updateIn(transaction.tx, 'tasks', task.id, { nextAt, attempts: task.attempts + 1 });
}

const HALF_A_DAY_MS = 12 * 3_600_000;

/** The next instant for a register that has been silent for long. Our default: twice a day, the longest of the growing pauses. */
export const halfADayFrom = (now: Date): Date => new Date(now.getTime() + HALF_A_DAY_MS);

/** Goes on asking a register whose time is over, while a person is asked for evidence. Its answer still counts. */
export async function askTwiceADay(transaction: Transaction, { id }: Pick<Task, 'id'>): Promise<void> {
  const nextAt = halfADayFrom(transaction.now);
  await updateIn(transaction.tx, 'tasks', id, { due: null, rule: null, nextAt });
}
