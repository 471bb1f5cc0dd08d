import type { Application } from '../../contracts';
import type { AdaptationApplication } from '../../contracts/adaptation';
import type { WageApplication, WageReview } from '../../contracts/subsidy';
import { aboveQuota, type StaffSnapshot } from '../../domain/money/above-quota';
import { type Exclusion, excludedBy, othersThatFit } from '../../domain/money/eligible';
import { policyFor } from '../../domain/money/terms';
import type { EmployersProgramme, Policy, Programme } from '../../domain/policy';
import type { Subsidy } from '../../prisma/generated/client';
import { notNow } from '../kernel/refusal';
import type { Transaction } from '../kernel/transaction';
import { rivalsOf } from './rivals';
import { employerOf } from './terms';

/**
 * The rule that excludes an application, if one does, and the version that holds the rule [money §1, §3].
 *
 * @param row the subsidy as applied for
 */
export async function judge(transaction: Transaction, row: Subsidy): Promise<Exclusion | undefined> {
  return excludedBy(...(await factsOf(transaction, row)));
}

/** The other programmes that a refused application may be made for, as far as is known. */
export async function othersFitting(transaction: Transaction, row: Subsidy): Promise<Programme[]> {
  return othersThatFit(...(await factsOf(transaction, row)));
}

/** The facts, terms and dates by which an application is judged. */
async function factsOf(transaction: Transaction, row: Subsidy): Promise<Parameters<typeof excludedBy>> {
  const law = await transaction.law();
  const application = row.application as Application;
  const wage = application as WageApplication;
  const policy = isBeforeTheLaw(law.policies, row) ? undefined : law.policy(row.policyId);
  const adaptation = row.programme === 'workplace_adaptation';
  const { ownership, stateShare } = await employerOf(transaction, row);
  return [
    {
      programme: row.programme as EmployersProgramme,
      on: row.appliedOn,
      hiredOn: row.hiredOn ?? undefined,
      group: groupFound(row) ?? wage.group,
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
  ];
}

/**
 * Checks that the law does not exclude an application. Neither a review nor an upheld objection overrides the law [money §1].
 *
 * @throws Refusal 409 with the code and the rule that excludes the application
 */
export async function mustBeEligible(transaction: Transaction, row: Subsidy): Promise<void> {
  const excluded = await judge(transaction, row);
  if (!excluded) return;
  const { code, rule, act } = excluded;
  throw notNow(code, `The application is excluded by ${rule}${act === null ? '' : ` (${act})`}.`);
}

/** The disability group that the review named, by a document. */
const groupFound = ({ review }: Subsidy): number | undefined =>
  (review as Partial<Extract<WageReview, { outcome: 'propose' }>> | null)?.group?.stands;

/** Whether no version was in force on the day that decides an application's terms: it is refused as `no_rule` [money §1]. */
const isBeforeTheLaw = (policies: readonly Policy[], { hiredOn, appliedOn, order }: Subsidy): boolean =>
  policyFor(policies, {
    hire: hiredOn ?? appliedOn,
    application: appliedOn,
    order: (order as { date: string } | null)?.date,
  }) === undefined;

/**
 * The version whose terms an application keeps. For a day before the first version it is today's, which refuses it.
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
