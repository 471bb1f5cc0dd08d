import { setTimeout as pause } from 'node:timers/promises';
import { isOutOfReach } from '../records/kernel/faults';

const TRIES = 3;
const PAUSE_MS = 50;

/**
 * Does something of a row's. What is out of reach is thrown: Temporal tries it again without limit. Anything else is a defect:
 * tried three times, then recorded, so that the workflow never fails by it.
 *
 * @param work one transaction
 * @param onDefect records the defect in a transaction of its own, and answers in place of `work`
 */
export async function tried<T>(work: () => Promise<T>, onDefect: (error: unknown) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (isOutOfReach(error)) throw error;
      if (attempt === TRIES) return onDefect(error);
      await pause(PAUSE_MS * attempt);
    }
  }
}
