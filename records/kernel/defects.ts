import { addDays, at } from '../../domain/day';
import type { Task } from '../../prisma/generated/client';
import { recordDefect } from './events';
import { closeTasks, refOfDefect } from './tasks';
import type { Transaction } from './transaction';

/** A defect is tried again in the morning of the next day. */
export const nextTry = ({ today, settings }: Pick<Transaction, 'today' | 'settings'>): Date =>
  at(addDays(today, 1), settings.reminderHour);

/**
 * Puts a wait aside after a defect. Its row passes it over until the next morning, and the administrator has a task. The waits
 * behind it go on.
 */
export async function putAside(transaction: Transaction, task: Task, error: unknown): Promise<void> {
  await transaction.tx.task.update({ where: { id: task.id }, data: { asideUntil: nextTry(transaction) } });
  await reportDefect(transaction, task.kind, error, refOfDefect(task));
}

/**
 * Whether only a finding, or the close of its row, ends the administrator's task for a defect: a message that cannot be put into
 * words is not tried again. Every other task ends when the next try succeeds.
 */
export const endsByFinding = ({ kind, ref }: Pick<Task, 'kind' | 'ref'>): boolean =>
  kind === 'defect' && ref === 'notice';

/** The ref of the administrator's task for a command that a defect stopped. */
export const refOfCommand = (name: string): string => `command/${name}`;

/**
 * The administrator's task and the row's event for a defect. Neither names a person or a value, only the place in the program:
 * the words of an error may quote a person's data. The task is overdue after the first try that fails again: its due instant
 * stays, and `asideUntil` is the next try.
 *
 * @param of the wait, the command, `look`, `notice`, or the change of many rows
 * @param ref of the task: one open task for each
 */
export async function reportDefect(
  transaction: Transaction,
  of: string,
  error: unknown,
  ref: string = of,
): Promise<void> {
  const { subject, tx, now } = transaction;
  const asideUntil = nextTry(transaction);
  const known = await tx.task.updateMany({
    where: { subject, kind: 'defect', ref, closedAt: null },
    data: { asideUntil },
  });
  const due = asideUntil;
  const data = {
    subject,
    kind: 'defect',
    ref,
    role: 'administrator',
    area: '',
    since: now,
    due,
    asideUntil,
  };
  if (known.count === 0)
    await tx.task.createMany({ data: [{ ...data, nextAt: null }], skipDuplicates: true });
  recordDefect(transaction, { of, ...whereOf(error) });
}

/** A wait that was put aside is done: the administrator's task ends. */
export async function broughtBack(transaction: Transaction, task: Task): Promise<void> {
  if (task.asideUntil !== null)
    await closeTasks(transaction, { kinds: ['defect'], ref: refOfDefect(task) }, 'done');
}

/** The kind of an error and the innermost place in our own program, e.g. `domain/day.ts:33`. Its words are left out. */
export function whereOf(error: unknown): { error: string; place: string } {
  const { name, stack = '' } = error instanceof Error ? error : new Error('not an error');
  const [, place = ''] =
    /\/((?:domain|records|activities|registers|workflows)\/[\w./-]+:\d+)/.exec(stack) ?? [];
  return { error: name, place };
}
