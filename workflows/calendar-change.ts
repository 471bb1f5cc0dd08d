import * as wf from '@temporalio/workflow';
import { local, outside, refresh } from './pathway';

/**
 * A change of the calendar: open deadlines are computed again batch by batch, and only the workflows whose deadlines moved
 * are woken. Begun again after a loss it starts from the first deadline and moves nothing twice.
 *
 * @param subject `calendar/<number>`
 * @returns how many deadlines this execution moved
 */
export async function calendarChange(subject: string): Promise<number> {
  wf.setHandler(refresh, () => undefined);
  let moved = 0;
  for (let after: string | undefined = '0'; after !== undefined;) {
    const batch: { next?: string; moved: number; wakes: boolean } = await local.recomputeDeadlines(
      subject,
      after,
    );
    if (batch.wakes) await outside.wakeOthers(subject);
    moved += batch.moved;
    after = batch.next;
  }
  return moved;
}
