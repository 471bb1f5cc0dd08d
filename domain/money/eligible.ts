import { addMonths, type Day } from '../day';
import type { RefusalCode } from '../pathways/subsidy';
import {
  type DatedAmount,
  type Eligibility,
  type Policy,
  type EmployersProgramme,
  type Programme,
  wageProgrammes,
  type WageRule,
} from '../policy';
import type { QuotaAnswer } from './above-quota';
import { amountOf, minimumWageOn } from './amount';
import type { Month } from './months';
import { monthsOf, periodOf } from './period';
import { dayFor } from './terms';

/** The known facts of an application. An unknown fact excludes nothing: the review decides on it. */
export interface Applied {
  programme: EmployersProgramme;
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

/** The facts of the record beside the application. */
export interface Circumstances {
  quota?: QuotaAnswer | undefined;
  minimumWages: readonly DatedAmount[];
  /** The wage subsidies of the same person and employer that are neither refused nor abandoned. */
  others: readonly Rival[];
}

/** Another wage subsidy of the same person and employer. */
export interface Rival {
  programme: Programme;
  /** The programmes that its own terms exclude for the same month. */
  excludes: readonly Programme[];
  /** The months that it is paid for or has reserved; before its order, the whole period. */
  months: readonly Month[];
  /** Its period is not over, and no end is known. */
  goesOn: boolean;
}

/** The reason why the law excludes an application: its rule, act and version. */
export type Exclusion = {
  code: RefusalCode;
  /** The place in the version: `hire_pwd.eligibility.groups`. */
  rule: string;
  act: string | null;
  version: string | null;
  /** What the rule asks for: values, a day, a sum in so'm. */
  params?: Readonly<Record<string, string | number>>;
};

/**
 * The first reason why the law excludes an application [money §1, §3].
 *
 * @param policy the version whose terms the subsidy would keep (`policyFor`)
 * @returns undefined without a reason
 * @throws RuleError no_minimum_wage when a wage floor is asked for on a day before the first
 */
export const excludedBy = (
  applied: Applied,
  policy: Policy | undefined,
  circumstances: Circumstances,
): Exclusion | undefined => {
  const { programme } = applied;
  const rule = policy?.rules.programmes[programme];
  const exclusion = ({ code, where, params }: Omit<Fault, 'where'> & { where?: string }): Exclusion => ({
    code,
    rule: where === undefined ? programme : `${programme}.${where}`,
    act: rule?.act ?? policy?.act ?? null,
    version: policy?.id ?? null,
    ...(params && { params }),
  });
  if (!rule) return exclusion({ code: 'no_rule' });
  const facts = { ...applied, ...circumstances };
  const fault = 'months' in rule ? wageFault(rule, facts) : undefined;
  if (fault) return exclusion(fault);
  const found = CONDITIONS.find(({ excludes }) => excludes(rule.eligibility, facts));
  if (!found) return undefined;
  const { code, where, asks } = found;
  return exclusion({ code, where, ...(asks && { params: asks(rule.eligibility, facts) }) });
};

/**
 * The other wage programmes that nothing known excludes an application from, where the one it was made for is refused: the
 * employer may apply for them instead.
 */
export const othersThatFit = (
  applied: Applied,
  policy: Policy | undefined,
  circumstances: Circumstances,
): Programme[] =>
  applied.programme === 'workplace_adaptation'
    ? []
    : wageProgrammes.filter(
        (programme) =>
          programme !== applied.programme &&
          excludedBy({ ...applied, programme }, policy, circumstances) === undefined,
      );

type Facts = Applied & Circumstances;
type Fault = { code: RefusalCode; where: string; params?: Exclusion['params'] };

const wageFault = (rule: WageRule, facts: Facts): Fault | undefined => {
  if (facts.hiredOn === undefined) return undefined;
  const start = dayFor(rule.periodStart, { hire: facts.hiredOn, application: facts.on });
  const period = periodOf(start, rule.months);
  if (facts.on > period.to) return { code: 'period_over', where: 'months', params: { last: period.to } };
  const rivals = facts.others.filter((other) => isExcludedBy(other, { ...rule, programme: facts.programme }));
  const taken = new Set(rivals.flatMap(({ months }) => months));
  const months = monthsOf(period);
  const inTheWay = rivals.some((other) => other.goesOn && months.some((each) => other.months.includes(each)));
  return inTheWay || months.every((each) => taken.has(each))
    ? { code: 'another_subsidy', where: 'excludes' }
    : undefined;
};

/**
 * Whether two subsidies exclude each other for the same month: they are of one programme, or one excludes the other. A second
 * subsidy for the same job leaves out the months that the first was paid for [money §3].
 */
export const isExcludedBy = (
  a: Pick<Rival, 'programme' | 'excludes'>,
  b: Pick<Rival, 'programme' | 'excludes'>,
): boolean =>
  a.programme === b.programme || a.excludes.includes(b.programme) || b.excludes.includes(a.programme);

/** The least wage on a day, in whole so'm a month. */
const floorOn = (minimumWages: readonly DatedAmount[], on: Day, wageFloor: number): bigint =>
  amountOf(minimumWageOn(minimumWages, on).amount, wageFloor);

/** The conditions that a rule may name, each with its test for exclusion. */
const CONDITIONS: readonly {
  code: RefusalCode;
  where: string;
  excludes: (asked: Eligibility, facts: Facts) => boolean;
  /** The condition's requirement, as the refusal tells it. */
  asks?: (asked: Eligibility, facts: Facts) => Readonly<Record<string, string | number>>;
}[] = [
  {
    code: 'group',
    where: 'eligibility.groups',
    excludes: ({ groups }, { group }) =>
      groups !== undefined && group !== undefined && !groups.some((each) => each === group),
    asks: ({ groups = [] }) => ({ possible: groups.join(', ') }),
  },
  {
    code: 'category',
    where: 'eligibility.categories',
    excludes: ({ categories }, { category }) =>
      categories !== undefined && category !== undefined && !categories.includes(category),
    asks: ({ categories = [] }) => ({ possible: categories.join(', ') }),
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
    asks: ({ stateShareBelow = 0 }) => ({ below: stateShareBelow }),
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
      wageFloor !== undefined && wage !== undefined && wage < floorOn(minimumWages, on, wageFloor),
    asks: ({ wageFloor = 0 }, { on, minimumWages }) => ({
      floor: Number(floorOn(minimumWages, on, wageFloor)),
    }),
  },
  {
    code: 'months_worked',
    where: 'eligibility.monthsWorkedBefore',
    excludes: ({ monthsWorkedBefore }, { hiredOn, on }) =>
      monthsWorkedBefore !== undefined &&
      hiredOn !== undefined &&
      addMonths(hiredOn, monthsWorkedBefore) > on,
    asks: ({ monthsWorkedBefore = 0 }, { hiredOn, on }) => ({
      months: monthsWorkedBefore,
      from: addMonths(hiredOn ?? on, monthsWorkedBefore),
    }),
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
