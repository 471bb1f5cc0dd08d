import fc from 'fast-check';

import { share } from './largestRemainder';

const anyCounts = fc.array(fc.nat({ max: 20_000 }), { maxLength: 30 });
const anyPerMille = fc.nat({ max: 2000 });
const total = (values: number[]): number => values.reduce((sum, value) => sum + value, 0);

test('what is missing goes to the largest remainders', () => {
  expect(share([47, 16, 16, 12, 6, 3], 0.1)).toEqual([5, 2, 2, 1, 0, 0]);
});

test('of equal remainders the earlier comes first', () => {
  expect(share([5, 5, 5, 5], 0.1)).toEqual([1, 1, 0, 0]);
  expect(share([3, 13, 23], 0.1)).toEqual([1, 1, 2]);
});

test('nothing to share', () => {
  expect(share([], 0.1)).toEqual([]);
  expect(share([5, 7], 0)).toEqual([0, 0]);
});

test('a factor or count below 0 is refused', () => {
  expect(() => share([1], -0.1)).toThrow(RangeError);
  expect(() => share([1, -1], 0.1)).toThrow(RangeError);
  expect(() => share([Number.NaN], 0.1)).toThrow(RangeError);
});

test('the total is the rounded total', () => {
  fc.assert(
    fc.property(anyCounts, anyPerMille, (counts, perMille) => {
      expect(total(share(counts, perMille / 1000))).toBe(Math.round((total(counts) * perMille) / 1000));
    }),
  );
});

test('each share is its exact value rounded down or up, so that nothing comes of nothing', () => {
  fc.assert(
    fc.property(anyCounts, anyPerMille, (counts, perMille) => {
      share(counts, perMille / 1000).forEach((value, index) => {
        const exact = ((counts[index] ?? 0) * perMille) / 1000;
        expect(value).toBeGreaterThanOrEqual(Math.floor(exact));
        expect(value).toBeLessThanOrEqual(Math.ceil(exact));
      });
    }),
  );
});

test('a whole table stays as it is', () => {
  fc.assert(fc.property(anyCounts, (counts) => expect(share(counts, 1)).toEqual(counts)));
});
