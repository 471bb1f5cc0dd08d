import type { Actor, Owner, Rank } from './roles';
import type { LengthName } from './lengths';

/** One rung of ownership: who owes the act, how long, and on which days they are reminded. */
export interface Duty {
  owner: Owner;
  rank?: Rank;
  /** Absent: until a given instant, or without end (it stays, reminded weekly). */
  length?: LengthName;
  remindDaysBefore?: readonly number[];
  /** Counted from the event, like the length: they stay where they are when a day off moves the end. */
  remindDaysAfter?: readonly number[];
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
  question?: Register;
}

/** Who is asked by machine, again and again until it answers. */
export type Register = 'yammt' | 'tiek' | 'tax' | 'treasury';

const caseManager = (length: LengthName, remindDaysBefore: readonly number[] = [2]): Duty => ({
  owner: 'case_manager',
  length,
  remindDaysBefore,
});
const supervisor = { owner: 'supervisor' } as const satisfies Duty;
const register = (length?: LengthName): Duty => ({ owner: 'register', ...(length && { length }) });
const clock = { owner: 'clock' } as const satisfies Duty;
/** An officer of the office, then its head. Without a length of its own: the one given when the wait begins. */
const office =
  (owner: 'employment_officer' | 'finance_officer') =>
  (length?: LengthName): [Duty, Duty] => [
    { owner, ...(length && { length }), remindDaysBefore: [1] },
    { owner, rank: 'head' },
  ];
const employmentOffice = office('employment_officer');
const financeOffice = office('finance_officer');

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

  // Subsidy [money §3]
  employment_answer: {
    duties: [register('registerSilence')],
    then: 'evidenceOfEmployment',
    question: 'yammt',
  },
  employment_evidence: { duties: employmentOffice('evidence'), then: 'stays' },
  review: { duties: employmentOffice(), then: 'stays' },
  completion: {
    duties: [{ owner: 'employer', length: 'completion', remindDaysBefore: [5, 1] }],
    then: 'abandon',
  },
  objection_decision: {
    duties: [
      { owner: 'employment_officer', rank: 'head', length: 'objectionDecision', remindDaysBefore: [2] },
    ],
    then: 'stays',
  },
  funds: { duties: [{ owner: 'finance_officer', length: 'monthlyLook' }], then: 'lookForFunds' },
  signing: { duties: [{ owner: 'employment_officer', rank: 'head', length: 'signing' }], then: 'stays' },
  next_claim: { duties: [clock], then: 'openClaim' },
  last_claims: { duties: [clock], then: 'lookAtLastClaims' },
  end_of_job: { duties: [register('registerSilence')], then: 'evidenceOfEndOfJob', question: 'yammt' },
  end_of_job_evidence: { duties: employmentOffice('endConfirmation'), then: 'stays' },

  // Claim and payment [money §4, §5]
  days_answer: { duties: [register('registerSilence')], then: 'evidenceOfDays', question: 'yammt' },
  wages_answer: { duties: [register('registerSilence')], then: 'evidenceOfWages', question: 'tax' },
  declaration: {
    duties: [
      // On the 5th and 15th, by the 20th [money §4].
      { owner: 'employer', length: 'declarationBy', remindDaysAfter: [5, 15] },
      { owner: 'employer', length: 'declarationLate', remindDaysBefore: [30, 7] },
    ],
    then: 'declarationLapsed',
  },
  mismatch: { duties: employmentOffice('mismatch'), then: 'stays' },
  claim_decision: { duties: financeOffice('claimDecision'), then: 'stays' },
  sending: { duties: [clock], then: 'send' },
  sending_watch: { duties: [{ ...clock, length: 'sending' }, { owner: 'finance_officer' }], then: 'stays' },
  payment_answer: { duties: [register('treasurySilence')], then: 'paymentSilent', question: 'treasury' },
  payment_watch: { duties: [{ owner: 'finance_officer' }], then: 'stays' },
  account_correction: {
    duties: [
      { owner: 'employer', length: 'accountCorrection', remindDaysBefore: [5, 1] },
      { owner: 'finance_officer' },
    ],
    then: 'stays',
  },
  dispute: { duties: financeOffice('dispute'), then: 'stays' },

  // Four eyes [money §5, §6, §7]
  correction_draft: { duties: employmentOffice('secondPerson'), then: 'stays' },
  successor_draft: { duties: employmentOffice('secondPerson'), then: 'stays' },
  correction_objection: {
    duties: [{ owner: 'employer', length: 'correctionObjection', remindDaysBefore: [2] }],
    then: 'objectionPassed',
  },
  holder_answer: { duties: [register('registerSilence')], then: 'holderUnknown', question: 'treasury' },
  decide_correction: { duties: financeOffice('secondPerson'), then: 'stays' },
  decide_account: { duties: financeOffice('secondPerson'), then: 'stays' },
  decide_line: { duties: financeOffice('secondPerson'), then: 'stays' },
  decide_policy: { duties: [{ owner: 'administrator', length: 'secondPerson' }], then: 'stays' },
  decide_successor: { duties: employmentOffice('secondPerson'), then: 'stays' },

  // Recovery, budget, statement [money §6, §8, §9]
  repayment: {
    duties: [
      { owner: 'employer', length: 'repayment', remindDaysBefore: [7, 1] },
      { owner: 'finance_officer', rank: 'head' },
    ],
    then: 'stays',
  },
  year_end: { duties: [clock], then: 'yearEnds' },
  statement_answer: {
    duties: [register('registerSilence')],
    then: 'statementSilent',
    question: 'treasury',
  },
  statement_matching: { duties: [clock], then: 'matchEntries' },
  difference: { duties: financeOffice('difference'), then: 'stays' },

  // Offices [pathway §1]
  office_gap: { duties: [{ owner: 'administrator', length: 'officeGap' }], then: 'stays' },
} as const satisfies Record<string, Obligation>;

export type ObligationKind = keyof typeof obligations;
export type Consequence = (typeof obligations)[ObligationKind]['then'];

/** The wait as data, with the wide type that generic code reads. */
export const obligation = (kind: ObligationKind): Obligation => obligations[kind];

/** The kinds of waits that go to a role when a machine has not ended them in its time. */
export const kindsLeftTo = (role: Actor['role']): ObligationKind[] =>
  (Object.keys(obligations) as ObligationKind[]).filter((kind) => {
    const [first, next] = obligation(kind).duties;
    return first.owner === 'clock' && next?.owner === role;
  });
