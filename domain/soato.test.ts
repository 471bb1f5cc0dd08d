import fc from 'fast-check';

import { contains, isSoato, levelOf, parentsOf } from './soato';

const anyCode = fc
  .constantFrom(0, 4, 7, 10)
  .chain((length) =>
    fc.array(fc.nat({ max: 9 }), { minLength: length, maxLength: length }).map((digits) => digits.join('')),
  );

test.each([
  ['', 'republic'],
  ['1703', 'region'],
  ['1703202', 'district'],
  ['1703202011', 'mahalla'],
])('%p is the code of a %s', (code, level) => {
  expect(levelOf(code)).toBe(level);
});

test.each(['17', '17032', '17032020', '170x', ' 1703'])('%p is no code', (text) => {
  expect(isSoato(text)).toBe(false);
  expect(() => levelOf(text)).toThrow(RangeError);
  expect(() => parentsOf(text)).toThrow(RangeError);
});

test('the areas around a mahalla, the nearest first', () => {
  expect(parentsOf('1703202011')).toEqual(['1703202', '1703', '']);
  expect(parentsOf('')).toEqual([]);
});

test('an area contains itself and what lies in it, not its neighbour', () => {
  expect(contains('1703', '1703202')).toBe(true);
  expect(contains('1703', '1706202')).toBe(false);
  expect(contains('1703202', '1703')).toBe(false);
});

test('of two areas, one contains the other exactly when it is that area or one around it', () => {
  fc.assert(
    fc.property(anyCode, anyCode, (area, code) => {
      expect(contains(area, code)).toBe([code, ...parentsOf(code)].includes(area));
      expect(parentsOf(code).every((parent) => contains(parent, code))).toBe(true);
    }),
  );
});
