import { dayOf } from '../domain/day';
import { system } from '../domain/roles';
import type { Task } from '../prisma/generated/client';
import { change } from '../records/kernel/change';
import { nextTry, reportDefect } from '../records/kernel/defects';
import { writeEntries } from '../records/kernel/entries';
import { isOutOfReach } from '../records/kernel/faults';
import { lockRow, rowOf } from '../records/kernel/rows';
import { closeTasks } from '../records/kernel/tasks';
import type { Cause, Records, Transaction } from '../records/kernel/transaction';
import { wake } from '../records/kernel/wake';
import { tried } from './tried';

/** A batch of the rows that a change of the calendar or of the law, or a removal of old data, concerns. */
export interface Batch {
  /** Where the next batch begins; absent after the last one. */
  next?: string;
  /** How many deadlines, subsidies or old rows this batch changed. */
  moved: number;
  /** Whether the workflows of the changed rows have to be woken. */
  wakes: boolean;
  /** The time until the work begins again: its day has not come, or defects left rows out of the last batch. */
  againMs?: number;
}

/** The work in which a defect left a row out. `beginning` is that of a run. The administrator's task for the defect names it. */
export type LeftOut = 'recomputing' | 'relengthening' | 'recalculation' | 'pruning' | 'beginning';

/**
 * Does a batch. If a defect stops the batch as a whole, the administrator has a task. The change begins again in the morning.
 * The rows that were changed before the defect stay changed.
 *
 * @param subject the change
 */
export const batchOrLater = <B extends Batch>(
  records: Records,
  subject: string,
  of: LeftOut,
  work: () => Promise<B>,
): Promise<B | Batch> =>
  tried(work, async (error): Promise<Batch> => {
    const moved = await leaveOut(records, subject, of, error);
    const now = await records.clock.now();
    const again = nextTry({ today: dayOf(now), settings: records.settings });
    return { moved, wakes: true, againMs: again.getTime() - now.getTime() };
  });

/**
 * Changes a batch of rows in one transaction. After a defect each row gets a separate transaction. A row that fails there is
 * left out, and the administrator has a task. The other rows change.
 *
 * @param work changes some of the rows in one transaction, and returns the number of changes
 */
export async function changeRows(
  records: Records,
  subjects: readonly string[],
  of: LeftOut,
  work: (subjects: readonly string[]) => Promise<number>,
): Promise<number> {
  try {
    return await work(subjects);
  } catch (error) {
    if (isOutOfReach(error)) throw error;
    let moved = 0;
    for (const subject of subjects)
      moved += await tried(
        () => work([subject]),
        (defect) => leaveOut(records, subject, of, defect),
      );
    return moved;
  }
}

/** The cause of a change of a row that no person made. */
export const bySystem = (subject: string): Cause => ({
  actor: system,
  subject,
  correlationId: `${subject.slice(subject.indexOf('/') + 1)}/system`,
});

/**
 * Leaves out a row after a defect. The administrator has a task, unless the row is closed.
 *
 * @returns the number of changes, which is 0
 */
export async function leaveOut(
  records: Records,
  subject: string,
  of: LeftOut | 'look',
  error: unknown,
): Promise<0> {
  await change(records, bySystem(subject), async (transaction) => {
    if (await lock(transaction, subject)) await reportDefect(transaction, of, error);
  });
  records.onDefect?.(subject, error);
  return 0;
}

/**
 * Changes the open deadlines of rows. Each row is locked first, so that no command at the same time writes an old due instant.
 * If a deadline moved, the row's workflow is woken.
 *
 * @param moves changes one deadline, and returns whether it moved
 * @returns the number of moved deadlines
 */
export async function changeDeadlines(
  transaction: Transaction,
  subjects: readonly string[],
  of: LeftOut,
  moves: (task: Task) => Promise<boolean>,
): Promise<number> {
  let moved = 0;
  for (const subject of subjects) moved += await changeDeadlinesOf(transaction, subject, of, moves);
  return moved;
}

async function changeDeadlinesOf(
  transaction: Transaction,
  subject: string,
  of: LeftOut,
  moves: (task: Task) => Promise<boolean>,
): Promise<number> {
  await lock(transaction, subject);
  const open = await transaction.tx.task.findMany({
    where: { subject, closedAt: null, NOT: { due: null } },
    orderBy: { id: 'asc' },
  });
  let moved = 0;
  for (const task of open) if (task.kind !== 'defect' && (await moves(task))) moved += 1;
  if (open.some(({ kind, ref }) => kind === 'defect' && ref === of))
    await broughtIn(transaction, subject, of);
  if (moved > 0 && rowOf(subject)) wake(transaction, subject);
  return moved;
}

/** The row that a defect had left out is changed now. The administrator's task ends. */
export async function broughtIn(transaction: Transaction, subject: string, of: LeftOut): Promise<void> {
  await closeTasks(transaction, { subject, kinds: ['defect'], ref: of }, 'done');
}

/**
 * The time until the rows that defects left out are tried again; undefined without such rows. The change has reached its last
 * row, so the administrator's task for a defect of the whole change ends.
 */
export async function againMs(transaction: Transaction, of: readonly LeftOut[]): Promise<number | undefined> {
  await closeTasks(transaction, { kinds: ['defect'] }, 'done');
  const left = await transaction.tx.task.count({
    where: { kind: 'defect', ref: { in: [...of] }, asideUntil: { gt: transaction.now }, closedAt: null },
  });
  return left === 0 ? undefined : nextTry(transaction).getTime() - transaction.now.getTime();
}

export async function hasWakes(transaction: Transaction): Promise<boolean> {
  await writeEntries(transaction);
  return (await transaction.tx.outbox.count({ where: { subject: transaction.subject } })) > 0;
}

/** @returns whether the row is open; true for a change without a row */
async function lock({ tx }: Transaction, subject: string): Promise<boolean> {
  const row = rowOf(subject);
  return row === undefined || ((await lockRow(tx, row.kind, row.id))?.open ?? false);
}
