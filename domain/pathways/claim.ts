import type { Pathway } from '../transitions';

export type ClaimState =
  | 'checking'
  | 'awaiting_register'
  | 'awaiting_declaration'
  | 'to_review'
  | 'ready'
  | 'approved'
  | 'sent'
  | 'payment_returned'
  | 'disputed'
  | 'settled'
  | 'zero'
  | 'lapsed'
  | 'stopped';

const undecided = [
  'checking',
  'awaiting_register',
  'awaiting_declaration',
  'to_review',
  'ready',
] as const satisfies ClaimState[];

const decided = [
  'approved',
  'sent',
  'payment_returned',
  'disputed',
  'settled',
  'zero',
  'lapsed',
  'stopped',
] as const satisfies ClaimState[];

/** States in which the treasury's answers on a payment may contradict each other. Nothing is sent meanwhile. */
export const disputableClaim = [
  'ready',
  'approved',
  'sent',
  'settled',
  'payment_returned',
] as const satisfies ClaimState[];

/** A payable: the claim for a month worked or studied, a correction in the payee's favour, or documented costs that are paid once [money §4]. */
export const claimPathway = {
  open: [...undecided, 'approved', 'sent', 'payment_returned', 'disputed'],
  closed: ['settled', 'zero', 'lapsed', 'stopped'],
  commands: {
    declaration: {
      from: [...undecided, 'zero'],
      by: ['employer', 'employment_officer'],
      to: ['checking', 'awaiting_declaration', 'awaiting_register', 'to_review', 'ready'],
      takesBack: ['lapsed'],
    },
    /** A mismatch is resolved for one side with a document. A register's silence is resolved by evidence. */
    resolution: {
      from: ['to_review'],
      by: ['employment_officer'],
      to: ['ready', 'zero', 'checking'],
    },
    approval: { from: ['ready'], by: ['finance_officer'], to: ['approved', 'ready'] },
    return: { from: ['ready'], by: ['finance_officer'], to: ['to_review'] },
    /** The finding on a disputed payment. */
    dispute: {
      from: ['disputed'],
      by: ['finance_officer'],
      to: ['sent', 'settled', 'payment_returned', 'ready'],
    },
    /** A decided month is corrected: one person proposes, another approves [money §6]. */
    correction: {
      from: [...decided],
      by: ['employment_officer', 'finance_officer'],
      to: [...decided],
    },
    /** A returned payment without a payee is closed, and its money is free again. */
    unpayable: { from: ['payment_returned'], by: ['finance_officer'], to: ['lapsed'] },
  },
  steps: {
    declarationLapsed: ['lapsed'],
    evidenceNeeded: ['to_review'],
    send: ['sent', 'settled', 'ready', 'checking'],
    paymentSilent: [],
    lookForAccount: [],
    noHeir: ['lapsed'],
    lookAtAttendance: ['ready', 'zero'],
    registerSilent: [],
  },
  events: {
    checked: {
      from: [...undecided, 'zero'],
      to: ['checking', 'awaiting_register', 'awaiting_declaration', 'to_review', 'ready', 'zero'],
    },
    stopped: { from: [...undecided, 'approved', 'payment_returned'], to: ['stopped', 'zero'] },
    sent: { from: ['approved'], to: ['sent', 'settled'] },
    approvalFell: { from: ['approved'], to: ['ready', 'checking'] },
    settled: { from: ['sent', 'disputed', 'payment_returned'], to: ['settled'] },
    returned: { from: ['sent', 'settled', 'disputed'], to: ['payment_returned'] },
    disputed: { from: [...disputableClaim], to: ['disputed'] },
    accountConfirmed: { from: ['payment_returned'], to: ['ready'] },
    reopened: { from: ['zero', 'stopped', 'lapsed'], to: ['checking', 'ready'] },
  },
} as const satisfies Pathway<ClaimState>;

/** States in which a claim's facts are still open. New facts lead to a new calculation. */
export const undecidedClaim: readonly string[] = undecided;

/** States in which a payable counts against the month's entitlement. The database counts the same states. */
export const boundClaim: readonly ClaimState[] = [
  'approved',
  'sent',
  'settled',
  'payment_returned',
  'disputed',
];

/** The reasons for which a finance officer returns a claim. */
export const returnCodes = ['amount_unclear', 'document_missing', 'employment_doubtful', 'other'] as const;
export type ReturnCode = (typeof returnCodes)[number];

/** The reasons for the correction of a decided month. */
export const correctionReasons = [
  'facts_changed',
  'contract_dates',
  'nothing_worked',
  'worked_after_all',
  'policy_changed',
  'false_application',
  'false_word',
  'other',
] as const;

/** The correction of a person's month that the person owes: it rests on their own false word [measures §4]. */
export const FALSE_WORD = 'false_word' satisfies (typeof correctionReasons)[number];

/** The offices against which an overpayment is counted that a person does not owe. */
export const causes = [
  'training_centre',
  'employment_office',
  'social_workers',
  'finance_office',
  'register',
] as const;
