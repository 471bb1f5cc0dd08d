import type { Application } from '../../contracts';
import type { AdaptationApplication } from '../../contracts/adaptation';
import type { WageApplication } from '../../contracts/subsidy';
import { aboveQuota, type StaffSnapshot } from '../../domain/money/above-quota';
import { type Exclusion, excludedBy } from '../../domain/money/eligible';
import { policyFor } from '../../domain/money/terms';
import type { Policy, Programme } from '../../domain/policy';
import type { Subsidy } from '../../prisma/generated/client';
import { notNow } from '../kernel/refusal';
import type { Transaction } from '../kernel/transaction';
import { rivalsOf } from './rivals';
import { employerOf } from './terms';

/**
 * Why the law excludes an application, if it does, and the version that says so [money §1, §3].
 *
 * @param row as applied for
 */
export async function judge(transaction: Transaction, row: Subsidy): Promise<Exclusion | undefined> {
  const law = await transaction.law();
  const application = row.application as Application;
  const wage = application as WageApplication;
  const policy = isBeforeTheLaw(law.policies, row) ? undefined : law.policy(row.policyId);
  const adaptation = row.programme === 'workplace_adaptation';
  const { ownership, stateShare } = await employerOf(transaction, row);
  return excludedBy(
    {
      programme: row.programme as Programme,
      on: row.appliedOn,
      hiredOn: row.hiredOn ?? undefined,
      group: wage.group,
      category: wage.category,
      ownership,
      stateShare: stateShare ?? undefined,
      ...(adaptation && { entrepreneur: (application as AdaptationApplication).entrepreneur }),
      wage: wage.wage === undefined ? undefined : BigInt(wage.wage),
    },
    policy,
    {
      ...(policy &&
        row.snapshot !== null &&
        row.hiredOn !== null && {
          quota: aboveQuota(row.snapshot as StaffSnapshot, policy.rules.quota, row.hiredOn),
        }),
      minimumWages: law.minimumWage,
      others: await rivalsOf(transaction, row),
    },
  );
}

/**
 * Nobody overrides the law: neither a review nor an objection upheld [money §1].
 *
 * @throws Refusal 409 with the code and the rule that excludes the application
 */
export async function mustBeEligible(transaction: Transaction, row: Subsidy): Promise<void> {
  const excluded = await judge(transaction, row);
  if (!excluded) return;
  const { code, rule, act } = excluded;
  throw notNow(code, `It is excluded by ${rule}${act === null ? '' : ` (${act})`}.`);
}

/** Whether no version was in force on the day whose terms an application keeps: it is refused as `no_rule` [money §1]. */
const isBeforeTheLaw = (policies: readonly Policy[], { hiredOn, appliedOn, order }: Subsidy): boolean =>
  policyFor(policies, {
    hire: hiredOn ?? appliedOn,
    application: appliedOn,
    order: (order as { date: string } | null)?.date,
  }) === undefined;

/**
 * The version whose terms an application keeps; on a day before the first, by which it is refused, today's.
 *
 * @param hiredOn for an adaptation the day of application stands for it
 * @param orderedOn once it is ordered
 */
export async function policyOfApplication(
  transaction: Transaction,
  hiredOn: string,
  appliedOn: string,
  orderedOn?: string,
): Promise<string> {
  const law = await transaction.law();
  const dates = { hire: hiredOn, application: appliedOn, order: orderedOn };
  return (policyFor(law.policies, dates) ?? law.policyOn(transaction.today)).id;
}
