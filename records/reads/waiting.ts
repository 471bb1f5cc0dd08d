import type { Task } from '../../prisma/generated/client';
import { obligation, type ObligationKind } from '../../domain/obligations';
import { nextOwnerInWords, stepInWords } from '../../domain/words/waits.en';
import { STAYS, stepOf } from '../../workflows/stages';
import { stagesOf } from '../kernel/kinds';
import { type RowKind, rowOf, subjectOf } from '../kernel/rows';

/** The wait that every stateful object answers with: its owner, since and until when, and the step that follows. */
export interface WaitingFor {
  what: string;
  role: string;
  rank?: string;
  assignee?: string;
  since: string;
  due: string | null;
  overdue: boolean;
  then: string;
  /** The version of the policy that set its length. */
  policy?: string;
}

/** The subjects of a row's waits: the row itself, and for an adaptation also its payment [money §4]. */
export const waitsOf = (kind: RowKind, id: string): string[] => [
  subjectOf(kind, id),
  ...(kind === 'adaptation' ? [subjectOf('claim', `${id}-pay`)] : []),
];

/** The number of the row to which a subject of `waitsOf` belongs. */
export const waitingRow = (subject: string): string =>
  subject.slice(subject.indexOf('/') + 1).replace(/-pay$/, '');

/** A task in the form of an answer. */
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

/** The consequence when the time of a wait's owner is over: the next owner, or the step that the row's stages name. */
function thenOf({ subject, kind, escalated }: Task): string {
  const next = obligation(kind as ObligationKind).duties[escalated + 1];
  if (next) return nextOwnerInWords(next);
  const row = rowOf(subject);
  return stepInWords(kind, (row && stepOf(stagesOf(row.kind), kind)) ?? STAYS);
}

/**
 * The first of a row's open waits: the wait that holds the row up [pathway, nothing waits without a name]. Our default order: acts
 * that a person must do, then advised acts, then acts beside the pathway, then questions to registers and instants of the clock.
 * Among equals the earliest due is first, and so an overdue one.
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
