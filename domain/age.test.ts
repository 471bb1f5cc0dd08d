import fc from 'fast-check';

import { ageOn, isMinor, isOldEnough } from './age';
import { addDays, addMonths } from './day';

const anyDay = fc.nat({ max: 40_000 }).map((n) => addDays('1930-01-01', n));

test('a year older on the birthday, not before', () => {
  expect(ageOn('1963-10-12', '2023-10-11')).toBe(59);
  expect(ageOn('1963-10-12', '2023-10-12')).toBe(60);
});

test('born on 29 February', () => {
  expect(ageOn('2004-02-29', '2022-02-28')).toBe(17);
  expect(ageOn('2004-02-29', '2022-03-01')).toBe(18);
  expect(ageOn('2004-02-29', '2024-02-29')).toBe(20);
});

test('the least age for a case is a setting', () => {
  expect(isOldEnough('2007-05-10', '2023-05-09', 16)).toBe(false);
  expect(isOldEnough('2007-05-10', '2023-05-10', 16)).toBe(true);
  expect(isOldEnough('2007-05-10', '2023-05-10', 18)).toBe(false);
});

test('a minor until the eighteenth birthday', () => {
  expect(isMinor('2005-05-10', '2023-05-09')).toBe(true);
  expect(isMinor('2005-05-10', '2023-05-10')).toBe(false);
});

test('nobody grows younger, and twelve months make a year', () => {
  fc.assert(
    fc.property(anyDay, anyDay, fc.nat({ max: 400 }), (birth, on, later) => {
      expect(ageOn(birth, addDays(on, later))).toBeGreaterThanOrEqual(ageOn(birth, on));
      expect(ageOn(birth, addMonths(birth, 12 * 40))).toBe(40);
    }),
  );
});
