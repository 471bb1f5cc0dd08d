import type { Day } from './day';

/**
 * TIEK's answer to the case. `asking`: TIEK has not answered yet. `unknown`: TIEK was silent for too long. `evidence`: a
 * certificate counts in place of the answer.
 */
export type Eligibility = 'asking' | 'yes' | 'no' | 'unknown' | 'evidence';

export interface Recommended {
  eligibility: string;
  /** The last day by TIEK's answer. */
  recommendedUntil: Day | null;
  /** The last day by the certificate. */
  certifiedUntil: Day | null;
}

/** The last day of a certificate on record; null without one. */
export const certifiedUntil = (evidence: unknown): Day | null =>
  (evidence as { validUntil: Day } | null)?.validUntil ?? null;

/** The last day of the work recommendation that counts for the case; null while there is none. */
export function validUntil({ eligibility, recommendedUntil, certifiedUntil }: Recommended): Day | null {
  if (eligibility === 'evidence') return certifiedUntil;
  return eligibility === 'yes' ? recommendedUntil : null;
}

/** Whether a referral may be issued on a day, and otherwise the reason [pathway §3]. */
export function maySeekWork(it: Recommended, on: Day): 'yes' | 'not_eligible_yet' | 'recommendation_over' {
  const until = validUntil(it);
  if (until === null) return 'not_eligible_yet';
  return until < on ? 'recommendation_over' : 'yes';
}
