import { caseWorkers } from '../roles';
import { addDays, type Day } from '../day';
import type { Pathway } from '../transitions';
import { hasBegun } from './inspection';

export type ReferralState =
  | 'issued'
  | 'undelivered'
  | 'delivered'
  | 'hearing'
  | 'accepted'
  | 'confirming'
  | 'worked_there_already'
  | 'hired'
  | 'rejected'
  | 'silent'
  | 'no_contract'
  | 'no_hire'
  | 'person_declined'
  | 'undeliverable'
  | 'withdrawn'
  | 'obsolete'
  | 'employer_gone';

const unanswered = ['issued', 'undelivered', 'delivered'] as const;
const inPlay = [...unanswered, 'hearing', 'accepted', 'confirming'] as const;
/** The states in which the employer's time to answer runs. */
const timeRuns = ['issued', 'delivered'] as const;
const decidedByEmployer = ['accepted', 'hearing', 'rejected'] as const;
const answerers = ['employer', 'case_manager', 'supervisor', 'employment_officer'] as const;

/** The referral: delivery, the employer's 5 days, the contract's registration [pathway §5, S step 6]. */
export const referralPathway = {
  open: [...inPlay, 'worked_there_already'],
  closed: [
    'hired',
    'rejected',
    'silent',
    'no_contract',
    'no_hire',
    'person_declined',
    'undeliverable',
    'withdrawn',
    'obsolete',
    'employer_gone',
  ],
  commands: {
    delivery: {
      from: ['issued', 'undelivered'],
      by: ['case_manager', 'supervisor', 'employment_officer'],
      to: ['delivered', 'undelivered', 'undeliverable'],
    },
    /**
     * An answer that was received in time and entered later takes the silence back. Within its time the employer replaces its
     * own decision while nobody has acted on it.
     */
    decision: {
      from: unanswered,
      by: answerers,
      to: ['accepted', 'rejected', 'hearing', 'withdrawn', 'person_declined', 'obsolete'],
      takesBack: ['silent', ...decidedByEmployer],
    },
    hearing: {
      from: ['hearing'],
      by: caseWorkers,
      to: ['person_declined', 'rejected'],
      takesBack: ['rejected'],
    },
    contract: {
      from: [...unanswered, 'accepted', 'confirming'],
      by: ['employer', 'case_manager', 'employment_officer'],
      to: ['confirming', 'hired'],
    },
    evidence: {
      from: ['confirming'],
      by: caseWorkers,
      to: ['hired', 'no_contract', 'worked_there_already'],
    },
    finding: { from: ['worked_there_already'], by: ['employment_officer'], to: ['no_hire'] },
    withdrawal: { from: inPlay, by: caseWorkers, to: ['withdrawn', 'person_declined'] },
    /** The employer asks for more time to answer, and the supervisor decides [pathway §5, delivery]. */
    extensionRequest: { from: timeRuns, by: ['employer', 'employment_officer'], to: timeRuns },
    extension: { from: timeRuns, by: ['supervisor'], to: timeRuns },
    /** The employer proposes another start day, and the person agrees or not [pathway §5, a mistake]. */
    start: { from: ['accepted'], by: ['employer', 'employment_officer'], to: ['accepted'] },
    startAnswer: { from: ['accepted'], by: caseWorkers, to: ['accepted'] },
  },
  steps: {
    undelivered: ['undelivered'],
    contactWrong: [],
    silence: ['silent'],
    unheard: ['rejected'],
    startStays: [],
    contractFallsDue: ['confirming'],
    evidenceOfContract: [],
  },
  events: {
    delivered: { from: ['issued', 'undelivered'], to: ['delivered'] },
    contractConfirmed: { from: inPlay, to: ['hired', 'worked_there_already'] },
    noContract: { from: ['confirming'], to: ['no_contract', 'accepted'] },
    personPlaced: { from: inPlay, to: ['withdrawn'] },
    caseEnded: { from: inPlay, to: ['withdrawn'] },
    placesTaken: { from: inPlay, to: ['obsolete'] },
    jobGone: { from: unanswered, to: ['rejected'] },
    /** The job was closed by mistake and is open again in time [pathway §5, a mistake]. */
    jobReopened: { from: ['rejected'], to: [...unanswered, 'withdrawn', 'person_declined'] },
    employerGone: { from: inPlay, to: ['employer_gone'] },
  },
} as const satisfies Pathway<ReferralState>;

/**
 * States in which a referral holds the person and a place, and counts as an open referral of the case. If the person worked
 * there already, the referral is over for the person at once. The employment officer closes it later [pathway §5, contract].
 */
export const referralInPlay: readonly string[] = inPlay;

/**
 * The earliest first day of a contract that counts as a hire or meets a directive. With an older contract the person worked
 * there already [pathway §5, contract].
 *
 * @param before days before the issue of the referral
 */
export const firstDayOfHire = (issuedOn: Day, before: number): Day => addDays(issuedOn, -before);

/** States in which the employer's own decision stands. It may replace the decision within its time [pathway §5, a mistake]. */
export const decidedReferral: readonly string[] = decidedByEmployer;

/** A referral as far as a replaced decision needs it, and its last inspection. */
interface Decided {
  state: string;
  contract: unknown;
}
interface Inspected {
  state: string;
  steps: unknown;
}

/**
 * Whether nobody has acted on the employer's decision: no contract is told, and the examination of a rejection has not begun
 * [pathway §5, a mistake].
 */
export const isUntouched = ({ state, contract }: Decided, inspection?: Inspected): boolean =>
  decidedReferral.includes(state) &&
  contract === null &&
  (state !== 'rejected' || (inspection?.state === 'examining' && !hasBegun(inspection.steps)));

/** A question that somebody asked, and its answer once there is one. */
type Asked = { answer?: { agrees?: boolean } } | null;

/** Whether a question waits for its answer. */
export const isAsked = (question: unknown): boolean => {
  const asked = question as Asked;
  return asked !== null && asked.answer === undefined;
};

/** Whether the start day may be proposed anew: it moves once [pathway §5, a mistake]. */
export const mayMoveStart = (startChange: unknown): boolean => {
  const asked = startChange as Asked;
  return asked === null || (asked.answer !== undefined && asked.answer.agrees !== true);
};

/** Whether the employer may ask for more time: once for each time to answer [pathway §5]. */
export const mayAskForTime = (extension: unknown): boolean => extension === null;

/** States in which the employer has not answered yet. */
export const unansweredReferral: readonly string[] = unanswered;

/** The messages that bring a referral to its employer. Each of them delivers the referral when it is delivered. */
export const bringsReferral: readonly string[] = ['referral_issued', 'referral_sent_again'];

/** The employer's reasons. Retired codes stay readable; `until` is the last day on which they could be chosen. */
export const rejectionCodes = {
  no_longer_vacant: {},
  qualification: {},
  health_or_safety: {},
  did_not_come: { aboutPerson: true },
  declined: { aboutPerson: true },
  conditions_not_agreed: {},
  other: {},
} as const satisfies Record<string, { aboutPerson?: true; until?: string }>;
export type RejectionCode = keyof typeof rejectionCodes;

/** The employer's statement about the person is not yet a fact: the case manager hears the person first [pathway §5]. */
export const isClaimAboutPerson = (code: RejectionCode): boolean => 'aboutPerson' in rejectionCodes[code];
