import type { LengthName } from './lengths';
import { lengthNames } from './lengths';
import type { Rules } from './policy';

/** The administrator's changes to the rules. A member that is not named stays unchanged. */
export type Changes = Readonly<Record<string, unknown>>;

/** The removable members: a programme, and a condition of eligibility. */
const removable = /^programmes\.\w+(\.eligibility\.\w+)?$/;

/**
 * Applies changes to rules. Members are merged; lists and values are replaced. `null` removes a programme or a condition.
 * Elsewhere `null` is a value: an amount that is not set.
 *
 * @returns the new rules, which the caller must validate as a whole
 */
export const mergeRules = (rules: Rules, changes: Changes): unknown => merged(rules, changes, '');

function merged(before: unknown, change: unknown, path: string): unknown {
  if (!isMembers(change)) return change;
  const members = new Map(isMembers(before) ? Object.entries(before) : []);
  for (const [name, value] of Object.entries(change)) {
    const here = path === '' ? name : `${path}.${name}`;
    if (value === null && removable.test(here)) members.delete(name);
    else members.set(name, merged(members.get(name), value, here));
  }
  return Object.fromEntries(members);
}

const isMembers = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value of the rules before and after, by its path. A length of time is one value. */
export interface Difference {
  path: string;
  before: unknown;
  after: unknown;
}

/** The values that differ between two sets of rules, in the order of their paths. */
export const differencesOf = (before: unknown, after: unknown, path = ''): Difference[] => {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  const isBranch = (value: unknown) => isMembers(value) && !('unit' in value);
  if (!isBranch(before) && !isBranch(after)) return [{ path, before: before ?? null, after: after ?? null }];
  const members = (value: unknown) => (isMembers(value) ? value : {});
  const [old, next] = [members(before), members(after)];
  return [...new Set([...Object.keys(old), ...Object.keys(next)])].toSorted().flatMap((name) => {
    const here = path === '' ? name : `${path}.${name}`;
    return differencesOf(old[name], next[name], here);
  });
};

/** The lengths that differ between two sets of rules. */
export const changedLengths = (before: Rules, after: Rules): ReadonlySet<LengthName> =>
  new Set(
    lengthNames.filter(
      (name) =>
        before.lengths[name].n !== after.lengths[name].n ||
        before.lengths[name].unit !== after.lengths[name].unit,
    ),
  );
