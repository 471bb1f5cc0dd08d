import type { Day } from '../domain/day';
import { isHeld, inPlay } from '../domain/pathways/training';
import type { Course } from '../prisma/generated/client';
import { notNow } from './kernel/refusal';
import { subjectOf } from './kernel/rows';
import type { Transaction } from './kernel/transaction';
import { wake } from './kernel/wake';

interface Change {
  firstDay?: Day | null;
  lastDay?: Day | null;
  heldOn?: string[];
  state?: string;
  places?: number;
}

/**
 * A course is changed: the people referred to it are looked at again. A cancelled one is held for nobody. More places, or other
 * days, concern those who wait. Its days and the days of the week stay once a place is given.
 *
 * @throws Refusal for other days of a course that has given a place
 */
export async function courseChanges(transaction: Transaction, before: Course, said: Change): Promise<void> {
  const trainings = await transaction.tx.training.findMany({
    where: { courseId: before.id, state: { in: [...inPlay] } },
    select: { id: true, state: true },
    orderBy: { id: 'asc' },
  });
  const isMoved =
    (['firstDay', 'lastDay'] as const).some((day) => said[day] !== undefined && said[day] !== before[day]) ||
    (said.heldOn !== undefined && said.heldOn.toSorted().join() !== before.heldOn.toSorted().join());
  if (isMoved && trainings.some(({ state }) => state === 'offered' || isHeld.includes(state)))
    throw notNow(
      'places_given',
      'People have a place in this course, so its days stay. Cancel it, and name them another course.',
    );
  const isCancelled = said.state === 'cancelled';
  for (const { id, state } of trainings)
    if (isCancelled || state === 'waiting_list') wake(transaction, subjectOf('training', id));
}
