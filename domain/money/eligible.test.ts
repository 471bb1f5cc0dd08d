import { adaptationRule, hireRule, policyOf } from '../../test/support/policies';
import { minimumWages } from '../../test/support/published';
import { shippedPolicies } from '../../test/support/shipped-policies';
import { inForce } from '../policy';
import { monthsOf } from './period';
import { type Applied, type Circumstances, excludedBy, othersThatFit } from './eligible';

const law = policyOf({
  hire_pwd: hireRule(),
  above_quota: hireRule({
    act: 'PQ-4227',
    multiple: 200,
    months: 12,
    eligibility: { categories: ['graduate', 'disability'], aboveQuota: true },
    excludes: ['hire_pwd'],
  }),
  workplace_adaptation: adaptationRule,
});
const nothing: Circumstances = { minimumWages, others: [] };
const hire = { programme: 'hire_pwd', on: '2024-04-01', hiredOn: '2024-03-15' } as const;
const quota = { ...hire, programme: 'above_quota' } as const;
const standing = {
  programme: 'above_quota',
  excludes: [],
  months: monthsOf({ from: '2023-09-10', to: '2024-09-09' }),
  goesOn: true,
} as const;
const over = { ...standing, goesOn: false };
const until = (to: string) => ({ ...over, months: monthsOf({ from: '2023-03-10', to }) });

test.each<[string, Applied, Partial<Circumstances>, string | undefined]>([
  ['nothing known yet', hire, {}, undefined],
  ['group 3', { ...hire, group: 3 }, {}, undefined],
  ['no group', { ...hire, group: 4 }, {}, 'group'],
  ['a budget body', { ...hire, ownership: 'budget' }, {}, 'ownership'],
  ['a private employer', { ...hire, ownership: 'private' }, {}, undefined],
  ['49 % of the state', { ...hire, stateShare: 49 }, {}, undefined],
  ['50 % of the state', { ...hire, stateShare: 50 }, {}, 'state_share'],
  ['on the period’s last day', { ...hire, on: '2024-09-14' }, {}, undefined],
  ['after the period', { ...hire, on: '2024-09-15' }, {}, 'period_over'],
  ['beside above_quota', hire, { others: [standing] }, 'another_subsidy'],
  ['beside above_quota that ended in a month before', hire, { others: [until('2024-02-29')] }, undefined],
  [
    'after above_quota that ended in the same month: that month is left out',
    hire,
    { others: [until('2024-03-09')] },
    undefined,
  ],
  ['after above_quota, with a month left', hire, { others: [until('2024-08-31')] }, undefined],
  ['after above_quota that drew every month', hire, { others: [over] }, 'another_subsidy'],
  [
    'after two that drew every month together',
    hire,
    { others: [until('2024-06-30'), { ...over, months: ['2024-07', '2024-08', '2024-09'] }] },
    'another_subsidy',
  ],
  [
    'a second time, after the first',
    hire,
    { others: [{ ...until('2024-05-01'), programme: 'hire_pwd' }] },
    undefined,
  ],
  ['a second time', hire, { others: [{ ...standing, programme: 'hire_pwd' }] }, 'another_subsidy'],
  ['of a category', { ...quota, category: 'graduate' }, { quota: 'above' }, undefined],
  ['of no category', { ...quota, category: 'other' }, { quota: 'above' }, 'category'],
  ['below the quota', quota, { quota: 'not_above' }, 'not_above_quota'],
  ['no quota', quota, { quota: 'not_eligible' }, 'no_quota'],
  ['without a staff list', quota, { quota: 'unknown' }, undefined],
  ['beside hire_pwd', quota, { others: [{ ...standing, programme: 'hire_pwd' }] }, 'another_subsidy'],
  [
    'an entrepreneur',
    { programme: 'workplace_adaptation', on: '2024-04-01', entrepreneur: true },
    {},
    undefined,
  ],
  [
    'no entrepreneur',
    { programme: 'workplace_adaptation', on: '2024-04-01', entrepreneur: false },
    {},
    'not_entrepreneur',
  ],
])('%s', (_name, applied, circumstances, code) => {
  expect(excludedBy(applied, law, { ...nothing, ...circumstances })?.code).toBe(code);
});

test('an exclusion that only the other programme names holds, too', () => {
  const open = policyOf({ hire_pwd: hireRule({ excludes: [] }) });
  expect(excludedBy(hire, open, { ...nothing, others: [standing] })).toBeUndefined();
  const naming = { ...standing, excludes: ['hire_pwd'] as const };
  expect(excludedBy(hire, open, { ...nothing, others: [naming] })?.code).toBe('another_subsidy');
});

test('it says rule, act and version', () => {
  expect(excludedBy({ ...hire, stateShare: 60 }, law, nothing)).toEqual({
    code: 'state_share',
    rule: 'hire_pwd.eligibility.stateShareBelow',
    act: 'PQ-57',
    version: 'PV-1',
    params: { below: 50 },
  });
});

test('without a rule or an act', () => {
  expect(excludedBy(hire, policyOf({}), nothing)).toEqual({
    code: 'no_rule',
    rule: 'hire_pwd',
    act: 'the slides of 2023',
    version: 'PV-1',
  });
  expect(excludedBy(hire, undefined, nothing)).toMatchObject({ code: 'no_rule', act: null, version: null });
});

test.each<[string, Partial<Applied>, object]>([
  ['the groups', { group: 3 }, { possible: '1, 2' }],
  ['the least wage', { wage: 2_541_999n }, { floor: 2_542_000 }],
  ['the day from which', { on: '2025-09-09' }, { months: 3, from: '2025-09-10' }],
])('and what it asks for: %s', (_name, changed, params) => {
  const since: Applied = { ...hire, hiredOn: '2025-06-10', on: '2025-09-10', group: 2, wage: 2_542_000n };
  expect(excludedBy({ ...since, ...changed }, inForce(shippedPolicies, '2025-06-10'), nothing)).toMatchObject(
    {
      params,
    },
  );
});

test('the other programme that nothing known excludes is named', () => {
  const rules = inForce(shippedPolicies, '2025-05-20');
  const on = { ...hire, hiredOn: '2025-05-20', on: '2025-05-20' };
  expect(othersThatFit(on, rules, nothing)).toEqual(['above_quota']);
  expect(othersThatFit(on, rules, { ...nothing, quota: 'not_above' })).toEqual([]);
  expect(othersThatFit({ ...on, programme: 'workplace_adaptation' }, rules, nothing)).toEqual([]);
});

describe('the rule sets that ship', () => {
  const judge = (applied: Applied) =>
    excludedBy(applied, inForce(shippedPolicies, applied.hiredOn ?? applied.on), nothing)?.code;

  test.each([
    ['2025-05-07', undefined],
    ['2025-05-08', 'no_rule'],
    ['2025-05-31', 'no_rule'],
    ['2025-06-01', 'months_worked'],
  ])('hire_pwd for a hire on %s', (hiredOn, code) => {
    expect(judge({ ...hire, hiredOn, on: hiredOn, group: 1 })).toBe(code);
  });

  const current = inForce(shippedPolicies, '2025-06-01')!;
  const set = policyOf({ hire_pwd: { ...current.rules.programmes.hire_pwd!, multiple: 300 } });
  const since2025: Applied = { ...hire, hiredOn: '2025-06-10', on: '2025-09-10', group: 2, wage: 2_542_000n };

  test.each<[string, Partial<Applied>, string | undefined]>([
    ['groups I and II, three months, twice the minimum wage', {}, undefined],
    ['group III', { group: 3 }, 'group'],
    ['a so’m less than twice the minimum wage', { wage: 2_541_999n }, 'wage_floor'],
    ['a day less than three months', { on: '2025-09-09' }, 'months_worked'],
  ])('once the amount is set: %s', (_name, changed, code) => {
    expect(excludedBy({ ...since2025, ...changed }, set, nothing)?.code).toBe(code);
  });
});
