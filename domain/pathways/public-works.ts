import type { Day } from '../day';
import { caseWorkers } from '../roles';
import type { Pathway } from '../transitions';

export type PublicWorksState =
  | 'proposed'
  | 'agreed'
  | 'working'
  | 'completed'
  | 'none_found'
  | 'declined'
  | 'ended_early';

const underWay = ['agreed', 'working'] as const;

/** Paid public works, from the search for a place to the last month's papers [measures §5]. */
export const publicWorksPathway = {
  open: ['proposed', ...underWay],
  closed: ['completed', 'none_found', 'declined', 'ended_early'],
  owing: ['completed', 'ended_early'],
  commands: {
    agreement: { from: ['proposed'], by: ['employment_officer'], to: ['agreed'] },
    noneFound: { from: ['proposed'], by: ['employment_officer'], to: ['none_found'] },
    decline: { from: ['proposed'], by: caseWorkers, to: ['declined'] },
    begin: { from: ['agreed'], by: ['employment_officer'], to: ['working', 'completed', 'ended_early'] },
    month: {
      from: ['working', 'completed', 'ended_early'],
      by: ['employment_officer'],
      to: ['working', 'completed', 'ended_early'],
    },
    ending: {
      from: underWay,
      by: [...caseWorkers, 'employment_officer'],
      to: [...underWay, 'ended_early'],
    },
    hearing: { from: underWay, by: caseWorkers, to: [...underWay, 'ended_early'] },
    claimDecision: {
      from: underWay,
      by: ['employment_officer'],
      rank: 'head',
      to: [...underWay, 'ended_early'],
    },
  },
  steps: { nobodyFound: ['none_found'], lastDay: ['completed', 'ended_early'], unheard: [] },
  events: { ended: { from: ['proposed', ...underWay], to: ['ended_early'] } },
} as const satisfies Pathway<PublicWorksState>;

/** Why public works ended early, by the person or office that ended them. */
export const endCodes = {
  person: ['own_wish', 'illness', 'other'],
  organiser: ['did_not_come', 'left', 'no_more_work', 'other'],
} as const;

/**
 * Whether an organiser's reason is a word about the person: each but the lack of work is. It is a claim, and the person is heard
 * first [measures §1; pathway §5].
 */
export const isClaim = (code: string): boolean => code !== 'no_more_work';

/** A month's timesheet and pay, as entered from paper. */
export interface WorkedMonth {
  month: string;
  days: number;
  /** So'm. */
  pay: number;
  enteredOn: Day;
}
