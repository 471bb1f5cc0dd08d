import { obligations, type Duty } from './obligations';
import { isNewer, type Policy, type Programme } from './policy';
import type { NumberName } from './policy-numbers';
import type { EventType } from './words/words';

/** The rule that an event rests on: its place in a version of the policy, and the act that brought it. */
export type Citation = { rule: string; act: string; version: string };

type Params = Readonly<Record<string, unknown>>;
/** The place in the rules, by what the event says. */
type Place = (params: Params) => string | undefined;

const always =
  (place: string): Place =>
  () =>
    place;
/** An event that rests on a number names the number's version. */
const ofNumber =
  (name: NumberName): Place =>
  ({ version }) =>
    version === undefined ? undefined : `numbers.${name}`;
const ofProgramme: Place = ({ programme }) =>
  typeof programme === 'string' ? `programmes.${programme}` : undefined;
const ofWait: Place = ({ kind }) => {
  const wait = obligations[kind as keyof typeof obligations] as { duties: readonly Duty[] } | undefined;
  const length = wait?.duties[0]?.length;
  return length && `lengths.${length}`;
};

/**
 * What an event rests on: a deadline, a number, an amount, the rule of the directive, or the condition that refused an
 * application. All others rest on no rule of the policy, and cite none. A number that no version names is our default, and no
 * act says so.
 */
const rests: Partial<Record<EventType, Place>> = {
  deadline_passed: ofWait,
  escalated: ofWait,
  referral_silent: always('lengths.employerDecision'),
  inspection_breached: always('lengths.directive'),
  application_abandoned: always('lengths.completion'),
  claim_lapsed: always('lengths.declarationLate'),
  recovery_demanded: always('lengths.repayment'),
  inspection_directed: always('directiveFor'),
  inspection_extended: ofNumber('inspectionExtensionMax'),
  extension_granted: ofNumber('employerExtensionMax'),
  case_reopened: ofNumber('reopenWithinMonths'),
  hired: ofNumber('retentionMonths'),
  public_works_agreed: ofNumber('publicWorksDays'),
  training_interrupted: ofNumber('interruptionMonths'),
  public_works_silent: always('lengths.worksPlaceByHead'),
  business_registered: ofNumber('businessMonths'),
  business_already: ofNumber('businessBeforeDays'),
  business_not_registered: always('lengths.businessRegistration'),
  older_contract: ofNumber('contractBeforeIssueDays'),
  worked_there_already: ofNumber('contractBeforeIssueDays'),
  application_refused: ({ rule }) => (typeof rule === 'string' ? `programmes.${rule}` : undefined),
  awaiting_law: ofProgramme,
  amount_set: ofProgramme,
  subsidy_ordered: ofProgramme,
  claim_ready: ofProgramme,
  claim_zero: ofProgramme,
  corrected: ofProgramme,
};

/**
 * The rule that an event rests on.
 *
 * @param policies every active version
 * @param version the one under which it happened; the event's own `version` comes first
 * @returns undefined where it rests on none
 */
export function citationOf(
  policies: readonly Policy[],
  { type, params, version }: { type: string; params: Params; version: string },
): Citation | undefined {
  const rule = rests[type as EventType]?.(params);
  const id = typeof params['version'] === 'string' ? params['version'] : version;
  const policy = policies.find((each) => each.id === id);
  if (rule === undefined || !policy || isDefault(policy, rule)) return undefined;
  return { rule, act: actOf(policies, policy, rule), version: id };
}

const isDefault = (policy: Policy, rule: string): boolean =>
  rule.startsWith('numbers.') && valueAt(policy, rule) === undefined;

/** A programme has an act of its own. Every other value has the act of the version that brought it into force. */
function actOf(policies: readonly Policy[], policy: Policy, rule: string): string {
  const [area, programme] = rule.split('.');
  const its = area === 'programmes' ? policy.rules.programmes[programme as Programme] : undefined;
  if (its) return its.act;
  const byAge = policies.toSorted((a, b) => Number(isNewer(a, b)) - Number(isNewer(b, a)));
  const upToIt = byAge.slice(0, byAge.indexOf(policy) + 1);
  const value = JSON.stringify(valueAt(policy, rule));
  const before = upToIt.findLastIndex((each) => JSON.stringify(valueAt(each, rule)) !== value);
  return upToIt[before + 1]?.act ?? policy.act;
}

const valueAt = ({ rules }: Policy, rule: string): unknown =>
  rule
    .split('.')
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], rules);
