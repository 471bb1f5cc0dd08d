import { stages } from './stages';

/** The registers are asked about the month. While one is silent the employment officer brings evidence. */
const answers = { days_answer: 'evidenceNeeded', wages_answer: 'evidenceNeeded' } as const;

/** A month: checked, approved by a finance officer, paid [S, money §4, §5]. */
export const claimStages = stages('claim', {
  /**
   * `above_quota`: the employer declares the wages accrued. When that time is over the month has lapsed. The labour register is
   * asked for the days meanwhile.
   */
  awaiting_declaration: { declaration: 'declarationLapsed', days_answer: answers.days_answer },
  /** A month of study also waits for its attendance, which the centre enters, or evidence shows. */
  checking: {
    ...answers,
    attendance: 'lookAtAttendance',
    /** Before a start subsidy is paid, the register says that the business is still registered. */
    self_employed_answer: 'registerSilent',
    entrepreneur_answer: 'registerSilent',
    farm_answer: 'registerSilent',
    registration_evidence: 'stays',
  },
  awaiting_register: answers,
  /** Register and declaration differ, or the register is silent and asked on. */
  to_review: { ...answers, mismatch: 'stays' },
  /** A finance officer approves it or returns it. A payment before may still be asked about. */
  ready: {
    claim_decision: 'stays',
    payment_answer: 'paymentSilent',
    payment_watch: 'stays',
    /** A person without an account is paid once there is one. */
    persons_account: 'lookForAccount',
    /** After a person's death a notary's document names who is paid. */
    heir: 'noHeir',
  },
  /** It is sent after the conditions were read again. A payment that does not go out is a finance officer's task. */
  approved: { sending: 'send', sending_watch: 'stays' },
  /** One order under one key, until the treasury says what became of it. */
  sent: { payment_answer: 'paymentSilent', payment_watch: 'stays' },
  /** The employer corrects the account, or the person's case manager. */
  payment_returned: { account_correction: 'stays', persons_payment_returned: 'stays', heir: 'noHeir' },
  /** Treasury and ledger differ. Nothing is sent meanwhile. */
  disputed: { dispute: 'stays' },
});
