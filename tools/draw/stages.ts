import { obligation, type ObligationKind } from '../../domain/obligations';

/** For each open state of a kind of row the waits it may have, and the step that follows when the time of one is over. */
export interface Stages {
  kind: string;
  table: Readonly<Record<string, Readonly<Record<string, string>> | undefined>>;
}

type Named = Readonly<Record<string, readonly ObligationKind[]>>;

/** The waits of each stage, as the workflows name them, with what follows by `domain/obligations.ts`. */
const named = (kind: string, stages: Named): Stages => ({
  kind,
  table: Object.fromEntries(
    Object.entries(stages).map(([state, waits]) => [
      state,
      Object.fromEntries(waits.map((wait) => [wait, obligation(wait).then])),
    ]),
  ),
});

export const caseStages = named('case', {
  assessment: ['assessment', 'eligibility', 'present_work'],
  planning: ['plan', 'first_referral', 'next_step'],
  referred: [],
  in_measure: ['measure_progress'],
  employed: [],
  retained: ['closure'],
  anyStage: [
    'certificate',
    'not_eligible',
    'new_examination',
    'recommendation_watch',
    'renew_recommendation',
    'referral_consent',
    'closure_consent',
    'transfer_request',
    'transfer',
    'found_alone',
    'found_alone_evidence',
  ],
});

export const referralStages = named('referral', {
  issued: ['delivery', 'decision'],
  undelivered: ['deliver_by_hand', 'correct_contact'],
  delivered: ['decision'],
  hearing: ['hearing'],
  accepted: ['contract'],
  confirming: ['contract_answer', 'contract_evidence'],
});

export const inspectionStages = named('inspection', {
  examining: ['resolution', 'hearing'],
  settled: ['compliance'],
  directed: ['compliance'],
  confirming: ['contract_answer', 'contract_evidence', 'conditions_evidence'],
  breached: ['measure'],
});

export const retentionStages = named('retention', {
  in_force: ['check', 'check_answer', 'check_evidence', 'conversation'],
  ending: ['end_confirmation', 'end_evidence'],
});

export const subsidyStages = named('subsidy', {
  checking: ['employment_answer', 'employment_evidence'],
  review: ['review'],
  returned: ['completion'],
  objected: ['objection_decision'],
  awaiting_funds: ['funds'],
  ordering: ['signing'],
  running: ['next_claim', 'last_claims', 'end_of_job', 'end_of_job_evidence'],
});

export const claimStages = named('claim', {
  awaiting_declaration: ['declaration'],
  checking: ['days_answer', 'wages_answer'],
  awaiting_register: ['days_answer', 'wages_answer'],
  to_review: ['mismatch'],
  ready: ['claim_decision'],
  approved: ['sending', 'sending_watch'],
  sent: ['payment_answer', 'payment_watch'],
  payment_returned: ['account_correction'],
  disputed: ['dispute'],
});

export const approvalStages = named('approval', {
  preparing: ['correction_objection', 'holder_answer'],
  drafted: ['correction_draft', 'successor_draft'],
  deciding: ['decide_correction', 'decide_account', 'decide_line', 'decide_policy', 'decide_successor'],
});

export const recoveryStages = named('recovery', { demanded: ['repayment'], partly_repaid: ['repayment'] });

export const lineStages = named('line', { running: ['year_end'] });

export const statementStages = named('statement', {
  asking: ['statement_answer', 'statement_matching'],
  differing: ['difference'],
});
