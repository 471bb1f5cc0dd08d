import { setTimeout as pause } from 'node:timers/promises';
import { dayOf } from '../domain/day';
import { type Going, going } from '../domain/storage';
import { system } from '../domain/roles';
import type { Pruning } from '../prisma/generated/client';
import { record } from '../records/kernel/events';
import { change } from '../records/kernel/change';
import type { Records, Transaction } from '../records/kernel/transaction';
import { closeTasks } from '../records/kernel/tasks';
import { wake } from '../records/kernel/wake';
import { type Place, type Removed, removeBatch, tableAfter } from '../records/pruning/batch';
import { enterNextRun, subjectOfRun } from '../records/pruning/runs';
import { type Batch, batchOrLater } from './batch';

/** An activity does batches for this long. */
const WORK_MS = 10_000;

/** The activities of the workflow that removes the data whose storage period is over. */
export const createPruningActivities = (records: Records) => ({
  /**
   * Removes what is over in the next part of the record. Between two batches it rests as long as a batch took, so that decisions of
   * people come first. The last part closes the run and enters the next one.
   *
   * @param subject `pruning/<day>`
   * @param after the place where the part before ended; empty at the beginning
   */
  prune: (subject: string, after: string): Promise<Batch> =>
    batchOrLater(records, subject, 'pruning', async () => {
      const id = subject.slice(subjectOfRun('').length);
      const [row] = await records.db.$queryRaw<Pick<Pruning, 'open' | 'at'>[]>`
        SELECT open, at FROM prunings WHERE id = ${id}`;
      const now = await records.clock.now();
      if (!row?.open) return { moved: 0, wakes: false };
      if (now < row.at) return { moved: 0, wakes: false, againMs: row.at.getTime() - now.getTime() };
      const { moved, next } = await removeFor(WORK_MS, records, id, placeIn(after, records));
      if (next) return { moved, wakes: false, next: JSON.stringify(next) };
      return change(records, { actor: system, subject, correlationId: id }, async (transaction) => ({
        moved,
        ...(await close(transaction, id)),
      }));
    }),
});

const placeIn = (after: string, { settings }: Records): Place | undefined =>
  after === '' ? tableAfter(settings.keepDays) : (JSON.parse(after) as Place);

async function removeFor(
  ms: number,
  records: Records,
  id: string,
  first: Place | undefined,
): Promise<{ moved: number; next?: Place }> {
  let moved = 0;
  const until = performance.now() + ms;
  for (let place = first; place !== undefined;) {
    if (performance.now() > until) return { moved, next: place };
    const began = performance.now();
    const { rows, next } = await removeOnRecord(records, id, place);
    moved += rows;
    place = next;
    await pause(performance.now() - began);
  }
  return { moved };
}

/** A batch takes a tenth of a second. */
const BATCH_WITHIN_MS = 20_000;

/** Removes a batch, and counts it in the run's row. */
async function removeOnRecord({ db, clock, settings }: Records, id: string, place: Place): Promise<Removed> {
  const today = dayOf(await clock.now());
  return db.inTransaction(
    async (tx) => {
      const done = await removeBatch(tx, place, settings.keepDays, today);
      const { table } = place;
      if (done.rows > 0)
        await tx.$executeRaw`
          UPDATE prunings SET removed = jsonb_set(
            removed, ARRAY[${table}], to_jsonb(coalesce((removed ->> ${table})::bigint, 0) + ${done.rows}::bigint))
          WHERE id = ${id}`;
      return done;
    },
    { timeoutMs: BATCH_WITHIN_MS },
  );
}

/** The names of the tables in the time line. */
const COUNTED = {
  tasks: 'waits',
  notices: 'messages',
  commands: 'commands',
  register_answers: 'answers',
  news: 'news',
} as const satisfies Record<Going, string>;

/** The run is done. The next one waits for its day. */
async function close(transaction: Transaction, id: string): Promise<Pick<Batch, 'wakes'>> {
  const { tx, now, today } = transaction;
  await closeTasks(transaction, { kinds: ['defect'] }, 'done');
  const row = await tx.pruning.update({
    where: { id },
    data: { state: 'done', open: false, since: now, rev: { increment: 1 } },
  });
  const removed = row.removed as Partial<Record<Going, number>>;
  const counts = Object.fromEntries(going.map((table) => [COUNTED[table], removed[table] ?? 0]));
  await record(transaction, 'record_pruned', {}, counts);
  wake(transaction, await enterNextRun(tx, now, today));
  return { wakes: true };
}
