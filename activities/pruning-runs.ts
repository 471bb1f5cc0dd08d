import { setTimeout as pause } from 'node:timers/promises';
import { dayOf } from '../domain/day';
import { change } from '../records/kernel/change';
import { refreshOf } from '../records/kernel/walking';
import { enterNextRun, subjectOfNextRun } from '../records/pruning/runs';
import type { Outside } from '.';
import { broughtIn, bySystem, leaveOut } from './batch';
import { tried } from './tried';

const TRY_AGAIN_MS = 60_000;

/**
 * Enters the run of the next month and begins its workflow, where nobody has yet. The runs after it begin each other. Tries again until
 * database and Temporal answer. Any other error is a defect: the administrator has a task until a try succeeds.
 */
export async function beginRuns(
  { records, client }: Pick<Outside, 'records' | 'client'>,
  log: { warn(message: string): void },
  tryAgainMs = TRY_AGAIN_MS,
): Promise<void> {
  for (;;) {
    try {
      const now = await records.clock.now();
      const today = dayOf(now);
      await tried(
        async () => {
          const subject = await enterNextRun(records.db, now, today);
          await client.workflow.signalWithStart(...refreshOf(subject));
        },
        async (error) => {
          await leaveOut(records, subjectOfNextRun(today), 'beginning', error);
          throw error;
        },
      );
      await change(records, bySystem(subjectOfNextRun(today)), (transaction) =>
        broughtIn(transaction, transaction.subject, 'beginning'),
      );
      return;
    } catch (error) {
      const { name } = error as Error;
      log.warn(`the next removal of old data could not be entered (${name}); trying again`);
      await pause(tryAgainMs, undefined, { ref: false });
    }
  }
}
