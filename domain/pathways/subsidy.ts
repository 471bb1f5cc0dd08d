import type { Pathway } from '../transitions';

export type SubsidyState =
  | 'checking'
  | 'review'
  | 'returned'
  | 'objected'
  | 'awaiting_law'
  | 'awaiting_funds'
  | 'ordering'
  | 'running'
  | 'refused'
  | 'abandoned'
  | 'stopped'
  | 'ended';

/** The states of an application until its order is signed. */
const beforeTheOrder = [
  'checking',
  'awaiting_law',
  'review',
  'returned',
  'objected',
  'awaiting_funds',
  'ordering',
] as const;

/**
 * A subsidy to an employer, from application through review, commitment and order to its last payment. Wage subsidies and the
 * adaptation of workplaces have the same pathway [money §3, S: PQ-57, PQ-4227, PQ-4804].
 */
export const subsidyPathway = {
  open: [...beforeTheOrder, 'running'],
  closed: ['refused', 'abandoned', 'stopped', 'ended'],
  commands: {
    /** A document in place of YAMMT's answer, on the existence of the job or on its end. */
    evidence: {
      from: [...beforeTheOrder, 'running'],
      by: ['employment_officer'],
      to: ['awaiting_law', 'review', 'refused', 'running', 'ended'],
    },
    /** The head may send the application back to review before the order. */
    review: {
      from: ['review', 'ordering'],
      by: ['employment_officer'],
      to: ['awaiting_law', 'review', 'awaiting_funds', 'ordering', 'returned', 'refused'],
    },
    completion: {
      from: ['returned'],
      by: ['employer', 'employment_officer'],
      to: ['review'],
      takesBack: ['abandoned'],
    },
    /** The employer's one objection to a refused review, and the head's decision on it. */
    objection: { from: ['refused'], by: ['employer', 'employment_officer'], to: ['objected'] },
    objectionDecision: {
      from: ['objected'],
      by: ['employment_officer'],
      rank: 'head',
      to: ['awaiting_law', 'checking', 'review', 'refused'],
    },
    order: { from: ['ordering'], by: ['employment_officer'], rank: 'head', to: ['running'] },
    stop: {
      from: [...beforeTheOrder, 'running'],
      by: ['employer', 'employment_officer'],
      to: ['stopped', 'running', 'ended'],
    },
  },
  steps: {
    evidenceOfEmployment: [],
    evidenceOfEndOfJob: [],
    lookForLaw: ['checking', 'review', 'refused'],
    abandon: ['abandoned'],
    lookForFunds: ['ordering'],
    openClaim: ['ended', 'stopped'],
    lookAtLastClaims: ['ended', 'stopped'],
  },
  events: {
    confirmed: { from: ['checking'], to: ['awaiting_law', 'review', 'refused'] },
    notConfirmed: { from: ['checking'], to: ['refused'] },
    reserved: { from: ['awaiting_funds'], to: ['ordering'] },
    /** The subsidy needs more than was reserved. */
    uncovered: { from: ['ordering'], to: ['awaiting_funds'] },
    employmentEnded: {
      from: [...beforeTheOrder, 'running'],
      to: ['stopped', 'ended'],
    },
    endTakenBack: { from: ['ended'], to: ['running'] },
    lastClaimClosed: { from: ['running'], to: ['ended', 'stopped'] },
    /** A final payable is corrected. */
    corrected: { from: ['ended', 'stopped'], to: ['running'] },
  },
} as const satisfies Pathway<SubsidyState>;

/** The reasons for which a review or a rule refuses an application. */
export const refusalCodes = [
  'not_confirmed',
  'group',
  'category',
  'ownership',
  'state_share',
  'wage_floor',
  'months_worked',
  'not_above_quota',
  'no_quota',
  'period_over',
  'another_subsidy',
  'no_rule',
  'not_entrepreneur',
  'workplace_subsidised',
  'document_used',
  'too_many_workplaces',
  'papers',
  'other',
] as const;
export type RefusalCode = (typeof refusalCodes)[number];

/** The reasons for which an employment officer stops a subsidy. */
export const stopCodes = ['waived', 'conditions_not_met', 'false_application', 'other'] as const;
export type StopCode = (typeof stopCodes)[number];
