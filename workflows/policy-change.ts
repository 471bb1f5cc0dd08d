import * as wf from '@temporalio/workflow';
import { inBatches } from './batches';
import { local, refresh } from './pathway';

/**
 * A version of the policy, or a dated amount, that was activated: subsidies are calculated again batch by batch; then, from
 * the day on which a version for running ones is valid, open deadlines get its lengths. Where a defect left rows out, all of
 * it is done again in the morning, or when the workflow is refreshed. Begun again after a loss it starts from the first
 * subsidy and changes nothing twice.
 *
 * @param subject `policy/<number>`
 * @returns how many subsidies and deadlines this execution changed
 */
export async function policyChange(subject: string): Promise<number> {
  let stale = false;
  wf.setHandler(refresh, () => {
    stale = true;
  });
  const wait = async (ms: number): Promise<void> => {
    stale = false;
    await wf.condition(() => stale, ms);
  };
  for (let moved = 0; ;) {
    const subsidies = await inBatches(subject, (after) => local.recalculateSubsidies(subject, after));
    moved += subsidies.moved;
    let { waitMs, againMs } = subsidies.last;
    while (waitMs !== undefined && waitMs > 0) {
      await wait(waitMs);
      ({ waitMs, againMs } = await local.recalculateSubsidies(subject, ''));
    }
    if (waitMs !== undefined) {
      const deadlines = await inBatches(subject, (after) => local.relengthenDeadlines(subject, after));
      moved += deadlines.moved;
      ({ againMs } = deadlines.last);
    }
    if (againMs === undefined) return moved;
    await wait(againMs);
  }
}
