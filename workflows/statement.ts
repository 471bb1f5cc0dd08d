import type { StatementState } from '../domain/pathways/statement';
import { follow, type Stage } from './follow';

type Open = Extract<StatementState, 'asking' | 'differing'>;

/** The treasury's statement of a day, matched by key with the ledger [money §9]. */
const stages: Readonly<Record<Open, Stage>> = {
  asking: {
    asks: ['register', 'clock'],
    until: ['statement_answer', 'statement_matching'],
    then: 'the finance officer asks the treasury for it',
  },
  differing: {
    asks: 'finance_officer',
    until: 'difference',
    then: 'the chief finance officer has it',
  },
};

/** @param subject `statement/<day>` */
export const statement = (subject: string): Promise<string> => follow(subject, ['explanation'], stages);
