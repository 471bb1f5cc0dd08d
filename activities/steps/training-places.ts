import { dayOf } from '../../domain/day';
import { holdsPlace, takesPlace } from '../../domain/pathways/training';
import { nextInOrder } from '../../domain/training/waiting-list';
import { subjectOf } from '../../records/kernel/rows';
import type { Transaction } from '../../records/kernel/transaction';
import { wake } from '../../records/kernel/wake';

/** The places of a course. */
interface Places {
  free: number;
  /** The trainings that are next in order, as many as places are free. */
  next: string[];
}

/** Reads the places of a course and its waiting list. The course is locked: its places are given one after the other. */
export async function lockPlaces({ tx, today }: Transaction, courseId: string): Promise<Places> {
  const [course] = await tx.$queryRaw<{ places: number; freedAt: Date | null }[]>`
    SELECT places, freed_at AS "freedAt" FROM courses WHERE id = ${courseId} FOR NO KEY UPDATE`;
  if (!course) throw new Error(`there is no course ${courseId}`);
  const rows = await tx.training.findMany({
    where: { courseId, state: { in: [...takesPlace, 'waiting_list'] } },
    select: { id: true, state: true, cameFrom: true, lastOn: true, referredAt: true, passedAt: true },
  });
  const free = course.places - rows.filter((row) => holdsPlace(row, today)).length;
  const waiting = rows.filter(({ state }) => state === 'waiting_list');
  const { freedAt } = course;
  const notReached = waiting.filter(
    ({ passedAt }) => passedAt !== null && (freedAt === null || passedAt >= freedAt),
  );
  const inOrder = nextInOrder(
    waiting.map(({ id, referredAt }) => ({ id, referredOn: dayOf(referredAt) })),
    free,
    notReached.map(({ id }) => id),
  );
  return { free, next: inOrder.map(({ id }) => id) };
}

/** The next in order are woken, and offered the free places. */
export async function wakeNext(transaction: Transaction, courseId: string): Promise<void> {
  const { next } = await lockPlaces(transaction, courseId);
  for (const id of next) wake(transaction, subjectOf('training', id));
}

/**
 * A place became free, or a place from the waiting list is taken. A person who was not reached about an earlier place stands
 * behind nobody any more [measures §2].
 */
export async function placeSettled(transaction: Transaction, courseId: string): Promise<void> {
  await transaction.tx.$executeRaw`UPDATE courses SET freed_at = ${transaction.now} WHERE id = ${courseId}`;
  await wakeNext(transaction, courseId);
}
