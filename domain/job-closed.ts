/** Who closed the job of a rejected referral, and when. */
export type JobClosed = {
  how: 'filled' | 'withdrawn';
  /** Null for a job closed before the record kept it. */
  byRole: string | null;
  /** The instant. */
  at: string;
  /** The referral's state before. */
  was: string;
};

/** The closing of the job in a referral's decision or an inspection's facts; undefined where the employer decided. */
export const jobClosedOf = (kept: unknown): JobClosed | undefined =>
  (kept as { jobClosed?: JobClosed } | null | undefined)?.jobClosed;
