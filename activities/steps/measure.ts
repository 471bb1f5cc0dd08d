import { type Day, daysBetween } from '../../domain/day';
import type { Case } from '../../prisma/generated/client';
import { closeTasks, openTask } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { placeOf } from './place';

/**
 * Opens the wait for the progress of the measure that a case is at, until the day on which the measure is due where that
 * lies ahead [pathway §3]. One for the same measure that is open goes on with its clock; one for another ends.
 *
 * @param n the measure's place in the plan, from 1
 */
export async function awaitProgress(
  transaction: Transaction,
  row: Case,
  { n, dueOn }: { n: number; dueOn?: Day | null | undefined },
): Promise<void> {
  const kind = 'measure_progress';
  const ref = String(n);
  const open = await transaction.tx.task.findMany({
    where: { subject: transaction.subject, kind, closedAt: null },
  });
  for (const other of open.filter((task) => task.ref !== ref))
    await closeTasks(transaction, { kinds: [kind], ref: other.ref }, 'measure_ended');
  if (!open.some((task) => task.ref === ref))
    await openTask(transaction, { ...placeOf(row), kind, ref, ...untilDue(transaction.today, dueOn) });
}

/** The time until a day that lies ahead, in place of the length of the policy. */
export const untilDue = (today: Day, dueOn: Day | null | undefined) =>
  dueOn && dueOn > today ? { length: { n: daysBetween(today, dueOn), unit: 'days' as const } } : {};
