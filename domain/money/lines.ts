import type { Day } from '../day';
import type { Programme } from '../policy';
import { type Entitlement, entitlementsOf, type Reckoning } from './entitlement';
import { type Month, nextMonth } from './months';

/** The budget line of a programme in a region (four digits) and year: `hire_pwd-1703-2023`. */
export const lineOf = (programme: Programme, region: string, year: number): string =>
  `${programme}-${region}-${year}`;

/** A line's programme, region and year. */
export const parseLine = (id: string): { programme: Programme; region: string; year: number } => {
  const [programme = '', region = '', year = ''] = id.split('-');
  return { programme: programme as Programme, region, year: Number(year) };
};

/** The year in which a month is payable: that of the month after, so December belongs to the next [money §3]. */
export const payableYear = (month: Month): number => Number(nextMonth(month).slice(0, 4));

/** What is to be reserved on a line: by month, in whole so'm, and together. */
export interface Commitment {
  line: string;
  months: { month: Month; amount: bigint }[];
  total: bigint;
}

/**
 * What a subsidy reserves: every month of its period at the BHM published for it, on the line of the year in which the month is
 * payable; a month that was payable in a year already over, on the line of the year it is reserved in [money §3].
 *
 * @param reckoning with the BHM values published by then
 * @param region the employer's, four digits
 * @param on the day of reserving, in whose year or later everything is paid
 * @returns the lines in order of years; a month worth nothing is left out
 * @throws RuleError amount_not_set, no_bhm
 */
export const commitmentOf = (reckoning: Reckoning, region: string, on: Day): Commitment[] => {
  const worth = entitlementsOf(reckoning).filter(({ amount }) => amount > 0n);
  const yearOf = ({ month }: Entitlement): number => Math.max(payableYear(month), Number(on.slice(0, 4)));
  return [...new Set(worth.map(yearOf))].map((year) => {
    const months = worth.filter((each) => yearOf(each) === year);
    return {
      line: lineOf(reckoning.terms.programme, region, year),
      months: months.map(({ month, amount }) => ({ month, amount })),
      total: months.reduce((sum, { amount }) => sum + amount, 0n),
    };
  });
};
