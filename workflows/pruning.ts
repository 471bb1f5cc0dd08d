import { inPasses } from './batches';
import { outside } from './pathway';

/**
 * A run that removes the data whose storage period is over. It waits for its day, goes through the record batch by batch, and begins the
 * run of the next month. After a loss it begins again from the first table and removes nothing twice.
 *
 * @param subject `pruning/<day>`
 * @returns the number of rows that this execution removed or emptied
 */
export const pruning = (subject: string): Promise<number> =>
  inPasses(subject, (after) => outside.prune(subject, after));
