import { stages } from './stages';

/** An end of the job is asked about while it is applied for and while it is paid. */
const endOfJob = { end_of_job: 'evidenceOfEndOfJob', end_of_job_evidence: 'stays' } as const;

const table = {
  /** The labour register confirms the employment. While it is silent the employment officer enters a document. */
  checking: { employment_answer: 'evidenceOfEmployment', employment_evidence: 'stays' },
  /** The law leaves the amount empty. The administrator proposes a version that sets it. */
  awaiting_law: { law: 'lookForLaw' },
  /** The employment officer proposes it, returns it for completion, or refuses it. */
  review: { review: 'stays' },
  /** The employer completes it. The review's clock stands still. */
  returned: { completion: 'abandon', review: 'stays' },
  /** A refused employer objects once. The head decides. */
  objected: { objection_decision: 'stays' },
  /** Every month of the period is reserved on its budget line before the order, the oldest decision first. */
  awaiting_funds: { funds: 'lookForFunds' },
  /** The head signs the order [S: PQ-4227]. */
  ordering: { signing: 'stays' },
  /** A claim for each month. A higher BHM may need more money than was reserved. */
  running: { next_claim: 'openClaim', last_claims: 'lookAtLastClaims', funds: 'lookForFunds' },
  anyStage: endOfJob,
} as const;

/** A wage subsidy, from the employer's application to the last month paid [S: PQ-57, PQ-4227; money §3]. */
export const subsidyStages = stages('subsidy', table);

/** An adaptation of workplaces goes the same way; it is paid once [S: PQ-4804]. */
export const adaptationStages = stages('adaptation', table);
