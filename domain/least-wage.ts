/** The hours of a full-time week [Labour Code]. */
const FULL_TIME_HOURS = 40n;

/**
 * The least wage of a job [pathway §4]: the minimum wage for full time. Our default for part time is its share by the hours of a
 * 40-hour week, rounded up to a whole so'm.
 *
 * @param minimumWage so'm a month for full time
 * @returns so'm a month
 */
export const leastWage = (minimumWage: bigint, hoursPerWeek: number): bigint =>
  (minimumWage * BigInt(hoursPerWeek) + FULL_TIME_HOURS - 1n) / FULL_TIME_HOURS;
