import { shippedPolicies } from '../test/support/shipped-policies';
import { citationOf } from './citation';

const cite = (type: string, params: object = {}, version = 'PV-2025-11') =>
  citationOf(shippedPolicies, { type, params: params as Record<string, unknown>, version });

test('an event that rests on no rule cites none', () => {
  expect(cite('case_opened')).toBeUndefined();
  expect(cite('deadline_passed', { kind: 'repayment_of_nothing' })).toBeUndefined();
  expect(cite('application_refused', { code: 'papers' })).toBeUndefined();
});

test('a deadline cites the act that brought its length, not the newest version’s', () => {
  expect(cite('referral_silent')).toEqual({
    rule: 'lengths.employerDecision',
    act: expect.stringContaining('programmes of the 2023 slides'),
    version: 'PV-2025-11',
  });
  expect(cite('deadline_passed', { kind: 'resolution' })).toMatchObject({ rule: 'lengths.resolution' });
});

test('a directive cites the act since which it is for reserved jobs alone', () => {
  expect(cite('inspection_directed')?.act).toContain('ended on 01.09.2025');
  expect(cite('inspection_directed', {}, 'PV-2019')?.act).toContain('2023 slides');
});

test('an event that rests on a number cites the act that named it; a default rests on no act', () => {
  const [first] = shippedPolicies;
  const decree = {
    ...first!,
    id: 'PV-000001',
    act: 'UP-1 (2027)',
    validFrom: '2027-01-01',
    rules: { ...first!.rules, numbers: { retentionMonths: 3 } },
  };
  const hired = (version?: string) =>
    citationOf([...shippedPolicies, decree], {
      type: 'hired',
      params: { employment: 'J-1', ...(version !== undefined && { version }) },
      version: 'PV-000001',
    });
  expect(hired('PV-000001')).toEqual({
    rule: 'numbers.retentionMonths',
    act: 'UP-1 (2027)',
    version: 'PV-000001',
  });
  expect(hired('PV-2019')).toBeUndefined();
  expect(hired()).toBeUndefined();
});

test('an amount cites its programme’s act, under the version whose terms it keeps', () => {
  const params = { programme: 'hire_pwd', version: 'PV-2019' };
  expect(cite('claim_ready', params)).toEqual({
    rule: 'programmes.hire_pwd',
    act: 'PQ-57 (2021), VM-203 of 20.04.2022',
    version: 'PV-2019',
  });
});

test('a refusal cites its condition; where no rule was in force, the act that repealed it', () => {
  expect(cite('application_refused', { rule: 'above_quota.eligibility.categories' })).toMatchObject({
    rule: 'programmes.above_quota.eligibility.categories',
    act: 'PQ-4227 (2019)',
  });
  expect(cite('application_refused', { rule: 'hire_pwd', version: 'PV-2025-05' })?.act).toContain('repealed');
});
