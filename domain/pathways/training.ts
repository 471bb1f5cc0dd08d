import type { Pathway } from '../transitions';

export type TrainingState =
  | 'referred'
  | 'waiting_list'
  | 'offered'
  | 'admitted'
  | 'hearing'
  | 'studying'
  | 'interrupted'
  | 'completed'
  | 'followed'
  | 'refused'
  | 'withdrawn'
  | 'ended'
  | 'cancelled'
  | 'dropped_out';

const caseWorkers = ['case_manager', 'supervisor'] as const;
/** The centre's officers, and the employment department above a centre that is silent. */
const centre = ['training_officer', 'employment_officer'] as const;

/** A hire or a withdrawal from the service ends what waits [measures §1]. */
const waiting = ['referred', 'waiting_list', 'offered'] as const;
/** The course is held for the person. A hearing about the first day or the study does not interrupt it. */
const underWay = ['admitted', 'hearing', 'studying', 'interrupted'] as const;
const studied = [
  'studying',
  'interrupted',
  'completed',
  'followed',
  'dropped_out',
  'cancelled',
  'withdrawn',
  'ended',
] as const;

/** Training, from the referral to a centre to the third look-back at the graduate's work [measures §2, S steps 4 and 5]. */
export const trainingPathway = {
  open: [...waiting, ...underWay, 'completed'],
  closed: ['followed', 'refused', 'withdrawn', 'ended', 'cancelled', 'dropped_out'],
  commands: {
    /** The centre offers a place, puts the person on the waiting list, or refuses with a code and grounds. */
    decision: {
      from: ['referred'],
      by: [...centre, ...caseWorkers],
      to: ['offered', 'waiting_list', 'refused', 'hearing'],
    },
    /** The person's answer to the offer. A no are the person's own words. */
    answer: { from: ['offered'], by: caseWorkers, to: ['admitted', 'withdrawn'] },
    /** The person was not reached. Of a place from the waiting list that gives 3 days more, once. */
    notReached: { from: ['offered'], by: caseWorkers, to: ['offered'] },
    /** The centre's word about the person is a claim: *did not come*, *dropped out*. */
    word: { from: ['admitted', 'studying', 'interrupted'], by: ['training_officer'], to: ['hearing'] },
    hearing: {
      from: ['hearing'],
      by: caseWorkers,
      to: ['hearing', 'refused', 'dropped_out'],
    },
    /** The person contradicts, or was not heard: the head decides whether the centre's word stands. */
    claimDecision: {
      from: ['hearing'],
      by: ['employment_officer'],
      rank: 'head',
      to: ['referred', 'refused', 'admitted', 'studying', 'dropped_out'],
    },
    /** A month's days. They are also entered after the last day, and corrected. */
    attendance: { from: studied, by: ['training_officer'], to: studied },
    /** Attendance below the threshold: the person is heard, and the month's claim waits for it. */
    attendanceHearing: { from: studied, by: caseWorkers, to: studied },
    interruption: {
      from: ['studying', 'interrupted'],
      by: ['training_officer'],
      to: ['studying', 'interrupted'],
    },
    /** With a certificate or without one, or that the person had left. */
    completion: { from: ['studying', 'interrupted'], by: centre, to: ['completed'] },
    /** The centre proposes vacancies or a business, or reports a job found. */
    placement: { from: ['completed'], by: ['training_officer'], to: ['completed', 'followed'] },
    withdrawal: { from: [...waiting, ...underWay], by: caseWorkers, to: ['withdrawn'] },
    /** The answer to *not accessible*: what will be adapted, until when. */
    adaptation: { from: ['refused'], by: ['training_officer'], rank: 'head', to: ['refused'] },
    /** Another course in place of a cancelled one, or the words that there is none. */
    replacement: { from: ['cancelled'], by: ['training_officer'], rank: 'head', to: ['cancelled'] },
  },
  steps: {
    /** The centre, its head and the employment department were silent: counted against the centre. */
    silence: ['refused'],
    /** Five working days before the first day: the centre's next course with the same rank, or no place. */
    listEnds: ['waiting_list', 'refused'],
    /** A place from the waiting list goes to the next in order. */
    offerPasses: ['waiting_list', 'offered'],
    /** Nobody entered the answer until the first day. */
    offerEnds: ['waiting_list', 'refused'],
    unheard: [],
    begins: ['studying'],
    /** The last day: the measure ends, and the case is in planning. The state stays until completion is entered. */
    lastDay: [],
    goesOn: ['studying', 'hearing'],
    /** The centre's 28 days to help into work are over. */
    helpEnds: ['followed'],
    lookBack: [],
  },
  events: {
    placeFreed: { from: ['waiting_list'], to: ['offered'] },
    courseCancelled: {
      from: [...waiting, ...underWay],
      to: ['refused', 'cancelled'],
    },
    /** Hired, left the service, the case was closed before the first day, or died. */
    ended: { from: [...waiting, ...underWay, 'completed'], to: ['ended'] },
  },
} as const satisfies Pathway<TrainingState>;

/** The states that wait for a place. */
export const waitsForPlace: readonly string[] = waiting;

/** The reasons for which a centre refuses. Its word about the person is a claim, and the person is heard first. */
export const centreRefusals = {
  no_place: {},
  entry_conditions: {},
  /** The centre's head answers what will be adapted, until when. */
  not_accessible: { answered: true },
  did_not_come: { aboutPerson: true },
  declined: { aboutPerson: true },
  other: {},
} as const satisfies Record<string, { answered?: true; aboutPerson?: true }>;
export type CentreRefusal = keyof typeof centreRefusals;

/** The service's own reasons: the centre was silent, or the course is not held. */
export const serviceRefusals = ['silent', 'course_cancelled'] as const;

export const isAboutPerson = (code: CentreRefusal): boolean => 'aboutPerson' in centreRefusals[code];

/** The states in which a place of the course is taken. */
export const holdsPlace: readonly string[] = ['offered', ...underWay];
