import type { Calendar } from './calendar';
import type { Day } from './day';
import { later, type Length } from './deadline';

/** How long after a hire its end is an early one. */
export interface EarlyEnd {
  /** After any hire. */
  afterHire: Length;
  /** After a hire that the inspectorate brought about. */
  afterInspection: Length;
}

/**
 * Whether a job ended so soon after the hire that the inspectorate examines the end [pathway §7, ended].
 *
 * @param endedOn the last day of the job
 */
export const endedEarly = (
  { hiredOn, how }: { hiredOn: Day; how: string },
  endedOn: Day,
  { afterHire, afterInspection }: EarlyEnd,
  calendar: Calendar,
): boolean =>
  endedOn <= later(hiredOn, afterHire, calendar) ||
  (how === 'inspection' && endedOn <= later(hiredOn, afterInspection, calendar));
