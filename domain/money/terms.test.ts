import { hireRule, policyOf } from '../../test/support/policies';
import type { Policy } from '../policy';
import { multipleSet, policyFor, wageTerms } from './terms';

const before = policyOf({ hire_pwd: hireRule() }, { id: 'before' });
const later = (changed: Partial<Policy>) =>
  policyOf({}, { id: 'later', validFrom: '2025-05-08', recordedAt: new Date('2025-05-01'), ...changed });
const dates = { hire: '2025-05-07', application: '2025-05-20', order: '2025-06-02' };

test('a subsidy keeps the terms of the hire date, whatever came into force since', () => {
  expect(policyFor([before, later({})], dates)?.id).toBe('before');
  expect(policyFor([before, later({})], { ...dates, hire: '2025-05-08' })?.id).toBe('later');
});

test.each([
  ['application', 'later'],
  ['order', 'newest'],
] as const)('or of the day of the %s, where the version in force then says so', (termsOf, expected) => {
  const then = policyOf({}, { id: 'later', validFrom: '2025-05-08', rules: { termsOf } });
  const newest = policyOf({}, { id: 'newest', validFrom: '2025-06-01' });
  expect(policyFor([before, then, newest], dates)?.id).toBe(expected);
});

test('before there is an order, the application stands for it', () => {
  const then = policyOf({}, { id: 'later', validFrom: '2025-05-08', rules: { termsOf: 'order' } });
  expect(policyFor([before, then], { ...dates, order: undefined })?.id).toBe('later');
});

test('of two versions from the same day the one recorded later wins', () => {
  const corrected = later({ id: 'corrected', recordedAt: new Date('2025-05-02') });
  const after = { ...dates, hire: '2025-05-08' };
  expect(policyFor([corrected, before, later({})], after)?.id).toBe('corrected');
});

test('a programme without a rule, a day without a policy and an amount left empty are refused', () => {
  expect(wageTerms(before, 'hire_pwd')).toEqual({
    programme: 'hire_pwd',
    rule: hireRule(),
    version: 'before',
  });
  expect(() => wageTerms(before, 'above_quota')).toThrow(expect.objectContaining({ code: 'no_rule' }));
  expect(() =>
    wageTerms(policyFor([before], { hire: '2018-12-31', application: '2018-12-31' }), 'hire_pwd'),
  ).toThrow(expect.objectContaining({ code: 'no_rule' }));
  expect(() => multipleSet(null, 'hire_pwd')).toThrow(expect.objectContaining({ code: 'amount_not_set' }));
  expect(multipleSet(150, 'hire_pwd')).toBe(150);
});
