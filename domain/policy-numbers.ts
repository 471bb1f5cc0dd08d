/** A number that a decree may change. */
export interface NumberRule {
  /** The number's meaning, and the day whose version of the policy holds. */
  means: string;
  unit: 'year' | 'month' | 'day' | 'working day' | 'open referral' | 'open application' | 'percent' | 'mark';
  /** The bounds of its values, both included. */
  least: number;
  most: number;
  /** The value where no version names one. */
  default: number;
  source: string;
}

/**
 * The numbers of the pathway that a decree may change, beside the lengths of the waits. A version of the policy names the
 * numbers that it changes. Two persons decide it.
 */
export const policyNumbers = {
  leastAge: {
    means: 'The least age for a case, on the day of its opening.',
    unit: 'year',
    least: 14,
    most: 30,
    default: 16,
    source: 'pathway §3',
  },
  reopenWithinMonths: {
    means: 'A closed case is reopened within this time, on the day of the reopening.',
    unit: 'month',
    least: 0,
    most: 120,
    default: 12,
    source: 'pathway §3',
  },
  recommendationWarningDays: {
    means:
      'The case manager is told this long before a work recommendation ends, on the day of its confirmation.',
    unit: 'day',
    least: 1,
    most: 366,
    default: 60,
    source: 'pathway §3',
  },
  presentWorkDays: {
    means:
      'The labour register is asked again about present work after this time, on the day of a new referral.',
    unit: 'day',
    least: 0,
    most: 366,
    default: 30,
    source: 'pathway §2',
  },
  openReferralsPerCase: {
    means: 'The most open referrals of a case, on the day of a new referral.',
    unit: 'open referral',
    least: 1,
    most: 20,
    default: 3,
    source: 'pathway §5',
  },
  employerExtensionMax: {
    means:
      'The most days by which the supervisor extends the employer’s time to answer, on the day of the act.',
    unit: 'day',
    least: 0,
    most: 60,
    default: 5,
    source: 'pathway §5',
  },
  startWithinDays: {
    means: 'Work starts at most this long after the employer’s answer, on the day of the answer.',
    unit: 'day',
    least: 1,
    most: 366,
    default: 30,
    source: 'pathway §5',
  },
  contractBeforeIssueDays: {
    means: 'A hire’s contract begins at most this long before the referral’s issue, on the day of the issue.',
    unit: 'day',
    least: 0,
    most: 366,
    default: 5,
    source: 'pathway §5',
  },
  inspectionExtensionMax: {
    means: 'The most working days by which an inspection is extended, on the day of the extension.',
    unit: 'working day',
    least: 0,
    most: 120,
    default: 15,
    source: 'pathway §6',
  },
  retentionMonths: {
    means: 'The months of monitoring, with a check each. An employment keeps the number of its day of hire.',
    unit: 'month',
    least: 1,
    most: 24,
    default: 6,
    source: 'pathway §7; S, mechanism, step 8',
  },
  openTrainingsPerCase: {
    means: 'The most applications to courses that a case may have open, on the day of the referral.',
    unit: 'open application',
    least: 1,
    most: 10,
    default: 3,
    source: 'measures §2',
  },
  publicWorksMonths: {
    means: 'Public works last at most this long, on the day of the agreement.',
    unit: 'month',
    least: 1,
    most: 12,
    default: 3,
    source: 'measures §5',
  },
  publicWorksDays: {
    means: 'The most days of public works within `publicWorksWithinDays`, on the day of the agreement.',
    unit: 'day',
    least: 1,
    most: 3660,
    default: 184,
    source: 'measures §5',
  },
  publicWorksWithinDays: {
    means:
      'The days up to the last day of public works in which their days are counted, on the day of the agreement.',
    unit: 'day',
    least: 1,
    most: 3660,
    default: 730,
    source: 'measures §5',
  },
  attendancePercent: {
    means: 'The least attendance of a course, on the first day of study.',
    unit: 'percent',
    least: 1,
    most: 100,
    default: 60,
    source: 'measures §2',
  },
  attendanceLeastHeld: {
    means: 'A month of fewer days held counts with the next, on the first day of study.',
    unit: 'day',
    least: 1,
    most: 31,
    default: 5,
    source: 'measures §2',
  },
  startSubsidyMonths: {
    means:
      'The person signs for a start subsidy within this time after the registration, on the day of the registration.',
    unit: 'month',
    least: 1,
    most: 24,
    default: 3,
    source: 'measures §3',
  },
  personsInstalments: {
    means: 'A person repays a debt in as many equal monthly parts, on the day of the demand.',
    unit: 'month',
    least: 1,
    most: 120,
    default: 12,
    source: 'measures §4',
  },
  personsSetOffPercent: {
    means:
      'At most this part of a person’s payable is kept back towards a debt, with consent, on the day of the approval.',
    unit: 'percent',
    least: 0,
    most: 100,
    default: 10,
    source: 'measures §4',
  },
  excusedAbsenceDays: {
    means: 'An absence because of illness or care up to this long is excused, on the first day of study.',
    unit: 'working day',
    least: 0,
    most: 60,
    default: 15,
    source: 'measures §2',
  },
  interruptionMonths: {
    means: 'The interruptions of a course last at most this long together, on the first day of study.',
    unit: 'month',
    least: 1,
    most: 24,
    default: 3,
    source: 'measures §2',
  },
  businessBeforeDays: {
    means:
      'A registration counts if it began at most this long before the preparation of the business, on the first day of the preparation.',
    unit: 'day',
    least: 0,
    most: 366,
    default: 5,
    source: 'measures §3',
  },
  businessMonths: {
    means: 'The months of an own business with a check each. A business keeps the number of its first day.',
    unit: 'month',
    least: 1,
    most: 24,
    default: 6,
    source: 'measures §3',
  },
  markMonths: {
    means: 'A mark of hand-made goods is valid for this time, on the day on which it is given.',
    unit: 'month',
    least: 1,
    most: 120,
    default: 12,
    source: 'measures §3',
  },
  markRenewDays: {
    means:
      'A new mark for the same goods is given at most this long before the old one ends, on the day of the new.',
    unit: 'day',
    least: 0,
    most: 366,
    default: 30,
    source: 'our default: a sticker is printed again before the old one ends',
  },
  markRegionLeast: {
    means:
      'The public answer names the region of a mark only where at least so many valid marks for the same goods are in it, on the day of the answer.',
    unit: 'mark',
    least: 2,
    most: 1000,
    default: 5,
    source: 'measures §3',
  },
  newPhoneDays: {
    means:
      'After a change of the telephone, an account is proposed with a conversation of the supervisor for this time, on the day of the proposal.',
    unit: 'day',
    least: 0,
    most: 366,
    default: 30,
    source: 'measures §4',
  },
} as const satisfies Record<string, NumberRule>;

export type NumberName = keyof typeof policyNumbers;
export const numberNames = Object.keys(policyNumbers) as NumberName[];

/** A number with its unit: `15 working days`. */
export const inUnits = (name: NumberName, n: number): string =>
  `${n} ${policyNumbers[name].unit}${n === 1 ? '' : 's'}`;

/** The numbers that a version names. */
export type Numbers = Partial<Record<NumberName, number>>;

/** Rules, as far as they name numbers. */
type Naming = { numbers?: Numbers };

/** A number under a version's rules. A version that does not name the number has the default. */
export const numberIn = ({ numbers }: Naming, name: NumberName): number =>
  numbers?.[name] ?? policyNumbers[name].default;

/** All numbers under a version's rules. */
export const numbersIn = (rules: Naming): Record<NumberName, number> =>
  Object.fromEntries(numberNames.map((name) => [name, numberIn(rules, name)])) as Record<NumberName, number>;
