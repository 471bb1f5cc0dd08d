import type { AdaptationRule, Policy, QuotaRule, Rules, WageRule } from '../../domain/policy';
import type { Changes } from '../../domain/policy-changes';
import type { Day } from '../../domain/day';
import type { Db } from '../../prisma/db';
import { policyOf as versionOf } from '../../records/kernel/law';
import { changedRules } from '../../records/money/policy-schema';
import { shippedPolicies } from './shipped-policies';

const quota: QuotaRule = {
  act: 'quota',
  above: 20,
  share: 700,
  rounding: 'up',
  belowThreshold: 'not_eligible',
};

/** A wage rule as on the slides of 2023, with a test's changes. */
export const hireRule = (changed: Partial<WageRule> = {}): WageRule => ({
  act: 'PQ-57',
  multiple: 150,
  months: 6,
  periodStart: 'hire',
  proRata: 'pro_rata',
  bhm: 'last_day',
  review: { n: 3, unit: 'days' },
  eligibility: { groups: [1, 2, 3], excludedOwnership: ['budget', 'state'], stateShareBelow: 50 },
  excludes: ['above_quota'],
  attachments: ['hiring_order'],
  slot: 'wage',
  ...changed,
});

/** The rule of adapted workplaces as of 2020. */
export const adaptationRule: AdaptationRule = {
  act: 'PQ-4804',
  cap: 4000,
  review: { n: 3, unit: 'workingDays' },
  payWithin: { n: 3, unit: 'workingDays' },
  eligibility: { entrepreneursOnly: true },
  attachments: [],
};

/** An invented version of the policy for a test. */
export const policyOf = (
  programmes: Rules['programmes'],
  changed: Partial<Omit<Policy, 'rules'>> & { rules?: Partial<Rules> } = {},
): Policy => ({
  id: 'PV-1',
  act: 'the slides of 2023',
  validFrom: '2019-01-01',
  recordedAt: new Date('2019-01-01T00:00:00+05:00'),
  appliesTo: 'new',
  ...changed,
  rules: {
    programmes,
    quota,
    lengths: shippedPolicies[0]!.rules.lengths,
    directiveFor: ['vacant', 'reserved'],
    termsOf: 'hire',
    mismatchTolerance: 0,
    setOffOnSameLine: true,
    fundAccount: { holder: 'State Employment Fund', number: '23402000000000000000', mfo: '00014' },
    ...changed.rules,
  },
});

/** Records a version of the law, valid from a day: the rules of the first version with these changes. */
export async function changedLaw(db: Db, validFrom: Day, changes: Changes): Promise<void> {
  const first = await db.policyVersion.findUniqueOrThrow({ where: { id: 'PV-2019' } });
  const rules = changedRules(versionOf(first).rules, changes);
  await db.policyVersion.create({ data: { ...first, id: 'PV-changed', validFrom, rules, dryRun: {} } });
}
