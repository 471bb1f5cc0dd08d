import { setTimeout as pause } from 'node:timers/promises';
import { isOutOfReach } from '../records/kernel/faults';

const TRIES = 3;
const PAUSE_MS = 50;

/**
 * Does a row's work. An error that means out of reach is thrown, and Temporal tries again without limit. Every other error is a
 * defect. The work is tried three times, then the defect is recorded. So a defect never stops the workflow.
 *
 * @param work one transaction
 * @param onDefect records the defect in a separate transaction, and answers in place of `work`
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
