import { addDays, at } from '../../domain/day';
import type { Task } from '../../prisma/generated/client';
import { recordDefect } from './events';
import { isOfDatabase, isOutOfReach } from './faults';
import { closeTasks } from './tasks';
import type { Transaction } from './transaction';

/** A defect is tried again in the morning of the next day. */
export const nextTry = ({ today, settings }: Pick<Transaction, 'today' | 'settings'>): Date =>
  at(addDays(today, 1), settings.reminderHour);

/**
 * Puts a wait aside after a defect: its row passes it over until the next morning, and the administrator has a task. What
 * waits behind it goes on.
 */
export async function putAside(transaction: Transaction, task: Task, error: unknown): Promise<void> {
  await transaction.tx.task.update({ where: { id: task.id }, data: { asideUntil: nextTry(transaction) } });
  await reportDefect(transaction, task.kind, error);
}

/**
 * The administrator's task and the row's event for a defect. Neither says what was being worked on, only where in the
 * program it stopped: the words of an error may quote a person's data.
 *
 * @param of the wait, or `look`, `notice` or the command that could not be carried out
 */
export async function reportDefect(transaction: Transaction, of: string, error: unknown): Promise<void> {
  const { subject, tx, now } = transaction;
  const due = nextTry(transaction);
  const known = await tx.task.updateMany({
    where: { subject, kind: 'defect', ref: of, closedAt: null },
    data: { due },
  });
  const data = { subject, kind: 'defect', ref: of, role: 'administrator', area: '', since: now, due };
  if (known.count === 0)
    await tx.task.createMany({ data: [{ ...data, nextAt: null }], skipDuplicates: true });
  await recordDefect(transaction, { of, ...whereOf(error) });
}

/**
 * Does one part of a larger piece of work. A defect of our own rules leaves this part out, and its row's administrator knows:
 * the other parts are done. What the database says is thrown, because the transaction has ended by it.
 *
 * @param subject the row that the part is about
 * @param of what was being done
 */
export async function unlessDefect(
  transaction: Transaction,
  subject: string,
  of: string,
  work: () => Promise<boolean>,
): Promise<boolean> {
  try {
    return await work();
  } catch (error) {
    if (isOutOfReach(error) || isOfDatabase(error)) throw error;
    await reportDefect({ ...transaction, subject }, of, error);
    return false;
  }
}

/** What had been put aside was done: the administrator's task ends. */
export async function broughtBack(transaction: Transaction, { kind, asideUntil }: Task): Promise<void> {
  if (asideUntil !== null) await closeTasks(transaction, { kinds: ['defect'], ref: kind }, 'done');
}

/** The kind of an error and the innermost place in our own program, e.g. `domain/day.ts:33`: never its words. */
export function whereOf(error: unknown): { error: string; place: string } {
  const { name, stack = '' } = error instanceof Error ? error : new Error('not an error');
  const [, place = ''] =
    /\/((?:domain|records|activities|registers|workflows)\/[\w./-]+:\d+)/.exec(stack) ?? [];
  return { error: name, place };
}
