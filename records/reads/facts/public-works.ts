import type { Claim } from '../../../domain/pathways/public-works';
import type { PublicWorksFacts } from '../../../domain/preconditions/public-works';
import type { View } from '../../kernel/view';

/** The facts that the commands of public works depend on, by their number. */
export async function publicWorksFacts(
  { tx, today }: View,
  ids: string[],
): Promise<Map<string, PublicWorksFacts>> {
  const rows = await tx.publicWorks.findMany({
    where: { id: { in: ids } },
    select: { id: true, firstOn: true, lastOn: true, startedOn: true, endedOn: true, claim: true },
  });
  return new Map(rows.map(({ id, claim, ...row }) => [id, { ...row, claim: claim as Claim | null, today }]));
}
