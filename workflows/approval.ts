import type { ApprovalState } from '../domain/pathways/approval';
import { follow, type Stage } from './follow';

type Open = Extract<ApprovalState, 'preparing' | 'drafted' | 'deciding'>;

/** What two persons decide: proposed by one, approved or rejected by another [money §7]. */
const stages: Readonly<Record<Open, Stage>> = {
  /** The employer may object to a correction downwards; the treasury says whose an account is. */
  preparing: {
    asks: ['employer', 'register'],
    until: ['correction_objection', 'holder_answer'],
    then: 'the second person decides, knowing that nothing was said',
  },
  /** News changed a month that was paid, or a contract goes on with another employer: a person proposes what follows. */
  drafted: {
    asks: 'employment_officer',
    until: ['correction_draft', 'successor_draft'],
    then: 'the head of the department has it',
  },
  deciding: {
    asks: ['finance_officer', 'administrator', 'employment_officer'],
    until: ['decide_correction', 'decide_account', 'decide_line', 'decide_policy', 'decide_successor'],
    then: 'the head of the office has it',
  },
};

const commands = ['proposal', 'objection', 'decision'];

/** @param subject `approval/<number>` */
export const approval = (subject: string): Promise<string> => follow(subject, commands, stages);
