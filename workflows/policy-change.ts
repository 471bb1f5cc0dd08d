import * as wf from '@temporalio/workflow';
import type { PolicyBatch } from '../activities/money/policy-change';
import { local, outside, refresh } from './pathway';

/**
 * A version of the policy, or a dated amount, that was activated: subsidies are calculated again batch by batch; then, from
 * the day on which a version for running ones is valid, open deadlines get its lengths. Begun again after a loss it starts
 * from the first subsidy and changes nothing twice.
 *
 * @param subject `policy/<number>`
 * @returns how many subsidies and deadlines this execution changed
 */
export async function policyChange(subject: string): Promise<number> {
  let stale = false;
  wf.setHandler(refresh, () => {
    stale = true;
  });
  let moved = 0;
  let waitMs: number | undefined;
  for (let after: string | undefined = ''; after !== undefined;) {
    const batch: PolicyBatch = await local.recalculateSubsidies(subject, after);
    if (batch.wakes) await outside.wakeOthers(subject);
    moved += batch.moved;
    after = batch.next;
    waitMs = batch.waitMs;
  }
  while (waitMs !== undefined && waitMs > 0) {
    stale = false;
    await wf.condition(() => stale, waitMs);
    ({ waitMs } = await local.recalculateSubsidies(subject, ''));
  }
  if (waitMs === undefined) return moved;
  for (let after: string | undefined = '0'; after !== undefined;) {
    const batch: { next?: string; moved: number; wakes: boolean } = await local.relengthenDeadlines(
      subject,
      after,
    );
    if (batch.wakes) await outside.wakeOthers(subject);
    moved += batch.moved;
    after = batch.next;
  }
  return moved;
}
