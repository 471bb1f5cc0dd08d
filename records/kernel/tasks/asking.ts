import { Prisma, type Task } from '../../../prisma/generated/client';
import type { Transaction } from '../transaction';

/** Puts a question to a register off to a later instant, or asks it at once. */
export async function askAgain(
  transaction: Transaction,
  task: Pick<Task, 'id' | 'attempts'>,
  nextAt: Date,
): Promise<void> {
  await transaction.tx.task.update({ where: { id: task.id }, data: { nextAt, attempts: task.attempts + 1 } });
}

const TWICE_A_DAY_MS = 12 * 3_600_000;

/** A register that has been silent for long is asked twice a day, beside the person who is asked for evidence. */
export const askTwiceADay = (transaction: Transaction, task: Pick<Task, 'id'>): Promise<void> =>
  askWithoutEnd(transaction, task, new Date(transaction.now.getTime() + TWICE_A_DAY_MS));

/** Goes on asking a register whose time is over: nobody waits for the answer any more, but it still counts. */
export async function askWithoutEnd(
  transaction: Transaction,
  task: Pick<Task, 'id'>,
  nextAt: Date,
): Promise<void> {
  await transaction.tx.task.update({
    where: { id: task.id },
    data: { due: null, rule: Prisma.DbNull, nextAt },
  });
}
