import { type ClosureForm, closureForm, type Happened } from '../../domain/closure-form';
import type { Tx } from '../../prisma/db';

/** The form of a closed case, from its events, and those of its referrals and other rows, until its closure. */
export async function readClosureForm(tx: Pick<Tx, 'event'>, caseId: string): Promise<ClosureForm> {
  const events = await tx.event.findMany({
    where: { caseId },
    orderBy: { id: 'asc' },
    select: { at: true, type: true, subject: true, params: true },
  });
  const last = events.findLastIndex(({ type }) => type === 'case_closed');
  return closureForm(events.slice(0, last + 1) as Happened[]);
}
