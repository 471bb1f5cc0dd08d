import { system } from '../domain/roles';
import type { CalendarChange } from '../prisma/generated/client';
import { record } from '../records/kernel/events';
import { rowOf } from '../records/kernel/rows';
import { recomputeTask } from '../records/kernel/tasks';
import { change } from '../records/kernel/change';
import type { Records, Transaction } from '../records/kernel/transaction';
import { againMs, type Batch, batchOrLater, changeDeadlines, changeRows, hasWakes } from './batch';

/** The number of rows whose deadlines are recomputed in one step. */
const ROWS = 50;

/** The most rows with a moved deadline that the history of the calendar names. */
const NAMED = 20;

/** The activities of the workflow of a change of the calendar. */
export const createCalendarActivities = (records: Records) => ({
  /**
   * Recomputes the open deadlines of the next rows after a change of the calendar. A deadline that has fired stays fired. A
   * deadline that would now be in the past ends today at 23:59:59. The last batch closes the change, unless a defect left rows
   * out.
   *
   * @param subject `calendar/<number>`
   * @param after the last row of the previous batch; empty at the beginning
   */
  recomputeDeadlines: (subject: string, after: string): Promise<Batch> =>
    batchOrLater(records, subject, 'recomputing', async () => {
      const id = subject.slice('calendar/'.length);
      const within = <T>(
        work: (transaction: Transaction, row: CalendarChange | null) => Promise<T>,
      ): Promise<T> =>
        change(records, { actor: system, subject, correlationId: id }, async (transaction) => {
          await transaction.tx.$queryRaw`SELECT id FROM calendar_changes WHERE id = ${id} FOR UPDATE`;
          return work(transaction, await transaction.tx.calendarChange.findUnique({ where: { id } }));
        });

      const rows = await within(async ({ tx }, row) =>
        row?.open
          ? tx.task.groupBy({
              by: ['subject'],
              where: { subject: { gt: after }, closedAt: null, NOT: { due: null } },
              orderBy: { subject: 'asc' },
              take: ROWS,
            })
          : [],
      );
      const subjects = rows.map((row) => row.subject);
      const moved = await changeRows(records, subjects, 'recomputing', (some) =>
        within(async (transaction, row) => {
          const which = new Set<string>(row?.which ?? []);
          const count = await changeDeadlines(transaction, some, 'recomputing', async (task) => {
            const moved = await recomputeTask(transaction, task);
            if (moved && which.size < NAMED) which.add(rowOf(task.subject)?.id ?? task.subject);
            return moved;
          });
          const data = { moved: { increment: count }, which: [...which], rev: { increment: 1 } };
          await transaction.tx.calendarChange.update({ where: { id }, data });
          return count;
        }),
      );
      const next = subjects.length === ROWS ? subjects.at(-1) : undefined;
      return within(async (transaction, row) => ({
        moved,
        ...(next === undefined ? await close(transaction, row) : { next }),
        wakes: await hasWakes(transaction),
      }));
    }),
});

/** After the last row the change is done. If a defect left rows out, the change begins again. */
async function close(transaction: Transaction, row: CalendarChange | null): Promise<Pick<Batch, 'againMs'>> {
  if (!row?.open) return {};
  const { id, date, moved, which } = row;
  const wait = await againMs(transaction, ['recomputing']);
  if (wait !== undefined) return { againMs: wait };
  await transaction.tx.calendarChange.update({
    where: { id },
    data: { state: 'done', open: false, since: transaction.now, rev: { increment: 1 } },
  });
  await record(transaction, 'deadlines_recomputed', {}, { date, moved, which: which.join(', ') });
  return {};
}
