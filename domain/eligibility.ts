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

/** A work recommendation in the words of TIEK or of its certificate, as it is on record. */
export interface InWords {
  suitableKinds?: readonly string[];
  unsuitableKinds?: readonly string[];
  conditions?: readonly string[];
  maxHoursPerWeek?: number;
  /** The whole recommendation in its own words. */
  words?: string;
}

/** A case's part in the recommendation of its person. */
export interface Certified {
  eligibility: string;
  evidence: unknown;
}

/**
 * The last known recommendation of a case's person; null where none was ever known.
 *
 * @param byTiek TIEK's last one. A certificate that counts in the case takes its place.
 */
export const recommendationOf = ({ eligibility, evidence }: Certified, byTiek: unknown): InWords | null =>
  (eligibility === 'evidence' ? evidence : (byTiek ?? evidence)) as InWords | null;

/**
 * The recommendation that says which jobs are suitable; null where none does: after a *no* of TIEK, or with a certificate that
 * says nothing about work. An answer of TIEK without kinds, conditions and hours recommends work and rules nothing out.
 */
export function saidOfWork(row: Certified, byTiek: unknown): InWords | null {
  if (row.eligibility === 'no') return null;
  const said = recommendationOf(row, byTiek);
  return said === row.evidence && !saysWork(said) ? null : said;
}

/** Whether a certificate says which work is suitable. */
export function saysWork(certificate: unknown): boolean {
  const { suitableKinds, unsuitableKinds, conditions, maxHoursPerWeek } = (certificate ?? {}) as InWords;
  const lists = [suitableKinds, unsuitableKinds, conditions];
  return maxHoursPerWeek !== undefined || lists.some((list) => (list ?? []).length > 0);
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
