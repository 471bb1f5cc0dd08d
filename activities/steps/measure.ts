import { type Day, daysBetween } from '../../domain/day';
import type { Case } from '../../prisma/generated/client';
import { closeTasks, openTask } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { placeOf } from './place';

/**
 * Opens the wait for the progress of a case's present measure. The wait lasts until the measure is due, if that day is in the
 * future [pathway §3]. An open wait for the same measure goes on with its clock. A wait for another measure ends.
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

/** Adds a measure to the end of a plan. @returns its number */
export async function appendMeasure({ tx }: Transaction, caseId: string, kind: string): Promise<number> {
  const { _max } = await tx.measure.aggregate({ where: { caseId }, _max: { n: true } });
  const n = (_max.n ?? 0) + 1;
  await tx.measure.create({ data: { caseId, n, kind } });
  return n;
}

/** The time until a future day. It replaces the policy's length. */
export const untilDue = (today: Day, dueOn: Day | null | undefined) =>
  dueOn && dueOn > today ? { length: { n: daysBetween(today, dueOn), unit: 'days' as const } } : {};
