import type { Actor } from '../domain/roles';
import type { Tx } from '../prisma/db';
import type { Prisma, Task } from '../prisma/generated/client';
import { record } from './kernel/events';
import { notNow } from './kernel/refusal';
import type { Transaction } from './kernel/transaction';

/*
 * The case managers of a mahalla share their worklist where the supervisor says so. A colleague sees the tasks and may do or take
 * each. The case keeps its case manager, who has the waits that follow.
 */

/** The tasks that a case manager sees beside their own: those of the colleagues. Undefined where the mahalla does not share. */
export async function tasksOfColleagues(
  tx: Pick<Tx, 'territory'>,
  { role, area }: Actor,
): Promise<Prisma.TaskWhereInput | undefined> {
  if (role !== 'case_manager') return undefined;
  const mahalla = await tx.territory.findUnique({ where: { code: area }, select: { sharesWork: true } });
  return mahalla?.sharesWork ? { role, area } : undefined;
}

/**
 * A case manager takes a colleague's task. The reminders come to them from then on. The deadline does not change.
 *
 * @throws Refusal 409 for a task of their own
 */
export async function takeTask(transaction: Transaction, task: Task): Promise<Task> {
  const { id: to } = transaction.actor;
  if (task.assigneeId === to) throw notNow('yours_already', 'This task is yours already.');
  const taken = await transaction.tx.task.update({ where: { id: task.id }, data: { assigneeId: to } });
  const here = { ...transaction, subject: task.subject };
  await record(here, 'task_taken', task, { kind: task.kind, official: task.assigneeId, to });
  return taken;
}
