import { Prisma } from '../../../prisma/generated/client';
import { dayOf } from '../../../domain/day';
import { type DeadlineRule, dueOf, type Length, type Paused, pause, resume } from '../../../domain/deadline';
import type { ObligationKind } from '../../../domain/obligations';
import type { Transaction } from '../transaction';
import { dutyOf, nextOnLadder, nextWeek } from './ladder';
import { openWait } from './reading';

/**
 * Extends an open wait once, counted from its last day [domain §3].
 *
 * @returns false when there is none, it has been extended before, or it is over and somebody else's
 */
export async function extendTask(
  transaction: Transaction,
  kind: ObligationKind,
  by: Length,
): Promise<boolean> {
  const task = await openWait(transaction, kind);
  if (!task?.rule || !task.due || task.extended || task.escalated > 0 || task.due < transaction.givenAt)
    return false;
  const rule = { ...(task.rule as DeadlineRule), extendedBy: by };
  const due = dueOf(rule, await transaction.calendar());
  const nextAt = nextOnLadder(transaction, { duty: dutyOf(task), due, rule });
  await transaction.tx.task.update({
    where: { id: task.id },
    data: { rule, due, extended: true, rung: 0, nextAt },
  });
  return true;
}

/** Stops an open wait's clock: what is left of it is kept exactly until `resumeTask`. It stays open, reminded weekly. */
export async function pauseTask(transaction: Transaction, kind: ObligationKind): Promise<void> {
  const task = await openWait(transaction, kind);
  if (!task?.rule || !task.due || task.paused || task.due < transaction.givenAt) return;
  const paused = pause(task.rule as DeadlineRule, await transaction.calendar(), dayOf(transaction.givenAt));
  await transaction.tx.task.update({
    where: { id: task.id },
    data: { paused, due: null, nextAt: nextWeek(transaction) },
  });
}

/** Lets a paused wait go on from today with what was left of it. */
export async function resumeTask(transaction: Transaction, kind: ObligationKind): Promise<void> {
  const task = await openWait(transaction, kind);
  if (!task?.paused) return;
  const rule = resume(task.paused as Paused, transaction.today);
  const due = dueOf(rule, await transaction.calendar());
  const nextAt = nextOnLadder(transaction, { duty: dutyOf(task), due, rule });
  await transaction.tx.task.update({
    where: { id: task.id },
    data: { paused: Prisma.DbNull, rule, due, nextAt },
  });
}
