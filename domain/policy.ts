import type { Day } from './day';
import type { Length } from './deadline';
import type { LengthName } from './lengths';

/** The employers' programmes [domain §4]. */
export const programmes = ['hire_pwd', 'above_quota', 'workplace_adaptation'] as const;
export type Programme = (typeof programmes)[number];
export type WageProgramme = Exclude<Programme, 'workplace_adaptation'>;

/** Who may be paid for whom: conditions that a rule of law names [money §1]. An absent one asks nothing. */
export type Eligibility = {
  /** Disability groups, 1 to 3. */
  groups?: (1 | 2 | 3)[];
  /** Categories of vulnerable groups, as in the quota table. */
  categories?: string[];
  /** Kinds of employers that are excluded: budget bodies, state enterprises. */
  excludedOwnership?: string[];
  /** The state's share of the employer, in percent, from which it is excluded. */
  stateShareBelow?: number;
  /** Multiples of the minimum wage, in hundredths, that the month's pay must reach. */
  wageFloor?: number;
  /** Whole months of formal work with the employer before anything is paid. */
  monthsWorkedBefore?: number;
  aboveQuota?: true;
  entrepreneursOnly?: true;
};

/** How one wage subsidy is reckoned [money §1, §2]. */
export type WageRule = {
  act: string;
  /** Multiple of the BHM in hundredths: 150 is 1.5 × BHM. null: not set by the administrator yet. */
  multiple: number | null;
  months: number;
  periodStart: 'hire' | 'application' | 'order';
  proRata: 'pro_rata' | 'none' | 'full';
  bhm: 'last_day' | 'first_day' | 'order_date' | 'by_day';
  review: Length;
  eligibility: Eligibility;
  /** Programmes that may not be drawn for the same person, employer and month. */
  excludes: Programme[];
  /** Papers an application needs. */
  attachments: string[];
  /** `wage`, or the programme's own name where two may be drawn for one month. */
  slot: 'wage' | WageProgramme;
};

/** How an adapted workplace is paid for [PQ-4804]. */
export type AdaptationRule = {
  act: string;
  /** Multiple of the BHM in hundredths per workplace: 4000 is 40 × BHM. null: not set. */
  cap: number | null;
  review: Length;
  /** From the order until it is sent. */
  payWithin: Length;
  eligibility: Eligibility;
  attachments: string[];
};

/** The quota that `above_quota` is measured by [domain §5]. */
export type QuotaRule = {
  act: string;
  /** Employers with more listed staff than this have a quota. */
  above: number;
  /** The reserved share of the listed staff, in hundredths of a percent. */
  share: number;
  rounding: 'up' | 'down' | 'nearest';
  /** Whether an employer without a quota may hire above it. */
  belowThreshold: 'not_eligible' | 'eligible';
};

/** What a version of the policy says: the programmes, and the pathway's deadlines and directive rule [money §1]. */
export type Rules = {
  /** A programme that is absent has no rule in force. */
  programmes: {
    hire_pwd?: WageRule;
    above_quota?: WageRule;
    workplace_adaptation?: AdaptationRule;
  };
  quota: QuotaRule;
  lengths: Record<LengthName, Length>;
  /** Kinds of jobs whose refusal admits a directive, by the day of the referral. */
  directiveFor: ('vacant' | 'reserved')[];
  /** Which day's terms a subsidy keeps. */
  termsOf: 'hire' | 'application' | 'order';
  /** How far a declaration and the tax authority may differ, in so'm. */
  mismatchTolerance: number;
  /** Whether an overpayment is set off only against payables on the same line. */
  setOffOnSameLine: boolean;
};

/** A version of the policy: never edited; the newest by `validFrom`, then by `recordedAt`, is in force on a day. */
export interface Policy {
  id: string;
  act: string;
  validFrom: Day;
  recordedAt: Date;
  /** `new`: for what begins from then on; `running`: open deadlines are computed again. */
  appliesTo: 'new' | 'running';
  rules: Rules;
}

/** A dated amount: the BHM or the minimum wage, in whole so'm a month. */
export interface DatedAmount {
  validFrom: Day;
  recordedAt: Date;
  amount: bigint;
  act: string;
}

/**
 * What is in force on a day: of everything valid from that day or before, the newest by `validFrom`; of two from the same
 * day the one recorded later [money §1: never edited, a later recorded one wins].
 *
 * @returns undefined on a day before the first
 */
export function inForce<T extends { validFrom: Day; recordedAt: Date }>(
  versions: readonly T[],
  day: Day,
): T | undefined {
  return versions
    .filter(({ validFrom }) => validFrom <= day)
    .reduce<T | undefined>((best, next) => (best && isNewer(best, next) ? best : next), undefined);
}

const isNewer = (a: { validFrom: Day; recordedAt: Date }, b: { validFrom: Day; recordedAt: Date }): boolean =>
  a.validFrom > b.validFrom || (a.validFrom === b.validFrom && a.recordedAt > b.recordedAt);
