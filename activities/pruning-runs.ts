import { setTimeout as pause } from 'node:timers/promises';
import { dayOf } from '../domain/day';
import type { Records } from '../records/kernel/transaction';
import { refreshOf } from '../records/kernel/walking';
import { enterNextRun } from '../records/pruning/runs';
import type { Outside } from '.';

const TRY_AGAIN_MS = 60_000;

/**
 * Enters the run of the next month and begins its workflow, where nobody has yet. The runs after it begin each other. Tries again until
 * database and Temporal answer.
 */
export async function beginRuns(
  { records, client }: Pick<Outside, 'client'> & { records: Pick<Records, 'db' | 'clock'> },
  log: { warn(message: string): void },
): Promise<void> {
  for (;;) {
    try {
      const now = await records.clock.now();
      const subject = await enterNextRun(records.db, now, dayOf(now));
      await client.workflow.signalWithStart(...refreshOf(subject));
      return;
    } catch (error) {
      const { name } = error as Error;
      log.warn(`the next removal of old data could not be entered (${name}); trying again`);
      await pause(TRY_AGAIN_MS, undefined, { ref: false });
    }
  }
}
