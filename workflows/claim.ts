import type { ClaimState } from '../domain/pathways/claim';
import { follow, type Stage } from './follow';

type Open = Exclude<ClaimState, 'settled' | 'zero' | 'lapsed' | 'stopped'>;

/** One month: checked, approved by a finance officer, paid in the month after the month worked [money §4, S]. */
const stages: Readonly<Record<Open, Stage>> = {
  /** hire_pwd asks the labour register for the days in force; above_quota waits for declaration and tax authority. */
  checking: {
    asks: 'register',
    until: ['days_answer', 'wages_answer'],
    then: 'ready, zero or to be reviewed',
  },
  awaiting_register: {
    asks: 'register',
    until: ['days_answer', 'wages_answer'],
    then: 'after 10 days the employment officer brings evidence',
  },
  awaiting_declaration: {
    asks: 'employer',
    until: 'declaration',
    then: 'late until three months after, then the month has lapsed',
  },
  to_review: { asks: 'employment_officer', until: 'mismatch', then: 'the head of the department has it' },
  ready: { asks: 'finance_officer', until: 'claim_decision', then: 'the chief finance officer has it' },
  /** The four conditions are read again; if anything changed the approval falls. */
  approved: {
    asks: 'clock',
    until: ['sending', 'sending_watch'],
    then: 'after a working day the finance officer has it',
  },
  sent: {
    asks: ['register', 'finance_officer'],
    until: ['payment_answer', 'payment_watch'],
    then: 'settled, returned or disputed',
  },
  payment_returned: {
    asks: 'employer',
    until: 'account_correction',
    then: 'the finance officer has it, and may close it as unpayable',
  },
  disputed: { asks: 'finance_officer', until: 'dispute', then: 'the chief finance officer has it' },
};

const commands = ['declaration', 'resolution', 'approval', 'return', 'correction', 'dispute', 'unpayable'];

/** @param subject `claim/<subsidy>-<month>` */
export const claim = (subject: string): Promise<string> => follow(subject, commands, stages);
