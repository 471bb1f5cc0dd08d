import type { Task } from '../prisma/generated/client';
import { obligation, type ObligationKind } from '../domain/obligations';
import { thenInWords } from '../domain/words/waits.en';

/** Who is waited for, since and until when, and what happens then: the answer of every stateful object. */
export interface WaitingFor {
  what: string;
  role: string;
  rank?: string;
  assignee?: string;
  since: string;
  due: string | null;
  overdue: boolean;
  then: string;
}

/** A task as the wait it is. */
export function waitOf(task: Task, now: Date): WaitingFor {
  const { duties, then } = obligation(task.kind as ObligationKind);
  const next = duties[task.escalated + 1];
  return {
    what: task.kind,
    role: task.role,
    ...(task.rank && { rank: task.rank }),
    ...(task.assigneeId && { assignee: task.assigneeId }),
    since: task.since.toISOString(),
    due: task.due?.toISOString() ?? null,
    overdue: task.due !== null && now > task.due,
    then: thenInWords(
      next ? { owner: next.owner, ...(next.rank && { rank: next.rank }) } : { consequence: then },
    ),
  };
}

/**
 * Of a row's open waits the one to show first: what a person owes before what a machine does, the earliest due first.
 */
export function firstWait(tasks: readonly Task[], now: Date): WaitingFor | null {
  const machine = (task: Task) => (task.role === 'register' || task.role === 'clock' ? 1 : 0);
  const [first] = tasks.toSorted(
    (a, b) => machine(a) - machine(b) || (a.due?.getTime() ?? Infinity) - (b.due?.getTime() ?? Infinity),
  );
  return first ? waitOf(first, now) : null;
}
