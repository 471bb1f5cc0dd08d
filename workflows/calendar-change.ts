import * as wf from '@temporalio/workflow';
import { inBatches } from './batches';
import { local, refresh } from './pathway';

/**
 * A change of the calendar. Open deadlines are computed again batch by batch, and only the workflows whose deadlines moved are woken. If
 * a defect left rows out, all deadlines are computed again in the morning, or when the workflow is refreshed. After a loss the workflow
 * begins again from the first row and moves nothing twice.
 *
 * @param subject `calendar/<number>`
 * @returns the number of deadlines that this execution moved
 */
export async function calendarChange(subject: string): Promise<number> {
  let stale = false;
  wf.setHandler(refresh, () => {
    stale = true;
  });
  for (let moved = 0; ;) {
    stale = false;
    const pass = await inBatches(subject, (after) => local.recomputeDeadlines(subject, after));
    moved += pass.moved;
    if (pass.last.againMs === undefined) return moved;
    await wf.condition(() => stale, pass.last.againMs);
  }
}
