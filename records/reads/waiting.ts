import { Prisma } from '../../prisma/generated/client';
import type { Waiting } from '../kernel/aggregates';
import { obligation, type ObligationKind, owedByPeople } from '../../domain/obligations';
import { paymentOf } from '../../domain/money/claim-id';
import { dayOf } from '../../domain/day';
import type { Actor } from '../../domain/roles';
import { nextOwnerInWords, type Side, stepInWords } from '../../domain/words/words';
import { STAYS, stepOf } from '../../workflows/stages';
import { stagesOf } from '../kernel/kinds';
import { type RowKind, rowOf, subjectOf } from '../kernel/rows';
import { languageOf } from './reader';

/** The wait that every stateful object answers with: its owner, since and until when, and the step that follows. */
export interface WaitingFor {
  what: string;
  role: string;
  rank?: string;
  assignee?: string;
  since: string;
  due: string | null;
  /** The day of the due instant in Tashkent. */
  dueOn: string | null;
  overdue: boolean;
  then: string;
  /** The version of the policy that set its length. */
  policy?: string;
}

/** The kinds of rows that are paid once. Such a row also waits where its payment does [money §4]. */
const paidOnce: readonly RowKind[] = ['adaptation', 'start-subsidy'];
export const isPaidOnce = (kind: RowKind): boolean => paidOnce.includes(kind);

/** The subjects of a row's waits: the row itself, and where it is paid once also its payment. */
export const waitsOf = (kind: RowKind, id: string): string[] => [
  subjectOf(kind, id),
  ...(isPaidOnce(kind) ? [subjectOf('claim', paymentOf(id))] : []),
];

/** The number of the row to which a subject of `waitsOf` belongs. */
export const waitingRow = (subject: string): string =>
  subject.slice(subject.indexOf('/') + 1).replace(/-pay$/, '');

/** The reader of a wait. Without one, the wait is neither theirs now nor theirs next. */
type WaitsReader = Pick<Actor, 'id' | 'role' | 'rank' | 'language'>;
const NOBODY: WaitsReader = { id: '', role: 'system', rank: 'officer' };

/** Whether the time of a wait is over: its present owner's, or that of the person or office that owed it before. */
const isOverdue = ({ kind, due, escalated }: Waiting, now: Date): boolean =>
  (due !== null && now > due) || (escalated > 0 && owedByPeople.includes(kind as ObligationKind));

/** The same as a condition. */
export const overdueWaits = (now: Date): Prisma.TaskWhereInput => ({
  OR: [{ due: { lt: now } }, { escalated: { gt: 0 }, kind: { in: [...owedByPeople] } }],
});

/** The same in SQL. */
export const overdueSql = (now: Date): Prisma.Sql =>
  Prisma.sql`(due < ${now} OR escalated > 0 AND kind = ANY(${[...owedByPeople]}))`;

/** A task in the form of an answer. */
export function waitOf(task: Waiting, now: Date, reader: WaitsReader = NOBODY): WaitingFor {
  return {
    what: task.kind,
    role: task.role,
    ...(task.rank && { rank: task.rank }),
    ...(task.assigneeId && { assignee: task.assigneeId }),
    since: task.since.toISOString(),
    due: task.due?.toISOString() ?? null,
    dueOn: task.due && dayOf(task.due),
    overdue: isOverdue(task, now),
    then: thenOf(task, now, reader),
    ...(task.policyId && { policy: task.policyId }),
  };
}

/** The consequence when the time of a wait's owner is over: the next owner, or the next step by the row's stages. */
function thenOf(task: Waiting, now: Date, reader: WaitsReader): string {
  const { subject, kind, role, rank, escalated, due, assigneeId } = task;
  const language = languageOf(reader);
  const { duties } = obligation(kind as ObligationKind);
  const next = duties[escalated + 1];
  const is = (owner: { owner: string; rank?: string | null }): boolean =>
    owner.owner === reader.role && (owner.rank ?? 'officer') === reader.rank;
  // A colleague of the same role is not the owner of what one official has.
  const isAnothers = assigneeId !== null && assigneeId !== reader.id;
  const isOwn = !isAnothers && reader.role === role && (rank ?? 'officer') === reader.rank;
  const side: Side = isOwn ? 'own' : 'others';
  // A machine's task that is overdue belongs to the next owner already.
  if (next && role === 'clock' && due !== null && now > due)
    return stepInWords(language, kind, STAYS, is(next) ? 'own' : 'others');
  const stays = next?.owner === role && (next.rank ?? null) === rank && role !== 'employer';
  if (next && !stays) {
    const isOurHead = next.rank !== 'head' || next.owner === reader.role;
    return nextOwnerInWords(
      language,
      next,
      side === 'own' && isOurHead ? side : is(next) ? 'next' : 'others',
    );
  }
  const row = rowOf(subject);
  const step = next ? STAYS : ((row && stepOf(stagesOf(row.kind), kind)) ?? STAYS);
  return stepInWords(
    language,
    kind,
    step,
    side,
    isAnothers && reader.role === role ? undefined : reader.role,
  );
}

/**
 * The first of a row's open waits: the wait that holds the row up [pathway, nothing waits without a name]. In our default order,
 * acts that a person must do come first. Advised acts follow, then acts beside the pathway. Questions to registers and instants
 * of the clock are last.
 * Among equals the earliest due is first, and so an overdue one.
 */
export function firstWait(tasks: readonly Waiting[], now: Date, reader?: WaitsReader): WaitingFor | null {
  const [first] = tasks.toSorted(
    (a, b) => orderOf(a) - orderOf(b) || (a.due?.getTime() ?? Infinity) - (b.due?.getTime() ?? Infinity),
  );
  return first ? waitOf(first, now, reader) : null;
}

function orderOf({ role, kind }: Waiting): number {
  if (role === 'register' || role === 'clock') return 3;
  if (kind === 'defect') return 2;
  const { advisory, beside } = obligation(kind as ObligationKind);
  return beside ? 2 : advisory ? 1 : 0;
}
