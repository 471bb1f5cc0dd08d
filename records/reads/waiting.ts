import type { Task } from '../../prisma/generated/client';
import { obligation, type ObligationKind } from '../../domain/obligations';
import { nextOwnerInWords, stepInWords } from '../../domain/words/waits.en';
import { STAYS, stepOf } from '../../workflows/stages';
import { stagesOf } from '../kernel/kinds';
import { type RowKind, rowOf, subjectOf } from '../kernel/rows';

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
  /** The version of the policy that its length is from. */
  policy?: string;
}

/** The subjects of the waits that a row waits for: its own, and of an adaptation those of its payment [money §4]. */
export const waitsOf = (kind: RowKind, id: string): string[] => [
  subjectOf(kind, id),
  ...(kind === 'adaptation' ? [subjectOf('claim', `${id}-pay`)] : []),
];

/** The row of a kind that waits for what a subject of `waitsOf` waits for. */
export const waitingRow = (subject: string): string =>
  subject.slice(subject.indexOf('/') + 1).replace(/-pay$/, '');

/** A task as the wait it is. */
export function waitOf(task: Task, now: Date): WaitingFor {
  return {
    what: task.kind,
    role: task.role,
    ...(task.rank && { rank: task.rank }),
    ...(task.assigneeId && { assignee: task.assigneeId }),
    since: task.since.toISOString(),
    due: task.due?.toISOString() ?? null,
    overdue: task.due !== null && now > task.due,
    then: thenOf(task),
    ...(task.policyId && { policy: task.policyId }),
  };
}

/** What follows when the time of a wait's owner is over: the next owner, or the step that the stages of its row name. */
function thenOf({ subject, kind, escalated }: Task): string {
  const next = obligation(kind as ObligationKind).duties[escalated + 1];
  if (next) return nextOwnerInWords(next);
  const row = rowOf(subject);
  return stepInWords(kind, (row && stepOf(stagesOf(row.kind), kind)) ?? STAYS);
}

/**
 * Of a row's open waits the one that it is waiting for: what somebody owes before what a machine does; of that, what must
 * be done before the advised next step, and that before what runs beside; then the earliest due, and so what is overdue
 * first. Our default: whoever asks what a case waits for asks for what holds it up [pathway, nothing waits without a name].
 */
export function firstWait(tasks: readonly Task[], now: Date): WaitingFor | null {
  const [first] = tasks.toSorted(
    (a, b) => orderOf(a) - orderOf(b) || (a.due?.getTime() ?? Infinity) - (b.due?.getTime() ?? Infinity),
  );
  return first ? waitOf(first, now) : null;
}

function orderOf({ role, kind }: Task): number {
  if (role === 'register' || role === 'clock') return 3;
  if (kind === 'defect') return 2;
  const { advisory, beside } = obligation(kind as ObligationKind);
  return beside ? 2 : advisory ? 1 : 0;
}
