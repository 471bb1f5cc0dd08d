import { system } from '../domain/roles';
import { unlessDefect } from '../records/kernel/defects';
import { record } from '../records/kernel/events';
import { lockRow, rowOf } from '../records/kernel/rows';
import { recomputeTask } from '../records/kernel/tasks';
import { change } from '../records/kernel/change';
import type { Records, Transaction } from '../records/kernel/transaction';
import { wake } from '../records/kernel/wake';

/** How many deadlines are computed again in one step. */
const BATCH = 200;

export interface Batch {
  /** The last task looked at; absent after the last batch. */
  next?: string;
  /** How many deadlines of this batch moved. */
  moved: number;
  /** Whether workflows are to be woken: only those whose deadlines moved are. */
  wakes: boolean;
}

/** The activities of the workflow of a change of the calendar. */
export const createCalendarActivities = (records: Records) => ({
  /**
   * Computes the next batch of open deadlines again after the calendar changed. One that has fired is not revived; one that
   * would now lie in the past ends today at 23:59:59. The last batch closes the change.
   *
   * @param subject `calendar/<number>`
   * @param afterTaskId where the last batch stopped, `0` at the beginning
   */
  recomputeDeadlines(subject: string, afterTaskId: string): Promise<Batch> {
    const id = subject.slice('calendar/'.length);
    return change(records, { actor: system, subject, correlationId: id }, async (transaction) => {
      await transaction.tx.$queryRaw`SELECT id FROM calendar_changes WHERE id = ${id} FOR UPDATE`;
      const row = await transaction.tx.calendarChange.findUnique({ where: { id } });
      if (!row?.open) return { moved: 0, wakes: await hasWakes(transaction) };
      const tasks = await transaction.tx.task.findMany({
        where: { id: { gt: BigInt(afterTaskId) }, closedAt: null, NOT: { due: null } },
        select: { id: true, subject: true },
        orderBy: { id: 'asc' },
        take: BATCH,
      });
      let moved = 0;
      for (const task of tasks) if (await movesDeadline(transaction, task)) moved += 1;
      const last = tasks.length === BATCH ? tasks.at(-1) : undefined;
      await transaction.tx.calendarChange.update({
        where: { id },
        data: {
          moved: { increment: moved },
          ...(!last && { state: 'done', open: false, since: transaction.now }),
          rev: { increment: 1 },
        },
      });
      if (!last)
        await record(transaction, 'deadlines_recomputed', {}, { date: row.date, moved: row.moved + moved });
      return { ...(last && { next: String(last.id) }), moved, wakes: await hasWakes(transaction) };
    });
  },
});

/** The row is locked first, so that no command that runs at the same time writes a due instant of the old calendar. */
async function movesDeadline(
  transaction: Transaction,
  { id, subject }: { id: bigint; subject: string },
): Promise<boolean> {
  const row = rowOf(subject);
  if (row) await lockRow(transaction.tx, row.kind, row.id);
  const task = await transaction.tx.task.findUniqueOrThrow({ where: { id } });
  const recomputed = () => recomputeTask(transaction, task);
  if (task.closedAt || !(await unlessDefect(transaction, subject, 'recomputing', recomputed))) return false;
  if (row) await wake(transaction, subject);
  return true;
}

const hasWakes = async ({ tx, subject }: Transaction): Promise<boolean> =>
  (await tx.outbox.count({ where: { subject } })) > 0;
