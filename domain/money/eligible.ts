import { addMonths, type Day } from '../day';
import type { RefusalCode } from '../pathways/subsidy';
import type { AdaptationRule, DatedAmount, Eligibility, Policy, Programme, WageRule } from '../policy';
import type { QuotaAnswer } from './above-quota';
import { amountOf, minimumWageOn } from './amount';
import { type Period, periodOf, shareMonth } from './period';
import { dayFor } from './terms';

/** What is known of an application when it is judged. What nobody has said yet excludes nothing: it is for the review. */
export interface Applied {
  programme: Programme;
  on: Day;
  /** Absent for an adaptation. */
  hiredOn?: Day | undefined;
  group?: number | undefined;
  category?: string | undefined;
  /** The employer's kind. */
  ownership?: string | undefined;
  /** In percent. */
  stateShare?: number | undefined;
  entrepreneur?: boolean | undefined;
  /** The wage by contract, whole so'm a month. */
  wage?: bigint | undefined;
}

/** What the record knows beside it. */
export interface Circumstances {
  quota?: QuotaAnswer | undefined;
  minimumWages: readonly DatedAmount[];
  /** The wage subsidies of the same person and employer that stand: not refused, not abandoned. */
  others: readonly { programme: Programme; excludes: readonly Programme[]; period: Period }[];
}

/** Why the law excludes an application: by which of its rules, act and version. */
export type Exclusion = {
  code: RefusalCode;
  /** The place in the version: `hire_pwd.eligibility.groups`. */
  rule: string;
  act: string | null;
  version: string | null;
};

/**
 * The first reason for which the law excludes an application [money §1, §3].
 *
 * @param policy the version whose terms it would keep (`policyFor`)
 * @returns undefined when there is none
 * @throws RuleError no_minimum_wage when a wage floor is asked for on a day before the first
 */
export const excludedBy = (
  applied: Applied,
  policy: Policy | undefined,
  circumstances: Circumstances,
): Exclusion | undefined => {
  const { programme } = applied;
  const rule = policy?.rules.programmes[programme];
  const exclusion = (code: RefusalCode, where?: string): Exclusion => ({
    code,
    rule: where === undefined ? programme : `${programme}.${where}`,
    act: rule?.act ?? policy?.act ?? null,
    version: policy?.id ?? null,
  });
  if (!rule) return exclusion('no_rule');
  const facts = { ...applied, ...circumstances };
  const found =
    ('months' in rule ? wageFault(rule, facts) : adaptationFault(rule)) ??
    CONDITIONS.find(({ excludes }) => excludes(rule.eligibility, facts));
  return found && exclusion(found.code, found.where);
};

type Facts = Applied & Circumstances;
type Fault = { code: RefusalCode; where: string };

const adaptationFault = ({ cap }: AdaptationRule): Fault | undefined =>
  cap === null ? { code: 'amount_not_set', where: 'cap' } : undefined;

const wageFault = (rule: WageRule, facts: Facts): Fault | undefined => {
  if (rule.multiple === null) return { code: 'amount_not_set', where: 'multiple' };
  if (facts.hiredOn === undefined) return undefined;
  const start = dayFor(rule.periodStart, { hire: facts.hiredOn, application: facts.on });
  const period = periodOf(start, rule.months);
  if (facts.on > period.to) return { code: 'period_over', where: 'months' };
  const inTheWay = facts.others.some(
    (other) =>
      shareMonth(other.period, period) &&
      (other.programme === facts.programme ||
        rule.excludes.includes(other.programme) ||
        other.excludes.includes(facts.programme)),
  );
  return inTheWay ? { code: 'another_subsidy', where: 'excludes' } : undefined;
};

/** Each condition that a rule may name, and when it excludes. */
const CONDITIONS: readonly (Fault & { excludes: (asked: Eligibility, facts: Facts) => boolean })[] = [
  {
    code: 'group',
    where: 'eligibility.groups',
    excludes: ({ groups }, { group }) =>
      groups !== undefined && group !== undefined && !groups.some((each) => each === group),
  },
  {
    code: 'category',
    where: 'eligibility.categories',
    excludes: ({ categories }, { category }) =>
      categories !== undefined && category !== undefined && !categories.includes(category),
  },
  {
    code: 'ownership',
    where: 'eligibility.excludedOwnership',
    excludes: ({ excludedOwnership = [] }, { ownership }) =>
      ownership !== undefined && excludedOwnership.includes(ownership),
  },
  {
    code: 'state_share',
    where: 'eligibility.stateShareBelow',
    excludes: ({ stateShareBelow }, { stateShare }) =>
      stateShareBelow !== undefined && stateShare !== undefined && stateShare >= stateShareBelow,
  },
  {
    code: 'not_entrepreneur',
    where: 'eligibility.entrepreneursOnly',
    excludes: ({ entrepreneursOnly }, { entrepreneur }) =>
      entrepreneursOnly === true && entrepreneur === false,
  },
  {
    code: 'wage_floor',
    where: 'eligibility.wageFloor',
    excludes: ({ wageFloor }, { wage, on, minimumWages }) =>
      wageFloor !== undefined &&
      wage !== undefined &&
      wage < amountOf(minimumWageOn(minimumWages, on).amount, wageFloor),
  },
  {
    code: 'months_worked',
    where: 'eligibility.monthsWorkedBefore',
    excludes: ({ monthsWorkedBefore }, { hiredOn, on }) =>
      monthsWorkedBefore !== undefined &&
      hiredOn !== undefined &&
      addMonths(hiredOn, monthsWorkedBefore) > on,
  },
  {
    code: 'not_above_quota',
    where: 'eligibility.aboveQuota',
    excludes: ({ aboveQuota }, { quota }) => aboveQuota === true && quota === 'not_above',
  },
  {
    code: 'no_quota',
    where: 'eligibility.aboveQuota',
    excludes: ({ aboveQuota }, { quota }) => aboveQuota === true && quota === 'not_eligible',
  },
];
