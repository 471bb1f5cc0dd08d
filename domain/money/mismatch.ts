import type { Day } from '../day';
import { returnCodes } from '../pathways/claim';
import { amountOf } from './amount';
import { nothingCountsFrom } from './claim-due';
import type { Month } from './months';

/** What was accrued to a worker for a month, in whole so'm; 0 when nothing was. */
export interface Wages {
  accrued: bigint;
  /** Income tax on it. */
  tax: bigint;
}

/** How a declaration and the tax authority differ. */
export type Mismatch =
  | 'only_declared'
  | 'only_registered'
  | 'wages_differ'
  | 'tax_differs'
  | 'below_wage_floor';

/** `unknown`: the register is asked again. `which` is never empty. */
export type Compared =
  | { answer: 'agrees' }
  | { answer: 'unknown' }
  | { answer: 'mismatch'; which: Mismatch[] };

/**
 * What a declaration and the tax authority say of a month, side by side [money §4]. Both saying that nothing was accrued is
 * an agreement: the month is worth nothing.
 *
 * @param register what it answered, 0 for "nothing accrued"; absent when it did not answer
 * @param askedOn before the 25th of the month after, "nothing accrued" is unknown
 * @param tolerance in so'm, by policy 0
 * @param wageFloor in so'm for this month (`wageFloorOf`)
 */
export const compared = (
  declared: Wages,
  register: Wages | undefined,
  {
    month,
    askedOn,
    tolerance,
    wageFloor = 0n,
  }: { month: Month; askedOn: Day; tolerance: number; wageFloor?: bigint | undefined },
): Compared => {
  if (!register || (register.accrued === 0n && askedOn < nothingCountsFrom(month)))
    return { answer: 'unknown' };
  const which = mismatches(declared, register, BigInt(tolerance), wageFloor);
  return which.length === 0 ? { answer: 'agrees' } : { answer: 'mismatch', which };
};

/**
 * What the wage of a month must reach.
 *
 * @param floorHundredths multiples of the minimum wage: 200 is twice
 * @param share of the month, so that a part of it is measured by a part of the floor
 */
export const wageFloorOf = (minimumWage: bigint, floorHundredths: number, share: number): bigint =>
  amountOf(minimumWage, floorHundredths, share);

const mismatches = (declared: Wages, register: Wages, tolerance: bigint, wageFloor: bigint): Mismatch[] => {
  if (declared.accrued === 0n && register.accrued === 0n) return [];
  if (register.accrued === 0n) return ['only_declared'];
  if (declared.accrued === 0n) return ['only_registered'];
  const found: [Mismatch, boolean][] = [
    ['wages_differ', apart(declared.accrued, register.accrued) > tolerance],
    ['tax_differs', apart(declared.tax, register.tax) > tolerance],
    ['below_wage_floor', declared.accrued < wageFloor || register.accrued < wageFloor],
  ];
  return found.filter(([, is]) => is).map(([which]) => which);
};

const apart = (a: bigint, b: bigint): bigint => (a > b ? a - b : b - a);

/** Why a month is with the employment officer: what does not agree, a register's silence, or a finance officer's return. */
export type Reviewed = {
  why: string;
  /** What had been resolved before it was returned. */
  before?: string;
};

/** What may be doubtful about a month's days: the register knows no contract, or one that began within the month. */
export const daysReviews = ['no_contract', 'later_contract'] as const;
export type DaysReview = (typeof daysReviews)[number];

/** Whether a review is about the days of a month, or was before it was returned; otherwise it is about wages. */
export const isAboutDays = ({ why, before }: Reviewed): boolean =>
  daysReviews.some((each) => each === (before ?? why));

/** A side that stands, by a document; a document in place of a register's answer; an answer to who returned it. */
export type Resolution = 'register_stands' | 'declaration_stands' | 'evidence' | 'answered';

/**
 * How a review may be resolved: between two that differ by the one that stands, a silence by evidence. What was returned is
 * answered, or resolved otherwise than before; words alone never end a mismatch [money §4].
 */
export function resolutionsOf({ why, before }: Reviewed): readonly Resolution[] {
  if (isReturn(why)) return ['answered', ...(before === undefined ? [] : resolutionsOf({ why: before }))];
  return why === 'register_silent' ? ['evidence'] : ['register_stands', 'declaration_stands'];
}

/** A return as it is kept: with the mismatch, if there was one, that had been resolved before it. */
export function returnedFor(code: string, last: Reviewed | null): Reviewed {
  const before = last && isReturn(last.why) ? last.before : last?.why;
  return { why: code, ...(before !== undefined && { before }) };
}

const isReturn = (why: string): boolean => returnCodes.some((code) => code === why);
