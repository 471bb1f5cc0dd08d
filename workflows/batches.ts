import * as wf from '@temporalio/workflow';
import type { Batch } from '../activities/batch';
import { outside, refresh } from './pathway';

/**
 * Carries out batch after batch, and wakes the workflows of the rows that each batch changed.
 *
 * @param batch does the batch after a row; `after` is empty for the first batch
 * @returns the number of changed rows, and the last batch
 */
export async function inBatches<B extends Batch>(
  subject: string,
  batch: (after: string) => Promise<B>,
): Promise<{ moved: number; last: B }> {
  let moved = 0;
  for (let after = ''; ;) {
    const done = await batch(after);
    if (done.wakes) await outside.wakeOthers(subject);
    moved += done.moved;
    if (done.next === undefined) return { moved, last: done };
    after = done.next;
  }
}

/**
 * Carries out all batches, again and again until nothing is left. Work is left when its day has not come, or when a defect left rows out.
 * The last batch says when the work begins again. A refresh begins it at once.
 *
 * @returns the number of rows that this execution changed
 */
export async function inPasses(subject: string, batch: (after: string) => Promise<Batch>): Promise<number> {
  let stale = false;
  wf.setHandler(refresh, () => {
    stale = true;
  });
  for (let moved = 0; ;) {
    stale = false;
    const pass = await inBatches(subject, batch);
    moved += pass.moved;
    if (pass.last.againMs === undefined) return moved;
    await wf.condition(() => stale, pass.last.againMs);
  }
}
