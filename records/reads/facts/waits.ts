import type { ObligationKind } from '../../../domain/obligations';
import { type NotExtended, whyNotExtended } from '../../kernel/tasks';
import { type ShownKind, subjectOf } from '../../kernel/rows';
import type { View } from '../../kernel/view';

/** Why the open wait of rows of a kind cannot be extended, by row; rows whose wait can be are left out. */
export async function notExtended(
  { tx, givenAt }: View,
  kind: ShownKind,
  ids: readonly string[],
  wait: ObligationKind,
): Promise<Map<string, NotExtended>> {
  const subjects = ids.map((id) => subjectOf(kind, id));
  const tasks = await tx.task.findMany({ where: { subject: { in: subjects }, kind: wait, closedAt: null } });
  const open = new Map(tasks.map((task) => [task.subject, task]));
  return new Map(
    ids.flatMap((id) => {
      const why = whyNotExtended(open.get(subjectOf(kind, id)), givenAt);
      return why ? [[id, why] as const] : [];
    }),
  );
}
