import type { EmploymentState } from '../domain/pathways/employment';
import { follow, type Stage } from './follow';

type Open = Extract<EmploymentState, 'in_force' | 'ending'>;

/** A hired person's work is monitored for six months [S step 8]: a check on each monthly anniversary of the hire. */
const stages: Readonly<Record<Open, Stage>> = {
  /**
   * The labour register is asked on each anniversary: in force, the check passes; unknown for 10 days, the case manager and
   * then the supervisor bring evidence, without which it stays unconfirmed. With each check the case manager speaks to the
   * person.
   */
  in_force: {
    asks: ['register', 'case_manager', 'supervisor'],
    until: ['check', 'check_answer', 'check_evidence', 'conversation'],
    then: 'after six checks it is retained; an end is provisional until confirmed',
  },
  /** An end was reported: the register is asked again a day later, or employer, person or evidence confirm it. */
  ending: {
    asks: ['register', 'case_manager', 'supervisor'],
    until: ['end_confirmation', 'end_evidence'],
    then: 'ended, and the case returns to planning at once; or taken back, as if nothing had been said',
  },
};

const commands = ['evidence', 'conversation', 'separation'];

/** @param subject `retention/<number of the employment>` */
export const retention = (subject: string): Promise<string> => follow(subject, commands, stages);
