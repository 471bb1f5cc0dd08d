import * as wf from '@temporalio/workflow';
import { gateway, local, outside, refresh, waking } from './follow';

/**
 * News that a register pushed: it changes what it concerns, in one step, and wakes the workflow of each row it changed. News
 * that a register has to confirm first waits for the answer, asked for again with growing pauses.
 *
 * @param subject `news/<register>/<event>`
 * @returns the state of the news
 */
export async function registerNews(subject: string): Promise<string> {
  let stale = false;
  wf.setHandler(refresh, () => {
    stale = true;
  });
  for (;;) {
    stale = false;
    const { state, unsent, wakes, asks, waitMs } = await local.advanceNews(subject);
    if (wakes) await waking.wakeOthers(subject);
    if (unsent) await gateway.sendNotices(subject);
    // Woken or begun again, it does the same; a row that is closed changes nothing more.
    if (waitMs === undefined) return state;
    if (asks === undefined) await wf.condition(() => stale, Math.max(1, waitMs));
    else await outside.askNews(subject, asks);
  }
}
