import type { Tx } from '../prisma/db';

/**
 * Whether a succession would lead in a circle: the successor, or the successor's successor, is the employer itself. A person
 * decides which of them exists now.
 */
export async function circleOf(
  tx: Pick<Tx, 'employer'>,
  { stir, successorStir }: { stir: string; successorStir: string },
): Promise<boolean> {
  const seen = new Set<string>();
  let next = await tx.employer.findUnique({ where: { stir: successorStir } });
  while (next && !seen.has(next.id)) {
    if (next.stir === stir) return true;
    seen.add(next.id);
    next =
      next.state !== 'active' && next.successorId !== null
        ? await tx.employer.findUnique({ where: { id: next.successorId } })
        : null;
  }
  return next !== null;
}
