import type { Batch } from '../activities/batch';
import { outside } from './pathway';

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
