import { stages } from './stages';

/** An act that two persons decide: proposed by one, approved or rejected by another [money §7]. */
export const approvalStages = stages('approval', {
  /** The employer, or the person, may object to a correction downwards. The treasury says whose an account is, and the supervisor asks the person. */
  preparing: {
    correction_objection: 'objectionPassed',
    persons_objection: 'objectionPassed',
    holder_answer: 'holderUnknown',
    account_conversation: 'stays',
  },
  /** News changed a month that was paid, or a contract goes on with another employer: a person proposes the act. */
  drafted: { correction_draft: 'stays', successor_draft: 'stays' },
  /** A second person approves or rejects. The treasury may be asked on. */
  deciding: {
    decide_correction: 'stays',
    decide_account: 'stays',
    decide_line: 'stays',
    decide_policy: 'stays',
    decide_successor: 'stays',
    decide_join: 'stays',
    decide_separation: 'stays',
    decide_resolution_withdrawal: 'stays',
    decide_employer: 'stays',
    decide_persons_account: 'stays',
    holder_answer: 'holderUnknown',
  },
});
