import * as wf from '@temporalio/workflow';
import { inBatches } from './batches';
import { local, refresh } from './pathway';

/**
 * An activated version of the policy, or an activated dated amount. Subsidies are calculated again batch by batch. A version for running
 * rows also gives its lengths to open deadlines, from its first valid day. If a defect left rows out, all this is done again in the
 * morning, or when the workflow is refreshed. After a loss the workflow begins again from the first subsidy and changes nothing twice.
 *
 * @param subject `policy/<number>`
 * @returns the number of subsidies and deadlines that this execution changed
 */
export async function policyChange(subject: string): Promise<number> {
  let stale = false;
  wf.setHandler(refresh, () => {
    stale = true;
  });
  for (let moved = 0; ;) {
    stale = false;
    const subsidies = await inBatches(subject, (after) => local.recalculateSubsidies(subject, after));
    moved += subsidies.moved;
    let { waitMs, againMs } = subsidies.last;
    while (waitMs !== undefined && waitMs > 0) {
      await wf.condition(() => stale, waitMs);
      stale = false;
      ({ waitMs, againMs } = await local.recalculateSubsidies(subject, ''));
    }
    if (waitMs !== undefined) {
      const deadlines = await inBatches(subject, (after) => local.relengthenDeadlines(subject, after));
      moved += deadlines.moved;
      ({ againMs } = deadlines.last);
    }
    if (againMs === undefined) return moved;
    await wf.condition(() => stale, againMs);
  }
}
