import type { Day } from '../day';
import type { Programme } from '../policy';
import type { Entitlement } from './entitlement';
import { type Month, nextMonth } from './months';

/** The budget line of a programme in a region (four digits) and year: `hire_pwd-1703-2023`. */
export const lineOf = (programme: Programme, region: string, year: number): string =>
  `${programme}-${region}-${year}`;

/** A line's programme, region and year. */
export const parseLine = (id: string): { programme: Programme; region: string; year: number } => {
  const [programme = '', region = '', year = ''] = id.split('-');
  return { programme: programme as Programme, region, year: Number(year) };
};

/** The year in which a month is payable: the year of the month after. So December belongs to the next year [money §3]. */
export const payableYear = (month: Month): number => Number(nextMonth(month).slice(0, 4));

/** The sums to be reserved on a line: by month and together, in whole so'm. */
export interface Commitment {
  line: string;
  months: { month: Month; amount: bigint }[];
  total: bigint;
}

/**
 * The sums that a subsidy reserves, from the amounts of its months [money §3]. Each month of its period is reserved at the BHM published for the month, on the
 * line of the year in which it is payable. If that year is over, the month is reserved on the line of the present year.
 *
 * @param worths with the BHM values published by then
 * @param region of the office that orders it, four digits
 * @param on the day of reserving; all months are paid in its year or later
 * @returns the lines in order of years, without months whose amount is 0
 */
export const commitmentOf = (
  worths: readonly Entitlement[],
  { programme, region, on }: { programme: Programme; region: string; on: Day },
): Commitment[] => {
  const worth = worths.filter(({ amount }) => amount > 0n);
  const yearOf = ({ month }: Entitlement): number => Math.max(payableYear(month), Number(on.slice(0, 4)));
  return [...new Set(worth.map(yearOf))].map((year) => {
    const months = worth.filter((each) => yearOf(each) === year);
    return {
      line: lineOf(programme, region, year),
      months: months.map(({ month, amount }) => ({ month, amount })),
      total: months.reduce((sum, { amount }) => sum + amount, 0n),
    };
  });
};
