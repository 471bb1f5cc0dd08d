import type { ObligationKind } from '../obligations';

/** What is owed, as a worklist says it to whoever owes it. Another language is another file like this one. */
const tasks: Record<ObligationKind, string> = {
  assessment: 'Assess with the person: capabilities, needs, wishes, conditions, barriers.',
  plan: 'Make the plan: measures in order, and services.',
  first_referral: 'Refer the person to a first job.',
  next_step: 'Take the next step: refer the person again, change the plan, or close.',
  measure_progress: 'Record how the measure goes on or ended.',
  eligibility: 'TIEK is asked about the work recommendation.',
  present_work: 'YAMMT is asked about present work.',
  certificate: 'Enter the certificate of the work recommendation: TIEK stays silent.',
  not_eligible:
    'TIEK knows no work recommendation: correct the identity, arrange a new examination, or close.',
  new_examination: 'Help the person to the new examination.',
  recommendation_watch: 'The end of the work recommendation is watched.',
  renew_recommendation: 'The work recommendation ends: help the person to renew it.',
  referral_consent: 'Say yes or no to a referral that the work recommendation calls not suitable.',
  closure_consent: 'Say yes or no to a closure against the person’s wish.',
  transfer_request:
    'Another district asks for the case of a person who moved: hand it over, or say that it stays.',
  transfer: 'A person moved to you: take the case over.',
  found_alone: 'YAMMT is asked about work the person found alone.',
  found_alone_evidence: 'Enter a document for the work the person found alone.',
  closure: 'Close the case with its outcome and summary.',
  delivery: 'The referral is on its way to the employer.',
  deliver_by_hand: 'No channel delivered the referral: deliver it by phone or in person.',
  correct_contact:
    'The referral could not be delivered: correct the employer’s contact, or end it as undeliverable.',
  decision: 'Accept the referral with a start date, or reject it with a code and grounds.',
  hearing: 'Hear the person about the employer’s word.',
  contract: 'Register the contract and tell its number.',
  contract_answer: 'YAMMT is asked for the contract.',
  contract_evidence: 'Enter a document about the contract: YAMMT stays silent.',
  resolution: 'Examine and resolve the inspection.',
  compliance:
    'Comply with the settlement or directive: hire and register the contract, or mend what was found',
  conditions_evidence: 'Ask the person whether they work and are paid, and enter a document about it.',
  measure: 'Enter the measure taken after the breach, or why none.',
  check: 'The next monthly check is awaited.',
  check_answer: 'YAMMT is asked whether the contract is in force.',
  check_evidence: 'Enter a document for the monthly check: YAMMT stays silent.',
  conversation: 'Speak to the person: works, is paid, conditions kept, wants help.',
  end_confirmation: 'YAMMT is asked again about the end of the job.',
  end_evidence: 'Enter a document about the end of the job: YAMMT stays silent.',
  unmonitored_end: 'YAMMT is asked again about the end of a job that nobody monitors.',
  end_correction: 'YAMMT is asked whether the end that it took back is none.',
  office_gap: 'An office has nobody: appoint somebody.',
};

/** A kind of wait in words. */
export const taskInWords = (kind: string): string => (kind in tasks ? tasks[kind as ObligationKind] : kind);
