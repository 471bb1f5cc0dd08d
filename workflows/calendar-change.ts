import { inPasses } from './batches';
import { local } from './pathway';

/**
 * A change of the calendar. Open deadlines are computed again batch by batch, and only the workflows whose deadlines moved are woken. If
 * a defect left rows out, all deadlines are computed again in the morning, or when the workflow is refreshed. After a loss the workflow
 * begins again from the first row and moves nothing twice.
 *
 * @param subject `calendar/<number>`
 * @returns the number of deadlines that this execution moved
 */
export const calendarChange = (subject: string): Promise<number> =>
  inPasses(subject, (after) => local.recomputeDeadlines(subject, after));
