import type { Owner, Rank } from './roles';
import type { LengthName } from './settings';

/** One rung of ownership: who owes the act, how long, and on which days before the end they are reminded. */
export interface Duty {
  owner: Owner;
  rank?: Rank;
  /** Absent: until a given instant, or without end (it stays, reminded weekly). */
  length?: LengthName;
  remindDaysBefore?: readonly number[];
}

/**
 * A kind of wait. `duties` follow one another as each passes; `then` is what happens when the last one passed:
 * `stays` (with its owner, reminded weekly and listed as overdue) or the name of a consequence that the row's file carries out.
 * `advisory`: passing changes nothing but that the supervisor sees it. `beside`: nor does the next step wait for it.
 * `question`: a register is asked again with growing pauses.
 */
export interface Obligation {
  duties: readonly [Duty, ...Duty[]];
  then: string;
  advisory?: true;
  beside?: true;
  question?: 'yammt' | 'tiek';
}

const caseManager = (length: LengthName, remindDaysBefore: readonly number[] = [2]): Duty => ({
  owner: 'case_manager',
  length,
  remindDaysBefore,
});
const supervisor = { owner: 'supervisor' } as const satisfies Duty;
const register = (length?: LengthName): Duty => ({ owner: 'register', ...(length && { length }) });
const clock = { owner: 'clock' } as const satisfies Duty;

/** Every wait of the pathway: who owes, until when, what then. The text of `GET …/waitingFor` and of the worklists. */
export const obligations = {
  // Case [pathway §3]
  assessment: { duties: [caseManager('assessment')], then: 'stays', advisory: true },
  plan: { duties: [caseManager('plan')], then: 'stays', advisory: true },
  first_referral: { duties: [caseManager('firstReferral')], then: 'stays', advisory: true },
  next_step: { duties: [caseManager('nextStep')], then: 'stays', advisory: true },
  measure_progress: { duties: [caseManager('measureProgress')], then: 'stays', advisory: true },
  eligibility: { duties: [register('registerSilence')], then: 'certificate', question: 'tiek' },
  present_work: { duties: [register('registerSilence')], then: 'presentWorkUnknown', question: 'yammt' },
  certificate: { duties: [caseManager('evidence'), supervisor], then: 'stays' },
  not_eligible: { duties: [caseManager('notEligible'), supervisor], then: 'stays' },
  new_examination: { duties: [caseManager('newExamination'), supervisor], then: 'stays' },
  recommendation_watch: { duties: [clock], then: 'recommendationEnds' },
  renew_recommendation: { duties: [caseManager('evidence')], then: 'stays', advisory: true, beside: true },
  referral_consent: {
    duties: [{ owner: 'supervisor', length: 'supervisorsYes', remindDaysBefore: [1] }],
    then: 'stays',
  },
  closure_consent: {
    duties: [{ owner: 'supervisor', length: 'supervisorsYes', remindDaysBefore: [1] }],
    then: 'stays',
  },
  transfer_request: { duties: [caseManager('transfer'), supervisor], then: 'stays' },
  transfer: { duties: [caseManager('transfer'), supervisor], then: 'stays' },
  found_alone: { duties: [register('registerSilence')], then: 'evidenceOfFoundAlone', question: 'yammt' },
  found_alone_evidence: { duties: [caseManager('evidence'), supervisor], then: 'stays' },
  closure: { duties: [caseManager('closure'), supervisor], then: 'stays' },

  // Referral [pathway §5]
  delivery: { duties: [{ owner: 'register', length: 'delivery' }], then: 'undelivered' },
  deliver_by_hand: { duties: [caseManager('deliveryByHand', [1])], then: 'contactWrong' },
  correct_contact: {
    duties: [
      { owner: 'employment_officer', length: 'contactCorrection', remindDaysBefore: [1] },
      { owner: 'employment_officer', rank: 'head' },
    ],
    then: 'stays',
  },
  decision: {
    duties: [{ owner: 'employer', length: 'employerDecision', remindDaysBefore: [2, 1] }],
    then: 'silence',
  },
  hearing: { duties: [caseManager('hearing', [1])], then: 'unheard' },
  contract: {
    duties: [{ owner: 'employer', length: 'contract', remindDaysBefore: [2, 1] }],
    then: 'askForContract',
  },
  contract_answer: { duties: [register('registerSilence')], then: 'evidenceOfContract', question: 'yammt' },
  contract_evidence: { duties: [caseManager('evidence'), supervisor], then: 'stays' },

  // Inspection [pathway §6]
  resolution: {
    duties: [
      { owner: 'labour_inspector', length: 'resolution', remindDaysBefore: [2] },
      { owner: 'labour_inspector', rank: 'head', length: 'resolutionByHead', remindDaysBefore: [2] },
      { owner: 'labour_inspector', rank: 'head' },
    ],
    then: 'stays',
  },
  compliance: {
    duties: [{ owner: 'employer', length: 'directive', remindDaysBefore: [2, 1] }],
    then: 'askForContract',
  },
  conditions_evidence: { duties: [caseManager('evidence'), supervisor], then: 'stays' },
  measure: {
    duties: [
      { owner: 'labour_inspector', rank: 'head', length: 'measureAfterBreach', remindDaysBefore: [2] },
      { owner: 'labour_inspector', rank: 'head' },
    ],
    then: 'stays',
  },

  // Retention [pathway §7]
  check: { duties: [clock], then: 'checkFallsDue' },
  check_answer: { duties: [register('registerSilence')], then: 'evidenceOfCheck', question: 'yammt' },
  check_evidence: {
    duties: [caseManager('evidence'), { owner: 'supervisor', length: 'evidence' }],
    then: 'unconfirmed',
  },
  conversation: { duties: [caseManager('conversation')], then: 'notReached', advisory: true, beside: true },
  end_confirmation: { duties: [register('registerSilence')], then: 'evidenceOfEnd', question: 'yammt' },
  end_evidence: { duties: [caseManager('evidence'), supervisor], then: 'stays' },
  unmonitored_end: { duties: [register('registerSilence')], then: 'endUnknown', question: 'yammt' },
  end_correction: { duties: [register('registerSilence')], then: 'correctionUnknown', question: 'yammt' },

  // Offices [pathway §1]
  office_gap: { duties: [{ owner: 'administrator', length: 'officeGap' }], then: 'stays' },
} as const satisfies Record<string, Obligation>;

export type ObligationKind = keyof typeof obligations;
export type Consequence = (typeof obligations)[ObligationKind]['then'];

/** The wait as data, with the wide type that generic code reads. */
export const obligation = (kind: ObligationKind): Obligation => obligations[kind];
