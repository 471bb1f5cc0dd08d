import { createPruningActivities } from '../../activities/pruning';
import { dayOf } from '../../domain/day';
import type { Records } from '../../records/kernel/transaction';
import { enterRun } from '../../records/pruning/runs';

/** Does the run of today as its workflow does, without Temporal. */
export async function prune(records: Records): Promise<void> {
  const now = await records.clock.now();
  const subject = await enterRun(records.db, dayOf(now), now, now);
  const { prune: part } = createPruningActivities(records);
  for (let after: string | undefined = ''; after !== undefined;) after = (await part(subject, after)).next;
  await records.db.outbox.deleteMany({ where: { subject } });
}
