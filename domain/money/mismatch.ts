import type { Day } from '../day';
import { returnCodes } from '../pathways/claim';
import { amountOf } from './amount';
import { nothingCountsFrom } from './claim-due';
import type { Month } from './months';

/** A worker's accrued wage for a month, in whole so'm; 0 when nothing was accrued. */
export interface Wages {
  accrued: bigint;
  /** Income tax on it. */
  tax: bigint;
}

/** The possible differences between a declaration and the tax authority. */
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
 * Compares a declaration with the tax authority's answer for a month [money §4]. If both say that nothing was accrued, they
 * agree, and the month's amount is 0.
 *
 * @param register the answer, 0 for "nothing accrued"; absent without an answer
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
 * The least wage of a month.
 *
 * @param floorHundredths multiples of the minimum wage: 200 is twice
 * @param share of the month; a part of the month needs a part of the floor
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

/** Why a month is with the employment officer: a difference, a register's silence, or a finance officer's return. */
export type Reviewed = {
  why: string;
  /** The review that was resolved before the return. */
  before?: string;
};

/** The doubts about a month's days: the register knows no contract, or a contract that began within the month. */
export const daysReviews = ['no_contract', 'later_contract'] as const;
export type DaysReview = (typeof daysReviews)[number];

/** Whether a review is about the days of a month, now or before its return. Otherwise it is about wages. */
export const isAboutDays = ({ why, before }: Reviewed): boolean =>
  daysReviews.some((each) => each === (before ?? why));

/** The right side, with a document; a document in place of a register's answer; or an answer to a return. */
export type Resolution = 'register_stands' | 'declaration_stands' | 'evidence' | 'answered';

/**
 * The ways to resolve a review [money §4]. A difference is resolved for one side, a silence by evidence. A return is answered,
 * or the review is resolved in another way than before. Words alone never end a mismatch.
 */
export function resolutionsOf({ why, before }: Reviewed): readonly Resolution[] {
  if (isReturn(why)) return ['answered', ...(before === undefined ? [] : resolutionsOf({ why: before }))];
  return why === 'register_silent' ? ['evidence'] : ['register_stands', 'declaration_stands'];
}

/** A return on record, with the mismatch that was resolved before it, if there was one. */
export function returnedFor(code: string, last: Reviewed | null): Reviewed {
  const before = last && isReturn(last.why) ? last.before : last?.why;
  return { why: code, ...(before !== undefined && { before }) };
}

const isReturn = (why: string): boolean => returnCodes.some((code) => code === why);
