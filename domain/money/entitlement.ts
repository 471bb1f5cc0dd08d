import type { Calendar, Week } from '../calendar';
import { addDays, type Day, daysBetween } from '../day';
import type { DatedAmount } from '../policy';
import { bhmDayOf, bhmOn, byDayAmount } from './amount';
import type { Month } from './months';
import { monthsOf, type Period, periodOf } from './period';
import { type Contract, paidDays, sharesOf } from './share';
import { type Dates, dayFor, multipleSet, type WageTerms } from './terms';

/** What a subsidy's months are reckoned from. */
export interface Reckoning {
  terms: WageTerms;
  dates: Dates;
  contract: Contract;
  week: Week;
  calendar: Calendar;
  bhms: readonly DatedAmount[];
  /** The order's day for BHM rule `order_date`; while there is no order, the day it would be signed. */
  orderDate: Day;
}

/** What a month is worth and how it was reached, as employers and auditors see it [issue: BHM × multiple × share, rule, act]. */
export interface Entitlement {
  month: Month;
  /** Whole so'm. */
  amount: bigint;
  /** In units of 1/377,580 month. */
  share: number;
  /** In hundredths. */
  multiple: number;
  /** The BHM of the month: one, unless the rule is `by_day` and it changed within the month. */
  bhm: readonly BhmPart[];
  rule: 'last_day' | 'first_day' | 'order_date' | 'by_day';
  act: string;
  version: string;
}

/** A BHM and the paid days that it governs. */
export interface BhmPart {
  amount: bigint;
  validFrom: Day;
  act: string;
  days: number;
}

/** The period for which a subsidy is paid, from the day its rule names. */
export const subsidyPeriod = (terms: WageTerms, dates: Dates): Period =>
  periodOf(dayFor(terms.rule.periodStart, dates), terms.rule.months);

/**
 * What every month of a subsidy is worth, in order.
 *
 * @throws RuleError amount_not_set, no_bhm
 */
export const entitlementsOf = (reckoning: Reckoning): Entitlement[] => {
  const { terms, dates, contract, week, calendar } = reckoning;
  const multiple = multipleSet(terms.rule.multiple, terms.programme);
  const period = subsidyPeriod(terms, dates);
  const shares = sharesOf(
    { period, contract, week, calendar, proRata: terms.rule.proRata },
    terms.rule.months,
  );
  return shares.map(({ month, share }) => {
    const bhm = bhmOf(month, reckoning, period);
    return {
      month,
      amount: byDayAmount(
        bhm.flatMap(({ amount, days }) => Array<bigint>(days).fill(amount)),
        multiple,
        share,
      ),
      share,
      multiple,
      bhm,
      rule: terms.rule.bhm,
      act: terms.rule.act,
      version: terms.version,
    };
  });
};

/**
 * What one month is worth.
 *
 * @throws RangeError when the period does not touch the month
 * @throws RuleError amount_not_set, no_bhm
 */
export const entitlementOf = (month: Month, reckoning: Reckoning): Entitlement => {
  const found = entitlementsOf(reckoning).find((each) => each.month === month);
  if (!found) {
    const months = monthsOf(subsidyPeriod(reckoning.terms, reckoning.dates));
    throw new RangeError(`${month} is none of ${months.join(', ')}`);
  }
  return found;
};

const bhmOf = (month: Month, { terms, contract, bhms, orderDate }: Reckoning, period: Period): BhmPart[] => {
  const paid = daysFrom(paidDays(month, { period, contract }));
  if (terms.rule.bhm !== 'by_day')
    return [partOf(bhmOn(bhms, bhmDayOf(terms.rule.bhm, month, orderDate)), paid.length)];
  const parts: BhmPart[] = [];
  for (const day of paid) {
    const next = bhmOn(bhms, day);
    const last = parts.at(-1);
    if (last?.validFrom === next.validFrom) last.days += 1;
    else parts.push(partOf(next, 1));
  }
  return parts;
};

const daysFrom = (days: Period | undefined): Day[] =>
  days ? Array.from({ length: daysBetween(days.from, days.to) + 1 }, (_, n) => addDays(days.from, n)) : [];

const partOf = ({ amount, validFrom, act }: DatedAmount, days: number): BhmPart => ({
  amount,
  validFrom,
  act,
  days,
});
