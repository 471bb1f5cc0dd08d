import type { LengthName } from './lengths';
import { lengthNames } from './lengths';
import type { Rules } from './policy';

/** Part of the rules as the administrator writes it: what is not named stays as it is. */
export type Changes = Readonly<Record<string, unknown>>;

/** What may be taken away: a programme, and a condition of who may be paid. */
const removable = /^programmes\.\w+(\.eligibility\.\w+)?$/;

/**
 * Rules with changes: members are merged, lists and values replaced, and `null` takes a programme or one of its conditions
 * away (elsewhere it is a value: an amount that is not set).
 *
 * @returns what is to be validated as a whole, since it may be anything
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

/** The lengths that differ between two sets of rules. */
export const changedLengths = (before: Rules, after: Rules): ReadonlySet<LengthName> =>
  new Set(
    lengthNames.filter(
      (name) =>
        before.lengths[name].n !== after.lengths[name].n ||
        before.lengths[name].unit !== after.lengths[name].unit,
    ),
  );
