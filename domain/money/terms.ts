import type { Day } from '../day';
import { inForce, type Policy, type Programme, type WageProgramme, type WageRule } from '../policy';
import { RuleError } from './rule-error';

/** The terms a wage subsidy keeps: one programme's rule in one version of the policy. */
export interface WageTerms {
  programme: WageProgramme;
  rule: WageRule;
  /** The id of the policy version. */
  version: string;
}

/** The days of a subsidy from which a rule may count. */
export interface Dates {
  hire: Day;
  application: Day;
  /** Absent while there is no order. */
  order?: Day | undefined;
}

/** The named day. While the order is not signed, the day of application stands in for its day. */
export const dayFor = (event: keyof Dates, dates: Dates): Day => dates[event] ?? dates.application;

/**
 * The version whose terms a subsidy keeps. It is the version in force on the hire date, unless the version in force on the day
 * of application names another day [money §1: setting hire | application | order].
 */
export const policyFor = (policies: readonly Policy[], dates: Dates): Policy | undefined =>
  inForce(policies, dayFor(inForce(policies, dates.application)?.rules.termsOf ?? 'hire', dates));

/**
 * A programme's terms in a version.
 *
 * @throws RuleError no_rule when the version has no rule for the programme
 */
export const wageTerms = (policy: Policy | undefined, programme: WageProgramme): WageTerms => {
  const rule = policy?.rules.programmes[programme];
  if (!policy || !rule) throw new RuleError('no_rule', programme);
  return { programme, rule, version: policy.id };
};

/**
 * The multiple or cap of a rule, in hundredths of the BHM.
 *
 * @throws RuleError amount_not_set while the administrator has not set it
 */
export const multipleSet = (multiple: number | null, programme: string): number => {
  if (multiple === null) throw new RuleError('amount_not_set', programme);
  return multiple;
};

/** Whether a version says how much its programme pays: what is left empty is waited for [money §1]. No rule leaves nothing empty. */
export const isAmountSet = ({ rules: { programmes } }: Policy, programme: Programme): boolean => {
  const rule = programmes[programme];
  return !rule || ('cap' in rule ? rule.cap : rule.multiple) !== null;
};
