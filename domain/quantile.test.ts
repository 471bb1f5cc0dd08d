import fc from 'fast-check';

import { median, percentile } from './quantile';

const anyValues = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 40 });

test('the middle value, or the mean of two', () => {
  expect(median([9, 1, 4])).toBe(4);
  expect(median([1, 4, 2, 9])).toBe(3);
});

test('percentiles between two values are interpolated', () => {
  expect(percentile([15, 20, 35, 40, 50], 40)).toBe(29);
  expect(percentile([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], 90)).toBe(10);
});

test('of one value it is that value, and of none there is none', () => {
  expect(percentile([7], 90)).toBe(7);
  expect(median([])).toBeUndefined();
});

test.each([-1, 101, Number.NaN])('%p is no percentage', (p) => {
  expect(() => percentile([1], p)).toThrow(RangeError);
});

test('the order of the values does not matter, and they are left as they were', () => {
  fc.assert(
    fc.property(anyValues, fc.nat({ max: 100 }), (values, p) => {
      const before = [...values];
      expect(percentile(values.toReversed(), p)).toBe(percentile(values, p));
      expect(values).toEqual(before);
    }),
  );
});

test('it lies between the least and the greatest value and never falls as p rises', () => {
  fc.assert(
    fc.property(anyValues, fc.nat({ max: 99 }), (values, p) => {
      const lower = percentile(values, p) ?? Number.NaN;
      expect(percentile(values, 0)).toBe(Math.min(...values));
      expect(percentile(values, 100)).toBe(Math.max(...values));
      expect(percentile(values, p + 1)).toBeGreaterThanOrEqual(lower - 1e-9);
    }),
  );
});
