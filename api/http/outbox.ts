import type { Db } from '../../prisma/db';

/** Removals that no answer waits for. */
const removals = new Set<Promise<void>>();

/**
 * Takes the wakes of a command from the outbox, once its workflows are woken. The answer does not wait for that. A wake that is left
 * there is done again by `reconcile`, and does no harm.
 */
export function emptyLater(db: Pick<Db, '$executeRaw'>, waker: string): void {
  const nothing = (): void => undefined;
  const removal = db.$executeRaw`DELETE FROM outbox WHERE subject = ${waker}`
    .then(nothing, nothing)
    .finally(() => removals.delete(removal));
  removals.add(removal);
}

/** Waits for the removals under way. */
export const emptied = async (): Promise<void> => void (await Promise.all(removals));
