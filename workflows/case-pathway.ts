import type { CaseState } from '../domain/pathways/case';
import { follow, type Stage } from './follow';

/**
 * The person's way, from assessment to closure [S: steps 3 to 8 of the mechanism; pathway §3]. Beside every stage TIEK is
 * asked whether there is a work recommendation, and asked again before it ends; the person may withdraw from any.
 */
const stages: Readonly<Record<Exclude<CaseState, 'closed'>, Stage>> = {
  /** Capabilities, needs, wishes, conditions and barriers, with the person, in 10 working days. */
  assessment: {
    asks: ['case_manager', 'register'],
    until: ['assessment', 'eligibility', 'present_work'],
    then: 'the supervisor sees it pass; after 10 days of silence of TIEK a certificate counts in its place',
  },
  /** The plan in 5 working days; with a job in it the first referral in 10 more, and after each that failed the next step. */
  planning: {
    asks: 'case_manager',
    until: ['plan', 'first_referral', 'next_step'],
    then: 'the supervisor sees it pass',
  },
  /** Up to three referrals are open: each waits for its employer, and the case for whichever comes first. */
  referred: { asks: 'employer', until: ['decision', 'contract'], then: 'planning again, or employed' },
  /** Training, business or public works: recorded by hand until it ends and the next measure begins. */
  in_measure: { asks: 'case_manager', until: 'measure_progress', then: 'the supervisor sees it pass' },
  /** Hired: six monthly checks of the labour register; when the job ends the case is back in planning at once. */
  employed: {
    asks: ['clock', 'register'],
    until: ['check', 'check_answer'],
    then: 'retained after six checks',
  },
  /** Six months in work: the case is closed with its form in 10 working days. */
  retained: {
    asks: ['case_manager', 'supervisor'],
    until: 'closure',
    then: "the closure is the supervisor's",
  },
};

const commands = [
  'assessment',
  'plan',
  'eligibility',
  'referral',
  'foundAlone',
  'transfer',
  'askTransfer',
  'withdrawal',
  'closure',
  'reopening',
];

/** @param subject `case/<number>` */
export const casePathway = (subject: string): Promise<string> => follow(subject, commands, stages);
