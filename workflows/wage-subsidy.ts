import type { SubsidyState } from '../domain/pathways/subsidy';
import { follow, type Stage } from './follow';

type Open = Extract<
  SubsidyState,
  'checking' | 'review' | 'returned' | 'objected' | 'awaiting_funds' | 'ordering' | 'running'
>;

/** From an employer's application to the last month paid [money §3, S: PQ-57, PQ-4227]; an adaptation goes the same way. */
const stages: Readonly<Record<Open, Stage>> = {
  /** The employment is confirmed by the labour register; silent for 10 days, the employment officer enters a document. */
  checking: {
    asks: ['register', 'employment_officer'],
    until: ['employment_answer', 'employment_evidence'],
    then: 'reviewed, or refused by a rule that is named',
  },
  /** Reviewed in 3 days [S]: proposed, returned for completion, or refused. */
  review: { asks: 'employment_officer', until: 'review', then: 'the head of the department has it' },
  /** The employer completes it in 10 working days; the review's clock stands still. */
  returned: { asks: 'employer', until: 'completion', then: 'abandoned; it may be applied for again' },
  /** A refused employer objects once: the head decides. */
  objected: { asks: 'employment_officer', until: 'objection_decision', then: 'it stays with the head' },
  /** Every month of the period is reserved on its budget line before the order; the oldest decision first. */
  awaiting_funds: {
    asks: 'finance_officer',
    until: 'funds',
    then: 'looked at monthly, and the employer is told; money added or released reserves it',
  },
  /** The head signs the order [S: PQ-4227]. */
  ordering: { asks: 'employment_officer', until: 'signing', then: 'it stays with the head' },
  /** A claim a month, opened on the first day of the next; an adaptation is paid once. */
  running: {
    asks: ['clock', 'register', 'employment_officer'],
    until: ['next_claim', 'last_claims', 'end_of_job', 'end_of_job_evidence'],
    then: 'ended when its last claim is closed',
  },
};

const commands = ['evidence', 'review', 'completion', 'objection', 'objectionDecision', 'order', 'stop'];

/** @param subject `subsidy/<number>` */
export const wageSubsidy = (subject: string): Promise<string> => follow(subject, commands, stages);

/** @param subject `adaptation/<number>` */
export const adaptationSubsidy = (subject: string): Promise<string> => follow(subject, commands, stages);
