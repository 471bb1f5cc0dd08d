import { addDays, addMonths, type Day } from '../day';
import { type Month, monthOf, nextMonth } from './months';

/** The days for which a subsidy is paid, both included. */
export interface Period {
  from: Day;
  to: Day;
}

/**
 * The period of a subsidy: from its start to the day before the N-th monthly anniversary, which is clamped as in retention
 * [money §2]. 15 March and 6 months end on 14 September; 31 August 2023 and 6 months on 28 February 2024, because the
 * anniversary is the 29th.
 *
 * @param start the day of hire, application or order, as the rule says
 * @param months from 1
 * @throws RangeError when there is not one whole month
 */
export const periodOf = (start: Day, months: number): Period => {
  if (!Number.isInteger(months) || months < 1) throw new RangeError(`not a number of months: ${months}`);
  return { from: start, to: addDays(addMonths(start, months), -1) };
};

/** The calendar months that a period touches, in order: N or N + 1, one claim each. */
export const monthsOf = ({ from, to }: Period): Month[] => {
  const months: Month[] = [];
  for (let month = monthOf(from); month <= monthOf(to); month = nextMonth(month)) months.push(month);
  return months;
};
