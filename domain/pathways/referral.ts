import { addDays, type Day } from '../day';
import type { Pathway } from '../transitions';

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
    /** An answer in time that is entered later takes the silence back, and goes the way of what happened meanwhile. */
    decision: {
      from: unanswered,
      by: answerers,
      to: ['accepted', 'rejected', 'hearing', 'withdrawn', 'person_declined', 'obsolete'],
      takesBack: ['silent'],
    },
    hearing: {
      from: ['hearing'],
      by: ['case_manager', 'supervisor'],
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
      by: ['case_manager', 'supervisor'],
      to: ['hired', 'no_contract', 'worked_there_already'],
    },
    finding: { from: ['worked_there_already'], by: ['employment_officer'], to: ['no_hire'] },
    withdrawal: { from: inPlay, by: ['case_manager', 'supervisor'], to: ['withdrawn', 'person_declined'] },
  },
  events: {
    delivered: { from: ['issued', 'undelivered'], to: ['delivered'] },
    undelivered: { from: ['issued'], to: ['undelivered'] },
    silence: { from: ['issued', 'delivered'], to: ['silent'] },
    unheard: { from: ['hearing'], to: ['rejected'] },
    contractFallsDue: { from: ['accepted'], to: ['confirming'] },
    contractConfirmed: { from: inPlay, to: ['hired', 'worked_there_already'] },
    noContract: { from: ['confirming'], to: ['no_contract', 'accepted'] },
    personPlaced: { from: inPlay, to: ['withdrawn'] },
    caseEnded: { from: inPlay, to: ['withdrawn'] },
    placesTaken: { from: inPlay, to: ['obsolete'] },
    jobGone: { from: unanswered, to: ['rejected'] },
    employerGone: { from: inPlay, to: ['employer_gone'] },
  },
} as const satisfies Pathway<ReferralState>;

/**
 * States in which a referral holds the person, a place and one of the case's open referrals. Where the person worked there
 * already it is over for them at once, though the employment officer has not closed it yet [pathway §5, contract].
 */
export const referralInPlay: readonly string[] = inPlay;

/**
 * The first day on which a contract may have begun that counts as a hire or meets a directive. With an older one the person
 * worked there already [pathway §5, contract].
 *
 * @param before days before the issue of the referral
 */
export const firstDayOfHire = (issuedOn: Day, before: number): Day => addDays(issuedOn, -before);

/** States in which the employer has not answered yet. */
export const unansweredReferral: readonly string[] = unanswered;

/** The messages that bring a referral to its employer: any of them, delivered, has delivered it. */
export const bringsReferral: readonly string[] = ['referral_issued', 'referral_sent_again'];

/** Reasons an employer may give; retired codes stay readable, `until` is the last day they could be chosen. */
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

/** The employer's word about the person is a claim, not a fact: the case manager hears the person first [pathway §5]. */
export const isClaimAboutPerson = (code: RejectionCode): boolean => 'aboutPerson' in rejectionCodes[code];
