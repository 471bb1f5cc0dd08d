import type { Day } from '../day';
import type { QuotaRule } from '../policy';

/** An employer's staff list on a day before the hire. */
export type StaffSnapshot = {
  listedStaff: number;
  filledReserved: number;
  on: Day;
};

/** `not_eligible`: the employer is too small to have a quota. `unknown`: a person must decide. */
export type QuotaAnswer = 'above' | 'not_above' | 'not_eligible' | 'unknown';

/** The number of jobs that an employer must reserve: listed staff × share, rounded by the policy's rule [domain §5]. */
export const reservedJobs = (listedStaff: number, { above, share, rounding }: QuotaRule): number =>
  listedStaff <= above ? 0 : ROUNDED[rounding](listedStaff * share, 10_000);

/**
 * Whether a worker was hired above the quota. The reserved places were then filled before the hire [domain §5, PQ-4227].
 *
 * @param snapshot absent, or not from before the hire: the answer is unknown, which is never a refusal
 */
export const aboveQuota = (
  snapshot: StaffSnapshot | undefined,
  quota: QuotaRule,
  hiredOn: Day,
): QuotaAnswer => {
  if (!snapshot || snapshot.on >= hiredOn) return 'unknown';
  if (snapshot.listedStaff <= quota.above)
    return quota.belowThreshold === 'eligible' ? 'above' : 'not_eligible';
  return snapshot.filledReserved >= reservedJobs(snapshot.listedStaff, quota) ? 'above' : 'not_above';
};

/** Computed in whole numbers: in floating point 0.07 × 100 is more than 7. */
const ROUNDED: Record<QuotaRule['rounding'], (dividend: number, divisor: number) => number> = {
  up: (dividend, divisor) => Math.ceil(dividend / divisor),
  down: (dividend, divisor) => Math.floor(dividend / divisor),
  nearest: (dividend, divisor) => Math.floor((2 * dividend + divisor) / (2 * divisor)),
};
