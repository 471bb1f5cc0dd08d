import type { ObligationKind } from '../../domain/obligations';
import type { Tx } from '../../prisma/db';
import { notInThisState } from './refusal';
import type { Transaction } from './transaction';

/** A wait of a row; `ref` tells apart several waits of one kind. */
interface Wait {
  kind: ObligationKind;
  ref?: string;
}

/**
 * The rows whose last wait for a command had not ended at an instant.
 *
 * @param subjects the workflow ids of rows
 */
export async function subjectsInTime(
  tx: Pick<Tx, 'task'>,
  subjects: readonly string[],
  { kind, ref }: Wait,
  at: Date,
): Promise<Set<string>> {
  const last = await tx.task.findMany({
    where: { subject: { in: [...subjects] }, kind, ...(ref !== undefined && { ref }) },
    distinct: ['subject'],
    orderBy: { id: 'desc' },
    select: { subject: true, due: true },
  });
  return new Set(last.flatMap(({ subject, due }) => (due !== null && at <= due ? subject : [])));
}

/**
 * Whether a command was given before the end of the row's last wait for it, though it is carried out or entered later
 * [pathway §5, received in time].
 *
 * @param subject the workflow id of the row
 */
export const wasInTime = async (
  tx: Pick<Tx, 'task'>,
  { subject, ...wait }: Wait & { subject: string },
  givenAt: Date,
): Promise<boolean> => (await subjectsInTime(tx, [subject], wait, givenAt)).has(subject);

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
