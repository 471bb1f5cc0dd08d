import type { ObligationKind } from '../../../domain/obligations';
import { isExtendable } from '../../kernel/tasks';
import { type ShownKind, subjectOf } from '../../kernel/rows';
import type { View } from '../../kernel/view';

/** The rows of a kind whose open wait can be extended. */
export async function extendableOf(
  { tx, givenAt }: View,
  kind: ShownKind,
  ids: readonly string[],
  wait: ObligationKind,
): Promise<Set<string>> {
  const subjects = ids.map((id) => subjectOf(kind, id));
  const tasks = await tx.task.findMany({ where: { subject: { in: subjects }, kind: wait, closedAt: null } });
  const found = new Set(tasks.filter((task) => isExtendable(task, givenAt)).map(({ subject }) => subject));
  return new Set(ids.filter((id) => found.has(subjectOf(kind, id))));
}
