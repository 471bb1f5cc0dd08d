import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { isOutOfReach } from '../records/kernel/faults';
import type { Records } from '../records/kernel/transaction';
import { isWalked, refreshOf } from '../records/kernel/walking';
import { leaveOut } from './batch';
import { paceOf } from './pace';
import { tried } from './tried';

const LOOKS_EVERY_MS = 1000;
const MOST_TOGETHER = 100;

/** The waking of rows by a worker. */
export interface Waking {
  /** Begins the workflows of rows, or makes them look at their rows. */
  now(targets: readonly string[]): Promise<void>;
  /** How many of some wakes that have time go now. The others stay in the outbox. */
  inTime(wanted: number): number;
  /** Wakes some of the rows that had to wait, the longest waiting first. Several workers share them. @returns how many */
  some(): Promise<number>;
}

/**
 * Many rows act at one instant, and each wakes others: a thousand deadlines begin a thousand inspections. Those have time, so that deadlines
 * and decisions go first. They are woken at the pace of the setting wakesASecond.
 */
export function createWaking(records: Records, client: Client): Waking {
  const pace = paceOf(records.settings.wakesASecond);
  /** Rows wait. New ones do not go before them. */
  let behind = false;

  /** A workflow that Temporal refuses is left out, and the administrator has a task until its row is looked at. */
  const now = async (targets: readonly string[]): Promise<void> => {
    await Promise.all(
      [...new Set(targets)].filter(isWalked).map((target) =>
        tried(
          async () => void (await client.workflow.signalWithStart(...refreshOf(target))),
          (error) => leaveOut(records, target, 'look', error),
        ),
      ),
    );
  };

  return {
    now,
    inTime(wanted) {
      const some = behind ? 0 : pace.take(wanted);
      behind ||= some < wanted;
      return some;
    },
    some: () =>
      records.db.inTransaction(
        async (tx) => {
          const waiting = await tx.$queryRaw<{ id: bigint; target: string }[]>`
            SELECT id, target FROM outbox WHERE has_time ORDER BY id LIMIT ${MOST_TOGETHER} FOR UPDATE SKIP LOCKED`;
          const some = waiting.slice(0, pace.take(waiting.length));
          behind = some.length < waiting.length;
          await now(some.map(({ target }) => target));
          await tx.$executeRaw`DELETE FROM outbox WHERE id = ANY(${some.map(({ id }) => id)})`;
          return some.length;
        },
        { timeoutMs: 10_000 },
      ),
  };
}

/**
 * Wakes the rows that had to wait, until the signal. Database and Temporal may be out of reach for a while; the rows stay.
 *
 * @param log hears of every other error
 */
export async function wakeTheRest(
  waking: Waking,
  log: { warn(message: string): void },
  ended: AbortSignal,
): Promise<void> {
  while (!ended.aborted) {
    try {
      await pause(LOOKS_EVERY_MS, undefined, { signal: ended });
      await waking.some();
    } catch (error) {
      if (!ended.aborted && !isOutOfReach(error))
        log.warn(`rows could not be woken (${(error as Error).name}); trying again`);
    }
  }
}
