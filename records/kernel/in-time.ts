import type { ObligationKind } from '../../domain/obligations';
import type { Tx } from '../../prisma/db';
import { notInThisState } from './refusal';
import type { Transaction } from './transaction';

/**
 * Whether a command was given before the end of the row's last wait for it, though it is carried out or entered later
 * [pathway §5, received in time].
 *
 * @param subject the workflow id of the row
 * @param ref tells apart several waits of one kind
 */
export async function wasInTime(
  tx: Pick<Tx, 'task'>,
  { subject, kind, ref }: { subject: string; kind: ObligationKind; ref?: string },
  givenAt: Date,
): Promise<boolean> {
  const last = await tx.task.findFirst({
    where: { subject, kind, ...(ref !== undefined && { ref }) },
    orderBy: { id: 'desc' },
    select: { due: true },
  });
  return !!last?.due && givenAt <= last.due;
}

/**
 * Checks a command in a state to which its own absence has led.
 *
 * @param kind the wait that the command would have met
 * @throws Refusal unless the command was given in time
 */
export async function mustBeInTime(
  { tx, subject, givenAt }: Transaction,
  kind: ObligationKind,
  { state }: { state: string },
): Promise<void> {
  if (!(await wasInTime(tx, { subject, kind }, givenAt))) throw notInThisState(state);
}
