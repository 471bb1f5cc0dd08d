import fc from 'fast-check';

import { addDays } from './day';
import { birthDayOf, makePinfl, pinflProblem, type Sex, sexOf } from './pinfl';

const anyBirth = fc.nat({ max: 109_570 }).map((n) => addDays('1800-01-01', n));
const anySex = fc.constantFrom<Sex>('male', 'female');
const anySerial = fc.nat({ max: 999_999 }).map((n) => String(n).padStart(6, '0'));
const anyPinfl = fc.tuple(anyBirth, anySex, anySerial).map((parts) => makePinfl(...parts));

test.each(['31210632040244', '31210932040247', '40201902050010', '40201402050015'])(
  'the sample %s is sound',
  (sample) => {
    expect(pinflProblem(sample)).toBeUndefined();
  },
);

test('a number tells birth date and sex', () => {
  expect(birthDayOf('31210632040244')).toBe('1963-10-12');
  expect(sexOf('31210632040244')).toBe('male');
  expect(birthDayOf('40201902050010')).toBe('1990-01-02');
  expect(sexOf('40201902050010')).toBe('female');
});

test.each([
  ['3121063204024', 'length'],
  ['312106320402440', 'length'],
  ['3121063204024x', 'length'],
  ['', 'length'],
  ['01210632040244', 'first_digit'],
  ['71210632040244', 'first_digit'],
  ['33002632040244', 'birth_date'],
  ['31213632040244', 'birth_date'],
  ['31210632040245', 'check_digit'],
])('%p: %s', (pinfl, problem) => {
  expect(pinflProblem(pinfl)).toBe(problem);
});

test('an error does not repeat the number', () => {
  expect(() => birthDayOf('31210632040245')).toThrow(new RangeError('not a PINFL: check_digit'));
  expect(() => sexOf('712')).toThrow(new RangeError('not a PINFL: length'));
});

test('no number is made for a birth in another century, an impossible day or a short serial', () => {
  expect(() => makePinfl('2101-01-01', 'male', '000001')).toThrow(RangeError);
  expect(() => makePinfl('1790-01-01', 'female', '000001')).toThrow(RangeError);
  expect(() => makePinfl('1990-02-30', 'female', '000001')).toThrow(RangeError);
  expect(() => makePinfl('1990-02-20', 'female', '1')).toThrow(RangeError);
});

test('a number that is made tells what it was made of', () => {
  fc.assert(
    fc.property(anyBirth, anySex, anySerial, (birth, sex, serial) => {
      const pinfl = makePinfl(birth, sex, serial);
      expect(pinflProblem(pinfl)).toBeUndefined();
      expect(birthDayOf(pinfl)).toBe(birth);
      expect(sexOf(pinfl)).toBe(sex);
      expect(pinfl.slice(7, 13)).toBe(serial);
    }),
  );
});

test('one wrong digit is always noticed', () => {
  fc.assert(
    fc.property(anyPinfl, fc.nat({ max: 13 }), fc.integer({ min: 1, max: 9 }), (pinfl, place, shift) => {
      const wrong = (Number(pinfl[place]) + shift) % 10;
      expect(pinflProblem(pinfl.slice(0, place) + String(wrong) + pinfl.slice(place + 1))).toBeDefined();
    }),
  );
});
