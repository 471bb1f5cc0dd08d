import { stages } from './stages';

/** The person's way, from assessment to closure [S steps 3 to 8, pathway §3]. */
export const caseStages = stages('case', {
  /** Capabilities, needs, wishes, conditions and barriers, with the person. */
  assessment: { assessment: 'stays' },
  /** The plan; with a job in it the first referral, and after each that failed the next step. */
  planning: { plan: 'stays', first_referral: 'stays', next_step: 'stays' },
  /** Referrals are open. Each waits for its employer under its own name. */
  referred: {},
  /** A measure other than a job has begun. Near the end of public works the next step is due. */
  in_measure: { next_step: 'stays' },
  /** The person works. The employment's checks run under its own name. */
  employed: {},
  /** The checks are over. The case manager closes the case. */
  retained: {},
  anyStage: {
    /** TIEK is asked for the work recommendation. While it is silent the certificate counts in place of its answer. */
    eligibility: 'certificate',
    certificate: 'stays',
    not_eligible: 'stays',
    new_examination: 'stays',
    /** The recommendation is renewed before it ends. */
    recommendation_watch: 'recommendationEnds',
    renew_recommendation: 'stays',
    /** The employment officer explains words of the recommendation that no vocabulary has. */
    recommendation_words: 'stays',
    /** YAMMT is asked for present work, and for work that the person found alone. */
    present_work: 'presentWorkUnknown',
    found_alone: 'evidenceOfFoundAlone',
    found_alone_evidence: 'stays',
    /** The supervisor says yes or no. */
    referral_consent: 'stays',
    closure_consent: 'stays',
    /** The person moved: another district takes the case over. */
    transfer_request: 'stays',
    transfer: 'stays',
    /** A measure of the plan has a day on which it is to have begun or ended. */
    measure_progress: 'stays',
    /** A service of the plan ends with an outcome. */
    service: 'stays',
    /** A person who found work alone and wants no checks has a case to be closed, too. */
    closure: 'stays',
  },
});
