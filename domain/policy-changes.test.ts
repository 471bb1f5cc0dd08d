import { shippedPolicies } from '../test/support/shipped-policies';
import { inForce, type Rules } from './policy';
import { changedLengths, mergeRules } from './policy-changes';

const { rules } = shippedPolicies[0]!;
const merge = (changes: Record<string, unknown>) => mergeRules(rules, changes) as Rules;

test('what is not named stays, lists and values are replaced', () => {
  const after = merge({ programmes: { hire_pwd: { multiple: 200, eligibility: { groups: [1] } } } });
  expect(after.programmes.hire_pwd).toEqual({
    ...rules.programmes.hire_pwd,
    multiple: 200,
    eligibility: { ...rules.programmes.hire_pwd?.eligibility, groups: [1] },
  });
  expect(after).toEqual({
    ...rules,
    programmes: { ...rules.programmes, hire_pwd: after.programmes.hire_pwd },
  });
});

test('null takes a programme or a condition away, elsewhere it is a value', () => {
  expect(Object.keys(merge({ programmes: { hire_pwd: null } }).programmes)).toEqual([
    'above_quota',
    'workplace_adaptation',
    'training_stipend',
    'self_employment_start',
  ]);
  const after = merge({ programmes: { hire_pwd: { multiple: null, eligibility: { groups: null } } } });
  expect(after.programmes.hire_pwd?.multiple).toBeNull();
  expect(after.programmes.hire_pwd?.eligibility).not.toHaveProperty('groups');
  expect(mergeRules(rules, { quota: null })).toMatchObject({ quota: null });
});

test('nothing is merged into the rules that are in force, nor into every object', () => {
  const before = structuredClone(rules);
  const after = mergeRules(rules, JSON.parse('{"__proto__": {"a": 1}, "lengths": {"plan": {"n": 1}}}'));
  expect(rules).toEqual(before);
  expect(Object.keys(after as object)).toContain('__proto__');
  expect({}).not.toHaveProperty('a');
});

test('the lengths that changed are known by name', () => {
  const after = merge({ lengths: { plan: { n: 7 }, hearing: { unit: 'days' }, signing: { n: 1 } } });
  expect([...changedLengths(rules, after)].toSorted()).toEqual(['hearing', 'plan']);
});

test('the shipped versions say from when a refused referral to a vacant job admits no directive', () => {
  const on = (day: string) => inForce(shippedPolicies, day)?.rules.directiveFor;
  expect(on('2025-08-31')).toEqual(['vacant', 'reserved']);
  expect(on('2025-09-01')).toEqual(['reserved']);
});
