import { setTimeout as pause } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { isOutOfReach } from '../records/kernel/faults';
import type { Records } from '../records/kernel/transaction';
import { isWalked, refreshOf } from '../records/kernel/walking';
import { leaveOut } from './batch';
import { paceOf } from './pace';
import { tried } from './tried';

const LOOKS_EVERY_MS = 1000;
/** While rows wait for the pace: a few are woken at a time, so a decision does not wait for many. */
const WAKES_EVERY_MS = 100;
const MOST_TOGETHER = 100;
/** So long after the last act of a burst the burst is over. */
const OVER_AFTER_MS = 2000;
/** A burst may keep the rows that it wakes waiting for so long. */
const WAIT_MS = 60_000;

/** The waking of rows by a worker. */
export interface Waking {
  /** Begins the workflows of rows, or makes them look at their rows. */
  now(targets: readonly string[]): Promise<void>;
  /** How many of some wakes that can wait go now. The others stay in the outbox. */
  goNow(wanted: number): number;
  /**
   * Wakes some of the rows that had to wait, the longest waiting first. Several workers share them.
   *
   * @returns how many, and whether others still wait for the pace
   */
  some(): Promise<{ woken: number; othersWait: boolean }>;
}

/**
 * Many rows act at one instant, and each wakes others: a thousand deadlines begin a thousand inspections. Those can wait, so that deadlines
 * and decisions go first. They are woken after the burst, at the pace of the setting wakesASecond.
 */
export function createWaking(records: Records, client: Client): Waking {
  const pace = paceOf(records.settings.wakesASecond);
  /** While rows wait, new ones do not go before them: the beginning of the burst, and its last act so far. */
  let burst: { from: number; last: number } | undefined;

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
    goNow(wanted) {
      if (wanted === 0) return 0;
      const some = burst ? 0 : pace.take(wanted);
      const at = performance.now();
      if (some < wanted) burst = { from: burst?.from ?? at, last: at };
      return some;
    },
    async some() {
      const at = performance.now();
      if (burst && at - burst.last < OVER_AFTER_MS && at - burst.from < WAIT_MS)
        return { woken: 0, othersWait: false };
      return records.db.inTransaction(
        async (tx) => {
          const waiting = await tx.$queryRaw<{ id: bigint; target: string }[]>`
            SELECT id, target FROM outbox WHERE can_wait ORDER BY id LIMIT ${MOST_TOGETHER} FOR UPDATE SKIP LOCKED`;
          const some = waiting.slice(0, pace.take(waiting.length));
          if (some.length === waiting.length) burst = undefined;
          await now(some.map(({ target }) => target));
          await tx.$executeRaw`DELETE FROM outbox WHERE id = ANY(${some.map(({ id }) => id)})`;
          return { woken: some.length, othersWait: some.length < waiting.length };
        },
        { timeoutMs: 10_000 },
      );
    },
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
  let othersWait = false;
  for (;;) {
    await pause(othersWait ? WAKES_EVERY_MS : LOOKS_EVERY_MS, undefined, { signal: ended }).catch(
      () => undefined,
    );
    if (ended.aborted) return;
    try {
      ({ othersWait } = await waking.some());
    } catch (error) {
      othersWait = false;
      if (!isOutOfReach(error)) log.warn(`rows could not be woken (${(error as Error).name}); trying again`);
    }
  }
}
