import type { Day } from '../day';
import { caseWorkers, type Role } from '../roles';
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

/** The centre's officers. The head of the employment department above a centre acts once the wait has passed to them. */
const centre = ['training_officer', 'employment_officer'] as const satisfies Role[];

/** A hire or a withdrawal from the service ends what waits [measures §1]. */
const waiting = ['referred', 'waiting_list', 'offered'] as const;
/** The course is held for the person. A hearing about the first day or the study does not interrupt it. */
const underWay = ['admitted', 'hearing', 'studying', 'interrupted'] as const;
const over = ['followed', 'refused', 'withdrawn', 'ended', 'cancelled', 'dropped_out'] as const;
const studied = [
  'hearing',
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
  closed: over,
  owing: over,
  commands: {
    /** The centre offers a place, puts the person on the waiting list, or refuses with a code and grounds. */
    decision: { from: ['referred'], by: centre, to: ['offered', 'waiting_list', 'refused', 'hearing'] },
    /** The person's answer to the offer. A no are the person's own words. */
    answer: { from: ['offered'], by: caseWorkers, to: ['admitted', 'withdrawn'] },
    /** The person was not reached about a place from the waiting list. That gives as many days more, once. */
    notReached: { from: ['offered'], by: caseWorkers, to: ['offered'] },
    /** The person goes on to wait for the centre's next course, or does not. */
    nextCourse: { from: ['waiting_list'], by: caseWorkers, to: ['waiting_list', 'refused'] },
    /** The centre's word about the person is a claim: *did not come*, *declined*, *dropped out*. */
    word: { from: ['admitted', 'studying', 'interrupted'], by: ['training_officer'], to: ['hearing'] },
    hearing: { from: ['hearing'], by: caseWorkers, to: ['hearing', 'refused', 'dropped_out'] },
    /** The person contradicts, or was not heard: the head decides whether the centre's word stands. */
    claimDecision: {
      from: ['hearing'],
      by: ['employment_officer'],
      rank: 'head',
      to: ['referred', 'refused', 'admitted', 'studying', 'interrupted', 'dropped_out'],
    },
    /** Whether the admission or the course goes on after a hire, or after the person left the service. */
    goingOn: { from: underWay, by: caseWorkers, to: [...underWay, 'withdrawn'] },
    /** A month's days. They are also entered after the last day, and corrected. */
    attendance: { from: studied, by: centre, to: studied },
    /** The centre did not enter a month: the case manager brings evidence of it. */
    attendanceEvidence: { from: studied, by: caseWorkers, to: studied },
    /** Attendance below the threshold: the person is heard, and the month's claim waits for it. */
    attendanceHearing: { from: studied, by: caseWorkers, to: studied },
    /** The person is absent because of illness or care. The centre decides on a long absence. */
    absence: {
      from: ['studying', 'interrupted'],
      by: [...caseWorkers, 'training_officer'],
      to: ['studying', 'interrupted'],
    },
    /** The centre interrupts the course, or says why it does not. */
    interruption: {
      from: ['studying', 'interrupted'],
      by: centre,
      to: ['studying', 'interrupted'],
    },
    /** With a certificate or without one. Of a person who had left, the centre's word says so. */
    completion: { from: ['studying', 'interrupted'], by: centre, to: ['completed'] },
    /** The number of the certificate may follow. */
    certificate: {
      from: ['completed', 'followed'],
      by: ['training_officer'],
      to: ['completed', 'followed'],
    },
    /** The centre proposes vacancies or a business, or reports a job found. */
    placement: { from: ['completed', 'followed'], by: centre, to: ['followed'] },
    /** A document about the graduate's work, where the registers are silent. */
    lookBackEvidence: { from: studied, by: caseWorkers, to: studied },
    withdrawal: { from: [...waiting, ...underWay], by: caseWorkers, to: ['withdrawn'] },
    /** The answer to *not accessible*: what will be adapted, until when. */
    adaptation: { from: ['refused'], by: centre, rank: 'head', to: ['refused'] },
    /** Another course in place of a cancelled one, or the words that there is none. */
    replacement: { from: ['cancelled'], by: centre, rank: 'head', to: ['cancelled'] },
  },
  steps: {
    /** The centre, its head and the employment department were silent: counted against the centre. */
    silence: ['refused'],
    /** Shortly before the first day: the person is asked about the centre's next course. */
    listAsks: [],
    /** Nobody asked the person in time: the centre's next course with the same rank, or no place. */
    listEnds: ['waiting_list', 'refused'],
    /** A place from the waiting list goes to the next in order. */
    offerPasses: ['waiting_list'],
    /** Nobody entered the answer until the first day. */
    offerEnds: ['waiting_list', 'refused'],
    unheard: [],
    remind: [],
    begins: ['studying'],
    /** The last day: the measure ends, and the case is in planning. The state stays until completion is entered. */
    lastDay: [],
    goesOn: ['studying', 'hearing'],
    /** The centre's 28 days to help into work are over. */
    helpEnds: ['followed'],
    /** The centre did not enter a month: evidence is asked of the case manager. */
    evidenceOfMonth: [],
    lookBack: [],
    evidenceOfLookBack: [],
    lookBackUnknown: [],
  },
  events: {
    placeFreed: { from: ['waiting_list'], to: ['offered'] },
    courseCancelled: { from: [...waiting, ...underWay], to: ['refused', 'cancelled'] },
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
export const centreRefusalCodes = Object.keys(centreRefusals) as CentreRefusal[];

/** The service's own reasons: the centre was silent, or the course is not held. */
export const serviceRefusals = ['silent', 'course_cancelled'] as const;

export const isAboutPerson = (code: CentreRefusal): boolean => 'aboutPerson' in centreRefusals[code];

/** The reasons of an interruption [measures §2]. */
export const interruptionCodes = ['illness', 'care'] as const;

/** The words of a centre about a person who is admitted. */
export const wordCodes = ['did_not_come', 'declined', 'dropped_out'] as const;

/** The states in which a place of the course is taken, until the person's last day. */
export const takesPlace: readonly string[] = ['offered', ...underWay];

/** A training as far as it takes a place of its course. */
interface Taking {
  state: string;
  /** The state from which a hearing came. A place is taken from the offer on. */
  cameFrom: string | null;
  lastOn: Day | null;
}

export const holdsPlace = ({ state, cameFrom, lastOn }: Taking, today: Day): boolean =>
  takesPlace.includes(state) && cameFrom !== 'referred' && (lastOn === null || lastOn >= today);

/** The states in which the training is sought, or the course is held for the person. */
export const inPlay: readonly TrainingState[] = [...waiting, ...underWay];
/** The states in which the course is held for the person. */
export const isHeld: readonly string[] = underWay;
