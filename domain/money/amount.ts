import type { Day } from '../day';
import { type DatedAmount, inForce, type WageRule } from '../policy';
import { firstDay, lastDay, type Month } from './months';
import { RuleError } from './rule-error';
import { UNITS } from './share';

/**
 * ⌊BHM × multiple × share⌋ in whole so'm, with one division at the end [money §2].
 *
 * @param bhm in so'm
 * @param multipleHundredths 150 is 1.5 × BHM
 * @param share in units of 1/377,580 month; a whole month if absent
 * @throws RangeError when one of them is negative or not whole
 */
export const amountOf = (bhm: bigint, multipleHundredths: number, share: number = UNITS): bigint =>
  byDayAmount([bhm], multipleHundredths, share);

/**
 * The amount under BHM rule `by_day`, where each day has its own BHM. The share is spread evenly over the days.
 *
 * @param bhmOfDays the BHM of each paid day; none gives 0
 */
export const byDayAmount = (
  bhmOfDays: readonly bigint[],
  multipleHundredths: number,
  share: number = UNITS,
): bigint => {
  const factors = [...bhmOfDays, BigInt(multipleHundredths), BigInt(share)];
  if (factors.some((factor) => factor < 0n)) throw new RangeError(`below 0: ${factors.join(', ')}`);
  if (bhmOfDays.length === 0) return 0n;
  const sum = bhmOfDays.reduce((total, bhm) => total + bhm, 0n);
  return (
    (sum * BigInt(multipleHundredths) * BigInt(share)) / (BigInt(bhmOfDays.length) * 100n * BigInt(UNITS))
  );
};

/**
 * The day whose BHM applies to a month.
 *
 * @param orderDate the day of the order; before the order, the day on which the head would sign it
 */
export const bhmDayOf = (rule: Exclude<WageRule['bhm'], 'by_day'>, month: Month, orderDate: Day): Day =>
  ({ last_day: lastDay(month), first_day: firstDay(month), order_date: orderDate })[rule];

/**
 * The BHM in force on a day.
 *
 * @throws RuleError no_bhm on a day before the first: an error, not 0
 */
export const bhmOn = (bhms: readonly DatedAmount[], day: Day): DatedAmount => {
  const found = inForce(bhms, day);
  if (!found) throw new RuleError('no_bhm', day);
  return found;
};

/**
 * The minimum wage in force on a day.
 *
 * @throws RuleError no_minimum_wage on a day before the first
 */
export const minimumWageOn = (wages: readonly DatedAmount[], day: Day): DatedAmount => {
  const found = inForce(wages, day);
  if (!found) throw new RuleError('no_minimum_wage', day);
  return found;
};
