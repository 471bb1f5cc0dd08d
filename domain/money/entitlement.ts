import type { Calendar, Week } from '../calendar';
import { addDays, type Day, daysBetween } from '../day';
import type { DatedAmount, WageRule } from '../policy';
import { bhmDayOf, bhmOn, byDayAmount } from './amount';
import type { Month } from './months';
import { monthsOf, type Period, periodOf } from './period';
import { type Contract, paidDays, sharesOf } from './share';
import { type Dates, dayFor, multipleSet, type WageTerms } from './terms';

/** The facts from which a subsidy's months are computed. */
export interface Reckoning {
  terms: WageTerms;
  dates: Dates;
  contract: Contract;
  week: Week;
  calendar: Calendar;
  bhms: readonly DatedAmount[];
  /** The order's day for BHM rule `order_date`; before the order, the day on which the head would sign it. */
  orderDate: Day;
}

/** The amount of a month and its calculation, for employers and auditors: BHM × multiple × share, rule, act. */
export interface Entitlement {
  month: Month;
  /** Whole so'm. */
  amount: bigint;
  /** In units of 1/377,580 month. */
  share: number;
  /** In hundredths. */
  multiple: number;
  /** The BHM of the month. There are several only under rule `by_day`, when the BHM changed within the month. */
  bhm: readonly BhmPart[];
  rule: 'last_day' | 'first_day' | 'order_date' | 'by_day';
  act: string;
  version: string;
}

/** A BHM and the number of paid days to which it applies. */
export interface BhmPart {
  amount: bigint;
  validFrom: Day;
  act: string;
  days: number;
}

/** The paid period of a subsidy, from the day that its rule names. */
export const subsidyPeriod = (terms: WageTerms, dates: Dates): Period =>
  periodOf(dayFor(terms.rule.periodStart, dates), terms.rule.months);

/**
 * The amounts of a subsidy's months, in order.
 *
 * @throws RuleError amount_not_set, no_bhm
 */
export const entitlementsOf = (reckoning: Reckoning): Entitlement[] => {
  const { terms, dates, contract, week, calendar, bhms, orderDate } = reckoning;
  const multiple = multipleSet(terms.rule.multiple, terms.programme);
  const period = subsidyPeriod(terms, dates);
  const shares = sharesOf(
    { period, contract, week, calendar, proRata: terms.rule.proRata },
    terms.rule.months,
  );
  return shares.map(({ month, share }) =>
    worthOfMonth(
      { month, share, paid: daysFrom(paidDays(month, { period, contract })) },
      { rule: terms.rule, multiple, version: terms.version, bhms, orderDate },
    ),
  );
};

/** A month of an entitlement: its share in units of 1/377,580 month, and the days that it pays for. */
interface PaidMonth {
  month: Month;
  share: number;
  paid: readonly Day[];
}

/** The terms of a month's amount; `multiple` in hundredths. */
interface MonthTerms extends Pick<Reckoning, 'bhms' | 'orderDate'> {
  rule: Pick<WageRule, 'bhm' | 'act'>;
  multiple: number;
  version: string;
}

/**
 * The amount of a month, by its share and the BHM.
 *
 * @throws RuleError no_bhm
 */
export const worthOfMonth = (
  { month, share, paid }: PaidMonth,
  { rule, multiple, version, bhms, orderDate }: MonthTerms,
): Entitlement => {
  const bhm = bhmOf(month, paid, { rule, bhms, orderDate });
  const ofDays = bhm.flatMap(({ amount, days }) => Array<bigint>(days).fill(amount));
  const amount = byDayAmount(ofDays, multiple, share);
  return { month, amount, share, multiple, bhm, rule: rule.bhm, act: rule.act, version };
};

/**
 * The amount of one month.
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

const bhmOf = (
  month: Month,
  paid: readonly Day[],
  { rule, bhms, orderDate }: Pick<MonthTerms, 'rule' | 'bhms' | 'orderDate'>,
): BhmPart[] => {
  if (rule.bhm !== 'by_day') return [partOf(bhmOn(bhms, bhmDayOf(rule.bhm, month, orderDate)), paid.length)];
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
