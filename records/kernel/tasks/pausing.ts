import { Prisma, type Task } from '../../../prisma/generated/client';
import { dayOf } from '../../../domain/day';
import { type DeadlineRule, dueOf, type Length, type Paused, pause, resume } from '../../../domain/deadline';
import type { ObligationKind } from '../../../domain/obligations';
import type { Transaction } from '../transaction';
import { dutyOf, nextOnLadder, nextWeek } from './ladder';
import { openWait } from './reading';

/** Why an open wait is not extended: it was extended before, or its first owner's time is over. */
export type NotExtended = 'before' | 'over';

/** Why an open wait cannot be extended; undefined where it can. */
export function whyNotExtended(
  task: Pick<Task, 'rule' | 'due' | 'extended' | 'escalated'> | null | undefined,
  givenAt: Date,
): NotExtended | undefined {
  if (!task?.rule || task.due === null || task.escalated > 0 || task.due < givenAt) return 'over';
  return task.extended ? 'before' : undefined;
}

/** Extends an open wait once, counted from its last day [domain §3]. */
export async function extendTask(transaction: Transaction, kind: ObligationKind, by: Length): Promise<void> {
  const task = await openWait(transaction, kind);
  if (!task || whyNotExtended(task, transaction.givenAt)) throw new Error(`${kind} cannot be extended`);
  const rule = { ...(task.rule as DeadlineRule), extendedBy: by };
  const due = dueOf(rule, await transaction.calendar());
  const nextAt = nextOnLadder(transaction, { duty: dutyOf(task), due, rule });
  await transaction.tx.task.update({
    where: { id: task.id },
    data: { rule, due, extended: true, rung: 0, nextAt },
  });
}

/** Pauses an open wait: the rest of its time is kept exactly until `resumeTask`. Its owner is reminded weekly. */
export async function pauseTask(transaction: Transaction, kind: ObligationKind): Promise<void> {
  const task = await openWait(transaction, kind);
  if (!task?.rule || !task.due || task.paused || task.due < transaction.givenAt) return;
  const paused = pause(task.rule as DeadlineRule, await transaction.calendar(), dayOf(transaction.givenAt));
  await transaction.tx.task.update({
    where: { id: task.id },
    data: { paused, due: null, nextAt: nextWeek(transaction) },
  });
}

/** Resumes a paused wait from today, with the rest of its time. */
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

/**
 * Opens the waits of these kinds again that were closed at an instant with this reason, each as it was: its owner, its last day,
 * its pause.
 */
export async function reopenClosed(
  transaction: Transaction,
  kinds: readonly ObligationKind[],
  { at: closedAt, how: closedHow }: { at: Date; how: string },
): Promise<void> {
  const { subject } = transaction;
  const closed = await transaction.tx.task.findMany({
    where: { subject, kind: { in: [...kinds] }, closedAt, closedHow },
    orderBy: { id: 'asc' },
    omit: { id: true, closedAt: true, closedHow: true },
  });
  for (const { rule, paused, ...kept } of closed) {
    transaction.opened.add(`${subject} ${kept.kind}`);
    const ladder = rule && kept.due && { duty: dutyOf(kept), due: kept.due, rule: rule as DeadlineRule };
    await transaction.tx.task.create({
      data: {
        ...kept,
        ...(rule && { rule }),
        ...(paused && { paused }),
        nextAt: ladder ? nextOnLadder(transaction, ladder, kept.rung) : nextWeek(transaction),
      },
    });
  }
}

/**
 * Opens the last wait of a kind again, which was closed by mistake: with its owner, and with the time that was left when it was
 * closed. A wait that was overdue then is overdue again.
 */
export async function reopenTask(transaction: Transaction, kind: ObligationKind): Promise<void> {
  const { subject, now } = transaction;
  const last = await transaction.tx.task.findFirstOrThrow({
    where: { subject, kind, closedAt: { not: null } },
    orderBy: { id: 'desc' },
    omit: { id: true, paused: true, closedHow: true },
  });
  const { closedAt, rule, ...kept } = last;
  const timeWasLeft = rule && kept.due && closedAt && kept.due >= closedAt;
  transaction.opened.add(`${subject} ${kind}`);
  await transaction.tx.task.create({
    data: {
      ...kept,
      since: now,
      nextAt: nextWeek(transaction),
      ...(rule && { rule }),
      ...(timeWasLeft && {
        due: null,
        rung: 0,
        paused: pause(rule as DeadlineRule, await transaction.calendar(), dayOf(closedAt)),
      }),
    },
  });
  await resumeTask(transaction, kind);
}
