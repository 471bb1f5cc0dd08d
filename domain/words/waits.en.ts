import type { ObligationKind } from '../obligations';

/** A wait in words: the owed act, for the worklist, and the effect of each step that may follow. The policy sets the lengths. */
interface Words {
  owed: string;
  then?: Readonly<Record<string, string>>;
}

const waits: Record<ObligationKind, Words> = {
  assessment: {
    owed: 'Assess with the person: capabilities, needs, wishes, conditions, barriers.',
  },
  plan: {
    owed: 'Make the plan: measures in order, and services.',
  },
  first_referral: {
    owed: 'Refer the person to a first job.',
  },
  next_step: {
    owed: 'Take the next step: refer the person again, change the plan, or close.',
  },
  measure_progress: {
    owed: 'Record how the measure goes on or ended.',
  },
  eligibility: {
    owed: 'TIEK is asked about the work recommendation.',
    then: { certificate: 'the case manager may enter the certificate as evidence' },
  },
  present_work: {
    owed: 'YAMMT is asked about present work.',
    then: { presentWorkUnknown: 'the case goes on without knowing of present work' },
  },
  certificate: {
    owed: 'Enter the certificate of the work recommendation: TIEK stays silent.',
  },
  not_eligible: {
    owed: 'TIEK knows no work recommendation: correct the identity, arrange a new examination, or close.',
  },
  new_examination: {
    owed: 'Help the person to the new examination.',
  },
  recommendation_watch: {
    owed: 'The end of the work recommendation is watched.',
    then: { recommendationEnds: 'the case manager is told that the work recommendation ends' },
  },
  renew_recommendation: {
    owed: 'The work recommendation ends: help the person to renew it.',
  },
  referral_consent: {
    owed: 'Say yes or no to a referral that the work recommendation calls not suitable.',
  },
  closure_consent: {
    owed: 'Say yes or no to a closure against the person’s wish.',
  },
  transfer_request: {
    owed: 'Another district asks for the case of a person who moved: hand it over, or say that it stays.',
  },
  transfer: {
    owed: 'A person moved to you: take the case over.',
  },
  found_alone: {
    owed: 'YAMMT is asked about work the person found alone.',
    then: { evidenceOfFoundAlone: 'the case manager is asked for evidence' },
  },
  found_alone_evidence: {
    owed: 'Enter a document for the work the person found alone.',
  },
  closure: {
    owed: 'Close the case with its outcome and summary.',
  },
  delivery: {
    owed: 'The referral is on its way to the employer.',
    then: { undelivered: 'the case manager delivers it by phone or in person' },
  },
  deliver_by_hand: {
    owed: 'No channel delivered the referral: deliver it by phone or in person.',
    then: { contactWrong: 'the employment officer corrects the contact or ends the referral' },
  },
  correct_contact: {
    owed: 'The referral could not be delivered: correct the employer’s contact, or end it as undeliverable.',
  },
  decision: {
    owed: 'Accept the referral with a start date, or reject it with a code and grounds.',
    then: { silence: 'silence counts as a rejection without reasons and goes to the labour inspectorate' },
  },
  hearing: {
    owed: 'Hear the person about the employer’s word.',
    then: { unheard: 'the rejection goes to the labour inspectorate as unheard' },
  },
  contract: {
    owed: 'Register the contract and tell its number.',
    then: {
      contractFallsDue:
        'the labour register is asked; without a contract the referral goes to the labour inspectorate',
    },
  },
  contract_answer: {
    owed: 'YAMMT is asked for the contract.',
    then: { evidenceOfContract: 'the case manager is asked for evidence' },
  },
  contract_evidence: {
    owed: 'Enter a document about the contract: YAMMT stays silent.',
  },
  worked_there_finding: {
    owed: 'The person worked for the employer before the referral: find out why it was accepted, and close it with a finding.',
  },
  resolution: {
    owed: 'Examine and resolve the inspection.',
  },
  compliance: {
    owed: 'Comply with the settlement or directive: hire and register the contract, or mend what was found.',
    then: {
      complianceFallsDue:
        'the labour register or the person is asked; without the hire the breach is recorded',
    },
  },
  conditions_evidence: {
    owed: 'Ask the person whether they work and are paid, and enter a document about it.',
  },
  measure: {
    owed: 'Enter the measure after the breach, or the reason for none.',
  },
  check: {
    owed: 'The next monthly check is awaited.',
    then: { checkFallsDue: 'the labour register is asked whether the contract is in force' },
  },
  check_answer: {
    owed: 'YAMMT is asked whether the contract is in force.',
    then: { evidenceOfCheck: 'the case manager is asked for evidence' },
  },
  check_evidence: {
    owed: 'Enter a document for the monthly check: YAMMT stays silent.',
    then: { unconfirmed: 'the check stays unconfirmed, neither passed nor failed' },
  },
  conversation: {
    owed: 'Speak to the person: works, is paid, conditions kept, wants help.',
    then: { notReached: 'nothing follows from not reaching the person' },
  },
  end_confirmation: {
    owed: 'YAMMT is asked again about the end of the job.',
    then: { evidenceOfEnd: 'the case manager is asked for evidence' },
  },
  end_evidence: {
    owed: 'Enter a document about the end of the job: YAMMT stays silent.',
  },
  employment_answer: {
    owed: 'YAMMT is asked about the job that is applied for.',
    then: { evidenceOfEmployment: 'the employment officer is asked for a document' },
  },
  employment_evidence: {
    owed: 'Enter a document about the job that is applied for: YAMMT stays silent.',
  },
  law: {
    owed: 'The policy leaves the amount of this programme empty: propose a version that sets it.',
    then: { lookForLaw: 'it is looked at again later, and the employer is told' },
  },
  review: {
    owed: 'Review the application: propose, return for completion, or refuse.',
  },
  completion: {
    owed: 'Complete the application: see what is missing.',
    then: { abandon: 'the application is abandoned; the employer may apply again' },
  },
  objection_decision: {
    owed: 'Decide on the employer’s objection to the refusal.',
  },
  funds: {
    owed: 'The budget line does not cover the subsidy: raise it.',
    then: { lookForFunds: 'it is looked at again later, and the employer is told' },
  },
  signing: {
    owed: 'Sign the order.',
  },
  next_claim: {
    owed: 'The next month’s claim opens.',
    then: { openClaim: 'the claim for the month opens' },
  },
  last_claims: {
    owed: 'The last claims are awaited.',
    then: { lookAtLastClaims: 'the subsidy ends when its last claim is closed' },
  },
  end_of_job: {
    owed: 'YAMMT is asked again about the end of the job.',
    then: { evidenceOfEndOfJob: 'the employment officer is asked for a document' },
  },
  end_of_job_evidence: {
    owed: 'Enter a document about the end of the job: YAMMT has not confirmed it.',
  },
  days_answer: {
    owed: 'YAMMT is asked for the days in force.',
    then: {
      evidenceNeeded: 'the employment officer is asked for a document, once the month’s wages are known',
    },
  },
  wages_answer: {
    owed: 'The tax authority is asked for the wages accrued.',
    then: {
      evidenceNeeded: 'the employment officer is asked for a document',
      askedOn: 'the register is asked on, twice a day',
    },
  },
  declaration: {
    owed: 'Declare the wages accrued and the income tax paid for the month.',
    then: { declarationLapsed: 'the month has lapsed: it is not paid any more' },
  },
  mismatch: {
    owed: 'Resolve the difference between declaration and register, with a document.',
  },
  claim_decision: {
    owed: 'Approve the claim or return it with a code.',
  },
  sending: {
    owed: 'The payment is being made.',
    then: { send: 'the payment is made, after the conditions are read again' },
  },
  sending_watch: {
    owed: 'An approved payment was not made: ask the administrator why.',
  },
  payment_answer: {
    owed: 'The treasury is asked about the payment.',
    then: {
      paymentSilent: 'the finance officer asks the treasury; it is not paid a second time',
      askedOn: 'the register is asked on, twice a day',
    },
  },
  payment_watch: {
    owed: 'The treasury has not told the outcome of the payment: ask the treasury.',
  },
  account_correction: {
    owed: 'The treasury returned the payment: correct the account.',
  },
  dispute: {
    owed: 'The treasury and the ledger differ on this payment: say which is right.',
  },
  correction_draft: {
    owed: 'A paid month has changed: propose the correction.',
  },
  successor_draft: {
    owed: 'A contract goes on with another enterprise: propose it as the successor, or say that it is none.',
  },
  correction_objection: {
    owed: 'A month is to be corrected downwards: object if it is wrong.',
    then: { objectionPassed: 'the second person decides' },
  },
  holder_answer: {
    owed: 'The treasury is asked for the account’s holder.',
    then: { holderUnknown: 'the second person decides with a document in place of the treasury’s word' },
  },
  decide_correction: {
    owed: 'Approve or reject the correction.',
  },
  decide_account: {
    owed: 'Approve or reject the account.',
  },
  decide_line: {
    owed: 'Approve or reject the change of the budget line.',
  },
  decide_policy: {
    owed: 'Approve or reject the policy.',
  },
  decide_successor: {
    owed: 'Approve or reject the employer’s successor.',
  },
  decide_join: { owed: 'Approve or reject that two records of one person are joined.' },
  decide_separation: { owed: 'Approve or reject that two joined records are separated.' },
  repayment: {
    owed: 'Repay the overpayment, naming its number.',
  },
  year_end: {
    owed: 'The year’s end is awaited.',
    then: { yearEnds: 'unpaid sums move to the new line, and the rest lapses' },
  },
  statement_answer: {
    owed: 'The treasury is asked for the day’s statement.',
    then: { statementSilent: 'the finance officer asks the treasury for it' },
  },
  statement_matching: {
    owed: 'The statement is being matched.',
    then: { matchEntries: 'each movement is matched with the ledger' },
  },
  difference: {
    owed: 'Explain a difference between ledger and statement.',
  },
  unmonitored_end: {
    owed: 'YAMMT is asked again about the end of a job that nobody monitors.',
    then: { endUnconfirmed: 'the case manager is told; the labour register is asked on' },
  },
  end_correction: {
    owed: 'YAMMT is asked whether it has taken back the end of the job.',
    then: { endUnconfirmed: 'the case manager is told; the labour register is asked on' },
  },
  told_of_person: {
    owed: 'A register told something impossible about a person: find out the truth, record it, and close this task with your finding.',
  },
  told_of_employer: {
    owed: 'A register told something impossible about an employer: find out the truth, record it, and close this task with your finding.',
  },
  told_of_payment: {
    owed: 'The treasury told something impossible about a payment: find out the truth, and close this task with your finding.',
  },
  office_gap: {
    owed: 'An office has no official: appoint one.',
  },
  defect: {
    owed: 'A step of the service failed: see the event and have the fault mended. Where nothing tries the step again, close this with your finding.',
  },
};

const STAYS = 'it stays with them, reminded weekly and listed as overdue';

const wordsOf = (kind: string): Words | undefined => waits[kind as ObligationKind];

/** The owed act of a kind of wait, in words. */
export const taskInWords = (kind: string): string => wordsOf(kind)?.owed ?? kind;

/** The step that follows a wait, in words. */
export const stepInWords = (kind: string, step: string): string =>
  step === 'stays' ? STAYS : (wordsOf(kind)?.then?.[step] ?? step);

/** The next owner of a wait, in words. */
export const nextOwnerInWords = (next: { owner: string; rank?: string }): string =>
  `it goes to the ${next.rank === 'head' ? 'head of office, ' : ''}${next.owner.replaceAll('_', ' ')}`;
