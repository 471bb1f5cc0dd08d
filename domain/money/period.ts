import { addDays, addMonths, type Day } from '../day';
import { firstDay, lastDay, type Month, monthOf, nextMonth } from './months';

/** A first and a last day, both counted: those for which a subsidy is paid, of a course, of public works. */
export interface Period {
  from: Day;
  to: Day;
}

/**
 * The period of a subsidy: from its start to the day before the N-th monthly anniversary [money §2]. In a short month the
 * anniversary is the last day, as in retention. 6 months from 15 March end on 14 September. 6 months from 31 August 2023 end on
 * 28 February 2024, because the anniversary is the 29th.
 *
 * @param start the day of hire, application or order, as the rule says
 * @param months from 1
 * @throws RangeError when `months` is not a whole number from 1
 */
export const periodOf = (start: Day, months: number): Period => {
  if (!Number.isInteger(months) || months < 1) throw new RangeError(`not a number of months: ${months}`);
  return { from: start, to: addDays(addMonths(start, months), -1) };
};

/** The calendar months that a period touches, in order. A subsidy of N months has N or N + 1, with one claim each. */
export const monthsOf = ({ from, to }: Period): Month[] => {
  const months: Month[] = [];
  for (let month = monthOf(from); month <= monthOf(to); month = nextMonth(month)) months.push(month);
  return months;
};

/** The days of a period in a month; undefined where the month has none. */
export function partOf(month: Month, period: Period): Period | undefined {
  const [first, last] = [firstDay(month), lastDay(month)];
  const part = { from: period.from > first ? period.from : first, to: period.to < last ? period.to : last };
  return part.from <= part.to ? part : undefined;
}
