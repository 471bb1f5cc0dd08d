const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/**
 * Milliseconds to wait after the first, second, … unanswered question to a register. The last pause repeats. Our default for
 * the setting registerPauses. A restart takes minutes and an outage takes hours, so the pauses grow to two questions a day.
 * After ten days a person is asked instead.
 */
export const REGISTER_PAUSES: readonly number[] = [MINUTE, 10 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR, 12 * HOUR];

/**
 * How long to wait, in milliseconds, before a register that did not answer is asked again.
 *
 * @param attempt how often it has been asked, from 1
 * @throws RangeError when `attempt` is not a whole number from 1
 */
export const nextAttempt = (attempt: number, pauses: readonly number[] = REGISTER_PAUSES): number => {
  const pause = pauses[Math.min(attempt, pauses.length) - 1];
  if (pause === undefined) throw new RangeError(`no pause after attempt ${attempt}`);
  return pause;
};
