import { type Calendar, isWorkingDay, type Week } from '../calendar';
import { addDays, type Day, daysBetween } from '../day';
import type { WageRule } from '../policy';
import { firstDay, lastDay, lengthOf, type Month } from './months';
import { monthsOf, type Period } from './period';

/** A whole month in units. 28, 29, 30 and 31 divide this number, so shares are exact [money §2]. */
export const UNITS = 377_580;

/** The first and the last day on which a contract is in force. */
export interface Contract {
  since: Day;
  until?: Day | undefined;
}

/** The facts from which the shares of a subsidy's months are computed. */
export interface Worked {
  period: Period;
  contract: Contract;
  /** The contract's working week. */
  week: Week;
  calendar: Calendar;
  proRata: WageRule['proRata'];
}

/**
 * The share of a month in units of 1/377,580. The share is whole if all working days of the month lie inside both period and
 * contract. Otherwise it is the days divided by the length of the month. Under `none` a part counts as nothing, under `full` as
 * the whole.
 */
export const shareOf = ({ month, ...worked }: Worked & { month: Month }): number => {
  const days = paidDays(month, worked);
  if (days === undefined) return 0;
  return isWhole(month, days, worked) ? UNITS : PART[worked.proRata](month, days);
};

/** The days of a month that lie inside both period and contract; undefined without such a day. */
export const paidDays = (month: Month, { period, contract }: Pick<Worked, 'period' | 'contract'>) => {
  const from = latest(firstDay(month), period.from, contract.since);
  const to = earliest(lastDay(month), period.to, contract.until ?? period.to);
  return from <= to ? { from, to } : undefined;
};

/**
 * The shares of all months of the period, in order. Together they never exceed its number of months. They follow from days
 * alone and not from payments, so the order of new calculations does not matter.
 */
export const sharesOf = (worked: Worked, months: number): { month: Month; share: number }[] => {
  let taken = 0;
  return monthsOf(worked.period).map((month) => {
    const share = claimShare(shareOf({ month, ...worked }), taken, months);
    taken += share;
    return { month, share };
  });
};

/** A claim's part of its share: at most the `months` of the rule less the shares before it. */
export const claimShare = (share: number, takenBefore: number, months: number): number =>
  Math.max(0, Math.min(share, months * UNITS - takenBefore));

const isWhole = (month: Month, { from, to }: Period, worked: Worked): boolean =>
  isOff(firstDay(month), addDays(from, -1), worked) && isOff(addDays(to, 1), lastDay(month), worked);

/** Whether none of the days from one to another is a working day of the week. */
const isOff = (from: Day, to: Day, { calendar, week }: Worked): boolean => {
  for (let day = from; day <= to; day = addDays(day, 1)) if (isWorkingDay(calendar, day, week)) return false;
  return true;
};

const PART: Record<WageRule['proRata'], (month: Month, days: Period) => number> = {
  pro_rata: (month, { from, to }) => (daysBetween(from, to) + 1) * (UNITS / lengthOf(month)),
  none: () => 0,
  full: () => UNITS,
};

const latest = (...days: Day[]): Day => days.reduce((a, b) => (a > b ? a : b));
const earliest = (...days: Day[]): Day => days.reduce((a, b) => (a < b ? a : b));
