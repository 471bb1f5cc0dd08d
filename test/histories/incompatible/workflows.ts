import * as wf from '@temporalio/workflow';
import { referral as asItIs } from '../../../workflows';

export { calendarChange, casePathway, inspection, registerNews, retention } from '../../../workflows';

/** A referral as a version would walk it that does not agree with ours: it waits before it first looks at its row. */
export async function referral(subject: string): Promise<string> {
  await wf.sleep('1 second');
  return asItIs(subject);
}
