import type { ObligationKind } from '../../../domain/obligations';
import { isWaiting } from '../../../domain/pathways/employment';
import { type ShownKind, subjectOf } from '../../kernel/rows';
import type { View } from '../../kernel/view';

type Checked = { id: string; checks: readonly { n: number; state: string }[] };

/** The rows with a check that waits for a document, or for which one was given before the end of its time. */
export async function rowsWithWaitingCheck(
  view: View,
  kind: ShownKind,
  evidence: ObligationKind,
  rows: readonly Checked[],
): Promise<Set<string>> {
  const inTime = await documentsInTime(view, kind, evidence, rows);
  const waits = ({ id, checks }: Checked): boolean =>
    checks.some(
      (check) => isWaiting(check) || (check.state === 'unconfirmed' && inTime.has(`${id} ${check.n}`)),
    );
  return new Set(rows.filter(waits).map(({ id }) => id));
}

/** The unconfirmed checks whose wait for a document had not ended when the document was given, as `<row> <n>`. */
async function documentsInTime(
  { tx, givenAt }: View,
  kind: ShownKind,
  evidence: ObligationKind,
  rows: readonly Checked[],
): Promise<Set<string>> {
  const unconfirmed = rows.filter(({ checks }) => checks.some(({ state }) => state === 'unconfirmed'));
  if (unconfirmed.length === 0) return new Set();
  const subjects = new Map(unconfirmed.map(({ id }) => [subjectOf(kind, id), id]));
  const last = await tx.task.findMany({
    where: { subject: { in: [...subjects.keys()] }, kind: evidence },
    distinct: ['subject', 'ref'],
    orderBy: { id: 'desc' },
    select: { subject: true, ref: true, due: true },
  });
  return new Set(
    last.flatMap(({ subject, ref, due }) =>
      due !== null && givenAt <= due ? `${subjects.get(subject)} ${ref}` : [],
    ),
  );
}
