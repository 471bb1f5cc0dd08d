import type { Actor, Owner, Rank } from './roles';
import type { LengthName } from './lengths';
import type { RegisterName } from './registers';

/** One owner of a wait: the role that owes the act, its time, and the days of its reminders. */
export interface Duty {
  owner: Owner;
  rank?: Rank;
  /** Absent: until a given instant, or without end. A wait without end stays with its owner, who is reminded weekly. */
  length?: LengthName;
  remindDaysBefore?: readonly number[];
  /** Counted from the event, like the length. A day off that moves the end does not move these reminders. */
  remindDaysAfter?: readonly number[];
}

/**
 * A kind of wait. Its `duties` follow one another, each when the time of the one before has passed. The row's stages name the
 * step after the last duty. `advisory`: the passed time changes nothing, but the supervisor sees it. `beside`: the next step
 * does not wait for it either. `outlasts`: it may still be met after its row closed; then no clock runs for it. `question`: a
 * register is asked again with growing pauses.
 */
export interface Obligation {
  duties: readonly [Duty, ...Duty[]];
  advisory?: true;
  beside?: true;
  outlasts?: true;
  question?: Register;
}

/** The registers that the service asks again until they answer. */
export type Register = Exclude<RegisterName, 'notifications'>;

const caseManager = (length: LengthName, remindDaysBefore: readonly number[] = [2]): Duty => ({
  owner: 'case_manager',
  length,
  remindDaysBefore,
});
const supervisor = { owner: 'supervisor' } as const satisfies Duty;
const register = (length?: LengthName): Duty => ({ owner: 'register', ...(length && { length }) });
const clock = { owner: 'clock' } as const satisfies Duty;
/** An officer of the office, then its head. Without a length of its own, the wait gets its length at its opening. */
const office =
  (owner: 'employment_officer' | 'finance_officer') =>
  (length?: LengthName): [Duty, Duty] => [
    { owner, ...(length && { length }), remindDaysBefore: [1] },
    { owner, rank: 'head' },
  ];
const employmentOffice = office('employment_officer');
const financeOffice = office('finance_officer');

/** Every kind of wait, with its owners and their times. */
export const obligations = {
  // Case [pathway §3]
  assessment: { duties: [caseManager('assessment')], advisory: true },
  plan: { duties: [caseManager('plan')], advisory: true },
  first_referral: { duties: [caseManager('firstReferral')], advisory: true },
  next_step: { duties: [caseManager('nextStep')], advisory: true },
  measure_progress: { duties: [caseManager('measureProgress')], advisory: true },
  service: { duties: [caseManager('measureProgress')], advisory: true, beside: true },
  eligibility: { duties: [register('registerSilence')], question: 'tiek' },
  present_work: { duties: [register('registerSilence')], question: 'yammt' },
  certificate: { duties: [caseManager('evidence'), supervisor] },
  not_eligible: { duties: [caseManager('notEligible'), supervisor] },
  new_examination: { duties: [caseManager('newExamination'), supervisor] },
  recommendation_watch: { duties: [clock] },
  renew_recommendation: { duties: [caseManager('evidence')], advisory: true, beside: true },
  recommendation_words: { duties: employmentOffice('evidence'), beside: true },
  referral_consent: {
    duties: [{ owner: 'supervisor', length: 'supervisorsYes', remindDaysBefore: [1] }],
  },
  closure_consent: {
    duties: [{ owner: 'supervisor', length: 'supervisorsYes', remindDaysBefore: [1] }],
  },
  transfer_request: { duties: [caseManager('transfer'), supervisor] },
  transfer: { duties: [caseManager('transfer'), supervisor] },
  found_alone: { duties: [register('registerSilence')], question: 'yammt' },
  found_alone_evidence: { duties: [caseManager('evidence'), supervisor] },
  closure: { duties: [caseManager('closure'), supervisor] },

  // Referral [pathway §5]
  delivery: { duties: [{ owner: 'register', length: 'delivery' }] },
  deliver_by_hand: { duties: [caseManager('deliveryByHand', [1])] },
  correct_contact: {
    duties: [
      { owner: 'employment_officer', length: 'contactCorrection', remindDaysBefore: [1] },
      { owner: 'employment_officer', rank: 'head' },
    ],
  },
  decision: {
    duties: [{ owner: 'employer', length: 'employerDecision', remindDaysBefore: [2, 1] }],
  },
  hearing: { duties: [caseManager('hearing', [1])] },
  extension_answer: {
    duties: [{ ...supervisor, length: 'extensionAnswer' }],
    beside: true,
  },
  start_answer: { duties: [caseManager('startAnswer', [1])], beside: true },
  contract: {
    duties: [{ owner: 'employer', length: 'contract', remindDaysBefore: [2, 1] }],
  },
  contract_answer: { duties: [register('registerSilence')], question: 'yammt' },
  contract_evidence: { duties: [caseManager('evidence'), supervisor] },
  worked_there_finding: { duties: employmentOffice('workedThereFinding') },

  // Inspection [pathway §6]
  resolution: {
    duties: [
      { owner: 'labour_inspector', length: 'resolution', remindDaysBefore: [2] },
      { owner: 'labour_inspector', rank: 'head', length: 'resolutionByHead', remindDaysBefore: [2] },
      { owner: 'labour_inspector', rank: 'head' },
    ],
  },
  explanation: {
    duties: [{ owner: 'employer', length: 'explanation', remindDaysBefore: [1] }],
  },
  compliance: {
    duties: [{ owner: 'employer', length: 'directive', remindDaysBefore: [2, 1] }],
  },
  conditions_evidence: { duties: [caseManager('evidence'), supervisor] },
  measure: {
    duties: [
      { owner: 'labour_inspector', rank: 'head', length: 'measureAfterBreach', remindDaysBefore: [2] },
      { owner: 'labour_inspector', rank: 'head' },
    ],
  },

  // Retention [pathway §7]
  check: { duties: [clock] },
  check_answer: { duties: [register('registerSilence')], question: 'yammt' },
  check_evidence: {
    duties: [caseManager('evidence'), { owner: 'supervisor', length: 'evidence' }],
  },
  conversation: { duties: [caseManager('conversation')], advisory: true, beside: true, outlasts: true },
  end_confirmation: { duties: [register('registerSilence')], question: 'yammt' },
  end_hearing: { duties: [caseManager('hearing', [1])] },
  end_evidence: { duties: [caseManager('evidence'), supervisor] },
  unmonitored_end: { duties: [register('registerSilence')], question: 'yammt' },
  end_correction: { duties: [register('registerSilence')], question: 'yammt' },

  // Public works [measures §5]
  works_place: {
    duties: [
      { owner: 'employment_officer', length: 'worksPlace', remindDaysBefore: [1] },
      { owner: 'employment_officer', rank: 'head', length: 'worksPlaceByHead', remindDaysBefore: [1] },
    ],
  },
  works_begin: { duties: employmentOffice('worksBegin') },
  works_end: { duties: [clock] },
  works_month: { duties: employmentOffice('worksMonth'), beside: true },
  works_hearing: { duties: [caseManager('hearing', [1])] },
  works_claim: {
    duties: [{ owner: 'employment_officer', rank: 'head', length: 'worksClaim', remindDaysBefore: [2] }],
  },

  // Training [measures §2]
  training_decision: {
    duties: [
      { owner: 'training_officer', length: 'trainingDecision', remindDaysBefore: [2, 1] },
      { owner: 'training_officer', rank: 'head', length: 'trainingDecisionByHead', remindDaysBefore: [1] },
      {
        owner: 'employment_officer',
        rank: 'head',
        length: 'trainingDecisionByDepartment',
        remindDaysBefore: [1],
      },
    ],
  },
  training_list: { duties: [clock] },
  training_next_course: { duties: [caseManager('trainingNextCourse')] },
  training_answer: { duties: [caseManager('trainingAnswer'), supervisor] },
  training_list_answer: { duties: [caseManager('trainingListAnswer', [1])] },
  training_place: { duties: [clock] },
  training_reminder: { duties: [clock] },
  training_begin: { duties: [clock] },
  training_hearing: { duties: [caseManager('hearing', [1])] },
  training_claim: {
    duties: [{ owner: 'employment_officer', rank: 'head', length: 'trainingClaim', remindDaysBefore: [2] }],
  },
  training_goes_on: { duties: [caseManager('trainingGoesOn'), supervisor], beside: true },
  training_end: { duties: [clock] },
  training_month: {
    duties: [
      { owner: 'training_officer', length: 'trainingMonth', remindDaysBefore: [1] },
      { owner: 'training_officer', rank: 'head', length: 'trainingMonthByHead', remindDaysBefore: [2] },
    ],
    beside: true,
  },
  training_month_evidence: { duties: [caseManager('evidence'), supervisor], beside: true },
  training_low: { duties: [caseManager('trainingLow'), supervisor], beside: true },
  training_interruption: {
    duties: [
      { owner: 'training_officer', length: 'trainingInterruption', remindDaysBefore: [1] },
      { owner: 'training_officer', rank: 'head', length: 'trainingInterruption', remindDaysBefore: [1] },
      { owner: 'employment_officer', rank: 'head' },
    ],
    beside: true,
  },
  training_resumption: { duties: [clock] },
  training_completion: {
    duties: [
      { owner: 'training_officer', length: 'trainingCompletion', remindDaysBefore: [1] },
      { owner: 'training_officer', rank: 'head', length: 'trainingCompletionByHead', remindDaysBefore: [1] },
      { owner: 'employment_officer', rank: 'head' },
    ],
    beside: true,
  },
  training_help: {
    duties: [
      { owner: 'training_officer', length: 'trainingHelp', remindDaysBefore: [14, 7] },
      { owner: 'training_officer', rank: 'head', length: 'trainingHelpByHead', remindDaysBefore: [2] },
    ],
    beside: true,
  },
  training_look_back: { duties: [clock] },
  training_look_back_answer: { duties: [register('registerSilence')], question: 'yammt' },
  training_look_back_evidence: {
    duties: [caseManager('evidence'), { owner: 'supervisor', length: 'evidence' }],
    beside: true,
  },
  training_adaptation: {
    duties: [
      { owner: 'training_officer', rank: 'head', length: 'trainingAdaptation', remindDaysBefore: [2] },
      { owner: 'employment_officer', rank: 'head' },
    ],
    beside: true,
  },
  training_replacement: {
    duties: [
      { owner: 'training_officer', rank: 'head', length: 'trainingReplacement', remindDaysBefore: [2] },
      { owner: 'employment_officer', rank: 'head' },
    ],
    beside: true,
  },
  // An own business [measures §3]. Each form has its register. The `ref` says what it is asked: nothing, a check, or `end`.
  business_preparation: { duties: [caseManager('businessPreparation')], advisory: true },
  self_employed_answer: { duties: [register('registerSilence')], question: 'self_employed' },
  entrepreneur_answer: { duties: [register('registerSilence')], question: 'entrepreneur' },
  farm_answer: { duties: [register('registerSilence')], question: 'farm' },
  registration_evidence: { duties: [caseManager('evidence'), supervisor] },
  registration_limit: { duties: [{ ...clock, length: 'businessRegistration' }] },
  business_check: { duties: [clock] },
  mark_check: { duties: [clock] },
  business_check_evidence: {
    duties: [caseManager('evidence'), { owner: 'supervisor', length: 'evidence' }],
  },
  business_conversation: {
    duties: [caseManager('conversation')],
    advisory: true,
    beside: true,
    outlasts: true,
  },
  business_hearing: { duties: [caseManager('hearing', [1])] },

  // Subsidy [money §3]
  employment_answer: {
    duties: [register('registerSilence')],
    question: 'yammt',
  },
  employment_evidence: { duties: employmentOffice('evidence') },
  law: { duties: [{ owner: 'administrator', length: 'monthlyLook' }] },
  review: { duties: employmentOffice() },
  completion: {
    duties: [{ owner: 'employer', length: 'completion', remindDaysBefore: [5, 1] }],
  },
  objection_decision: {
    duties: [
      { owner: 'employment_officer', rank: 'head', length: 'objectionDecision', remindDaysBefore: [2] },
    ],
  },
  funds: { duties: [{ owner: 'finance_officer', length: 'monthlyLook' }] },
  signing: { duties: [{ owner: 'employment_officer', rank: 'head', length: 'signing' }] },
  next_claim: { duties: [clock] },
  last_claims: { duties: [clock] },
  end_of_job: { duties: [register('registerSilence')], question: 'yammt' },
  end_of_job_evidence: { duties: employmentOffice('endConfirmation') },

  // Claim and payment [money §4, §5]
  days_answer: { duties: [register('registerSilence')], question: 'yammt' },
  wages_answer: { duties: [register('registerSilence')], question: 'tax' },
  declaration: {
    duties: [
      // On the 5th and 15th, by the 20th [money §4].
      { owner: 'employer', length: 'declarationBy', remindDaysAfter: [5, 15] },
      { owner: 'employer', length: 'declarationLate', remindDaysBefore: [30, 7] },
    ],
  },
  mismatch: { duties: employmentOffice('mismatch') },
  claim_decision: { duties: financeOffice('claimDecision') },
  sending: { duties: [clock] },
  sending_watch: { duties: [{ ...clock, length: 'sending' }, { owner: 'finance_officer' }] },
  payment_answer: { duties: [register('treasurySilence')], question: 'treasury' },
  payment_watch: { duties: [{ owner: 'finance_officer' }] },
  account_correction: {
    duties: [
      { owner: 'employer', length: 'accountCorrection', remindDaysBefore: [5, 1] },
      { owner: 'finance_officer' },
    ],
  },
  // The start subsidy [measures §3]
  start_review: { duties: [{ owner: 'supervisor', remindDaysBefore: [1] }] },
  start_signing: { duties: [{ owner: 'supervisor', length: 'signing' }] },

  // A person's payable [measures §4]
  attendance: { duties: [clock] },
  persons_account: { duties: [caseManager('monthlyLook', [])] },
  persons_payment_returned: { duties: [caseManager('accountCorrection', [5, 1]), supervisor] },
  heir: { duties: [caseManager('heirWithin', [90, 30])] },
  persons_objection: { duties: [caseManager('personsObjection', [5, 1])] },
  instalment_reminder: { duties: [clock] },
  instalment: { duties: [clock] },
  instalments_missed: { duties: [{ owner: 'finance_officer', rank: 'head' }] },
  write_off: {
    duties: [{ owner: 'finance_officer', rank: 'head', length: 'writingOff', remindDaysBefore: [1] }],
  },
  dispute: { duties: financeOffice('dispute') },

  // Four eyes [money §5, §6, §7]
  correction_draft: { duties: employmentOffice('secondPerson') },
  successor_draft: { duties: employmentOffice('secondPerson') },
  correction_objection: {
    duties: [{ owner: 'employer', length: 'correctionObjection', remindDaysBefore: [2] }],
  },
  holder_answer: { duties: [register('registerSilence')], question: 'treasury' },
  decide_correction: { duties: financeOffice('secondPerson') },
  decide_account: { duties: financeOffice('secondPerson') },
  decide_line: { duties: financeOffice('secondPerson') },
  decide_policy: { duties: [{ owner: 'administrator', length: 'secondPerson' }] },
  decide_successor: { duties: employmentOffice('secondPerson') },
  decide_join: { duties: [{ owner: 'administrator', length: 'secondPerson' }] },
  decide_resolution_withdrawal: {
    duties: [
      { owner: 'labour_inspector', length: 'secondPerson', remindDaysBefore: [1] },
      { owner: 'labour_inspector', rank: 'head' },
    ],
  },
  decide_separation: { duties: [{ owner: 'administrator', length: 'secondPerson' }] },
  decide_employer: { duties: employmentOffice('secondPerson') },
  account_conversation: {
    duties: [{ owner: 'supervisor', length: 'supervisorsYes', remindDaysBefore: [1] }],
  },
  decide_persons_account: { duties: financeOffice('secondPerson') },

  // Recovery, budget, statement [money §6, §8, §9]
  repayment: {
    duties: [
      { owner: 'employer', length: 'repayment', remindDaysBefore: [7, 1] },
      { owner: 'finance_officer', rank: 'head' },
    ],
  },
  year_end: { duties: [clock] },
  statement_answer: {
    duties: [register('registerSilence')],
    question: 'treasury',
  },
  statement_matching: { duties: [clock] },
  difference: { duties: financeOffice('difference') },

  // An impossible day that a register told: the news is kept, and a person finds out.
  told_of_person: { duties: [caseManager('evidence'), supervisor] },
  told_of_employer: { duties: employmentOffice('evidence') },
  told_of_payment: { duties: financeOffice('evidence') },

  // The administrator's waits [pathway §1]. No row's stage names them.
  office_gap: { duties: [{ owner: 'administrator', length: 'officeGap' }] },
  defect: { duties: [{ owner: 'administrator' }] },
} as const satisfies Record<string, Obligation>;

export type ObligationKind = keyof typeof obligations;
export const obligationKinds = Object.keys(obligations) as ObligationKind[];

/** The wait as data, with the wide type that generic code reads. */
export const obligation = (kind: ObligationKind): Obligation => obligations[kind];

/** The kinds of waits that a person or an office owes first. Once a later owner has one, the first owner's time is over. */
export const owedByPeople: readonly ObligationKind[] = obligationKinds.filter((kind) => {
  const [{ owner }] = obligation(kind).duties;
  return owner !== 'clock' && owner !== 'register';
});

/** Waits for a person's finding on doubtful news. The news itself has the wait. */
export const toldKinds = [
  'told_of_person',
  'told_of_employer',
  'told_of_payment',
] as const satisfies ObligationKind[];

/** The kinds of waits that the clock owns first, and a role after the clock's time. */
export const kindsLeftTo = (role: Actor['role']): ObligationKind[] =>
  obligationKinds.filter((kind) => {
    const [first, next] = obligation(kind).duties;
    return first.owner === 'clock' && next?.owner === role;
  });
