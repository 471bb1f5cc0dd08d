import type { Length } from './deadline';

/**
 * Every length, limit and hour that the sources leave to us, in one place [domain §3, pathway]. A deployment may replace
 * single values with a JSON file (SETTINGS_FILE); nothing in the code knows a number.
 */
export interface Settings {
  lengths: Record<LengthName, Length>;
  leastAge: number;
  openReferralsPerCase: number;
  startWithinDays: number;
  reopenWithinMonths: number;
  retentionMonths: number;
  inspectionExtensionMax: number;
  /** From this day of referral on, a vacant job admits no directive (liability ended 01.09.2025) [L]. */
  noDirectiveForVacantFrom: string;
  reminderHour: string;
  recommendationWarningDays: number;
}

export type LengthName = keyof typeof lengths;

const days = (n: number): Length => ({ n, unit: 'days' });
const workingDays = (n: number): Length => ({ n, unit: 'workingDays' });
const months = (n: number): Length => ({ n, unit: 'months' });

const lengths = {
  /** [S] step 6: hires within 5 days or rejects with reasons; calendar days [D]. */
  employerDecision: days(5),
  /** A channel must have delivered by the end of the next working day [pathway §5]. */
  delivery: workingDays(1),
  deliveryByHand: workingDays(5),
  contactCorrection: workingDays(5),
  hearing: workingDays(3),
  /** The employer registers the contract after accepting [domain §3]. */
  contract: workingDays(5),
  /** A register that stays silent: after this a person is asked for evidence [pathway §7]. */
  registerSilence: days(10),
  evidence: workingDays(10),
  /** Inspector's resolution, then the chief inspector's [domain §3, pathway §6]. */
  resolution: workingDays(15),
  resolutionByHead: workingDays(10),
  directive: workingDays(10),
  measureAfterBreach: workingDays(15),
  assessment: workingDays(10),
  plan: workingDays(5),
  firstReferral: workingDays(10),
  nextStep: workingDays(10),
  notEligible: workingDays(10),
  newExamination: months(3),
  monthlyLook: months(1),
  transfer: workingDays(5),
  supervisorsYes: workingDays(5),
  closure: workingDays(10),
  conversation: workingDays(5),
  askAgainAfterEnd: days(1),
  officeGap: workingDays(5),
  measureProgress: months(1),
} as const satisfies Record<string, Length>;

export const defaultSettings: Settings = {
  lengths,
  leastAge: 16,
  openReferralsPerCase: 3,
  startWithinDays: 30,
  reopenWithinMonths: 12,
  retentionMonths: 6,
  inspectionExtensionMax: 15,
  noDirectiveForVacantFrom: '2025-09-01',
  reminderHour: '09:00',
  recommendationWarningDays: 60,
};
