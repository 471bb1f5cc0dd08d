import type { Day } from '../day';
import { EMPLOYMENT, type Fund } from '../fund';
import type { Actor, Owner } from '../roles';
import { type FundAccount, isNewer, type Policy, type Programme, type Rules } from '../policy';

/** The fund of an office that gets a wait about a fund's money: a finance office has one, and other offices serve all funds. */
export const officeFund = (role: Owner, fund: string | undefined): Fund =>
  role === 'finance_officer' ? ((fund ?? EMPLOYMENT) as Fund) : EMPLOYMENT;

/** The fund of a finance office other than that of employment, which words and numbers leave out. */
export function otherFund(role: Owner, fund: string | undefined): Fund | null {
  const of = officeFund(role, fund);
  return of === EMPLOYMENT ? null : of;
}

/** Whether an official acts for a fund: a finance officer for their own, others for each. */
export const actsFor = ({ role, fund = EMPLOYMENT }: Pick<Actor, 'role' | 'fund'>, of: string): boolean =>
  role !== 'finance_officer' || fund === of;

/** The fund that a version names for a programme; undefined where the version has no rule of it. */
const fundUnder = ({ programmes }: Rules, programme: Programme): Fund | undefined => {
  const rule = programmes[programme];
  return rule && (rule.fund ?? EMPLOYMENT);
};

/**
 * The fund that pays a programme: by the newest version that has a rule of the programme, whatever the day. Money of a programme
 * never moves to another fund, so a new version may not name another one once there is such money.
 */
export function fundOf(policies: readonly Policy[], programme: Programme): Fund {
  const named = policies.filter(({ rules }) => fundUnder(rules, programme) !== undefined);
  const newest = named.reduce<Policy | undefined>(
    (best, next) => (best && isNewer(best, next) ? best : next),
    undefined,
  );
  return (newest && fundUnder(newest.rules, programme)) ?? EMPLOYMENT;
}

/** The programmes for which rules name another fund than the one that pays them by now. */
export const movedProgrammes = (policies: readonly Policy[], rules: Rules): Programme[] =>
  (Object.keys(rules.programmes) as Programme[]).filter(
    (programme) => fundUnder(rules, programme) !== fundOf(policies, programme),
  );

/** The account that an overpayment is repaid to. */
export function accountOfFund({ fundAccount, fundAccounts }: Rules, fund: Fund): FundAccount {
  const account = fund === EMPLOYMENT ? fundAccount : fundAccounts?.[fund];
  if (!account) throw new Error(`the policy names no account of the fund ${fund}`);
  return account;
}

/** Whether the rules name an account of every fund that they pay from. */
export const namesAccounts = ({
  programmes,
  fundAccounts,
}: Pick<Rules, 'programmes' | 'fundAccounts'>): boolean =>
  Object.values(programmes).every(
    ({ fund = EMPLOYMENT }) => fund === EMPLOYMENT || fundAccounts?.[fund] !== undefined,
  );

/** The number of a fund's statement: the day, and before it a fund other than employment. */
export const statementId = (fund: Fund, day: Day): string => (fund === EMPLOYMENT ? day : `${fund}-${day}`);
