import type { Day } from './day';
import type { Length } from './deadline';
import type { LengthName } from './lengths';
import type { Fund } from './fund';
import type { Numbers } from './policy-numbers';

/** The employers' programmes [domain §4]; the stipend of a person who studies, and the start of an own business [measures §3, §4]. */
export const programmes = [
  'hire_pwd',
  'above_quota',
  'workplace_adaptation',
  'training_stipend',
  'self_employment_start',
] as const;
export type Programme = (typeof programmes)[number];
export type WageProgramme = Exclude<EmployersProgramme, 'workplace_adaptation'>;
export const wageProgrammes = ['hire_pwd', 'above_quota'] as const satisfies WageProgramme[];

/** The programme of persons who study. */
export const STIPEND = 'training_stipend' satisfies Programme;
/** The programme of persons who begin to work for themselves. */
export const START = 'self_employment_start' satisfies Programme;
export type EmployersProgramme = Exclude<Programme, typeof STIPEND | typeof START>;

/** The programmes that pay documented costs once, and no months. */
export const paidOnce = ['workplace_adaptation', START] as const satisfies Programme[];
export type PaidOnce = (typeof paidOnce)[number];
export const isPaidOnce = ({ programme }: { programme: string }): boolean =>
  paidOnce.some((each) => each === programme);

/** The conditions of a rule of law on employer and worker [money §1]. An absent condition asks nothing. */
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

/** The rule of one wage subsidy [money §1, §2]. */
export type WageRule = {
  act: string;
  /** The fund that pays it; absent: employment. */
  fund?: Fund;
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

/** The rule of documented costs that are paid once: of the start of an own business [measures §3], and of adapted workplaces. */
export type CostsRule = {
  act: string;
  /** The fund that pays it; absent: employment. */
  fund?: Fund;
  /** The most that is paid, as a multiple of the BHM in hundredths: 4000 is 40 × BHM. null: not set. */
  cap: number | null;
  review: Length;
  /** The time from the order until the payment is sent. */
  payWithin: Length;
};

/** The rule of adapted workplaces, with the most for each of them [PQ-4804]. */
export type AdaptationRule = CostsRule & {
  eligibility: Eligibility;
  attachments: string[];
};

/** The rule of the stipend for a month of study [measures §4]. */
export type StipendRule = Pick<WageRule, 'act' | 'fund' | 'multiple' | 'proRata' | 'bhm'> & {
  /** The fields of courses that carry none. */
  withoutStipend?: string[];
};

/** The quota of the programme `above_quota` [domain §5]. */
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

/** The rules of a version of the policy: the programmes, and the pathway's deadlines and directive rule [money §1]. */
export type Rules = {
  /** A programme that is absent has no rule in force. */
  programmes: {
    hire_pwd?: WageRule;
    above_quota?: WageRule;
    workplace_adaptation?: AdaptationRule;
    training_stipend?: StipendRule;
    self_employment_start?: CostsRule;
  };
  quota: QuotaRule;
  lengths: Record<LengthName, Length>;
  /** The numbers that the version names. `numberIn` reads a number. */
  numbers?: Numbers;
  /** The kinds of jobs whose refusal allows a directive, on the day of the referral. */
  directiveFor: ('vacant' | 'reserved')[];
  /** The day whose terms a subsidy keeps. */
  termsOf: 'hire' | 'application' | 'order';
  /** The greatest tolerated difference between a declaration and the tax authority, in so'm. */
  mismatchTolerance: number;
  /** Whether an overpayment is set off only against payables on the same line. */
  setOffOnSameLine: boolean;
  /** Where an overpayment of the employment fund is repaid to [money §6]. */
  fundAccount: FundAccount;
  /** The same of the other funds that pay a programme [measures §4]. */
  fundAccounts?: { [F in Exclude<Fund, 'employment'>]?: FundAccount };
  /** The bank at whose cash desks a person without an account is paid. Absent: the treasury's order cannot name one [measures §4]. */
  cashDesk?: FundAccount;
};

/** An account of the fund: 20 digits, or 27 of the treasury, and the bank's code (MFO). */
export type FundAccount = { holder: string; number: string; mfo: string };

/** A version of the policy. Versions are never edited. The newest by `validFrom`, then by `recordedAt`, is in force on a day. */
export interface Policy {
  id: string;
  act: string;
  validFrom: Day;
  recordedAt: Date;
  /** `new`: it applies to rows that begin from then on. `running`: open deadlines are also computed again. */
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
 * The policy's vocabulary of the categories of vulnerable groups: whatever any version names. A category that the version in
 * force does not name is excluded by it; a word that no version names is none [money §3].
 */
export const categoriesOf = (policies: readonly Policy[]): string[] => [
  ...new Set(
    policies.flatMap(({ rules }) =>
      Object.values(rules.programmes).flatMap((rule) =>
        'eligibility' in rule ? (rule.eligibility.categories ?? []) : [],
      ),
    ),
  ),
];

/**
 * The version in force on a day: the newest by `validFrom` that is valid from that day or before. Of two versions from the
 * same day it is the one recorded later [money §1: never edited, a later recorded one wins].
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

/** Whether a version is in force in place of another: it is valid from a later day, or was recorded later. */
export const isNewer = (
  a: { validFrom: Day; recordedAt: Date },
  b: { validFrom: Day; recordedAt: Date },
): boolean => a.validFrom > b.validFrom || (a.validFrom === b.validFrom && a.recordedAt > b.recordedAt);
