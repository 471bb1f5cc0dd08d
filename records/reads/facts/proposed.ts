import type { ApprovalKind } from '../../../domain/pathways/approval';
import type { View } from '../../kernel/view';

/** The open proposals of a kind, by the rows that they are about. */
export async function proposedAbout(
  tx: View['tx'],
  kind: ApprovalKind,
  subjects: readonly string[],
): Promise<Map<string, { id: string; state: string }>> {
  const rows = await tx.approval.findMany({
    where: { kind, about: { in: [...subjects] }, open: true },
    select: { id: true, state: true, about: true },
  });
  return new Map(rows.map(({ about, ...row }) => [about, row]));
}
