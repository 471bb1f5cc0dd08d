import * as wf from '@temporalio/workflow';
import { gateway, local, outside, refresh } from './follow';

/**
 * News that a register pushed: it changes what it concerns, in one step, and wakes the workflow of each row it changed.
 *
 * @param subject `news/<register>/<event>`
 * @returns the state of the news
 */
export async function registerNews(subject: string): Promise<string> {
  // Woken or begun, it does the same; a row that is closed changes nothing more.
  wf.setHandler(refresh, () => undefined);
  const { state, unsent, wakes } = await local.advanceNews(subject);
  if (wakes) await outside.wakeOthers(subject);
  if (unsent) await gateway.sendNotices(subject);
  return state;
}
