import fc from 'fast-check';

import {
  addDays,
  addMonths,
  afterDay,
  at,
  dayOf,
  daysBetween,
  endOfDay,
  isDay,
  isPossibleDay,
  weekday,
} from './day';

const anyDay = fc
  .date({ min: new Date('1900-01-01T00:00:00Z'), max: new Date('2199-12-31T00:00:00Z'), noInvalidDate: true })
  .map(dayOf);

test('a day in Tashkent begins at 19:00 UTC of the day before', () => {
  expect(dayOf(new Date('2023-03-20T18:59:59Z'))).toBe('2023-03-20');
  expect(dayOf(new Date('2023-03-20T19:00:00Z'))).toBe('2023-03-21');
});

test('a day ends at 23:59:59 in Tashkent', () => {
  expect(endOfDay('2023-03-20')).toEqual(new Date('2023-03-20T23:59:59+05:00'));
});

test('after a day the next begins, also after the last that can be written', () => {
  expect(afterDay('2023-03-20')).toEqual(at('2023-03-21', '00:00'));
  expect(afterDay('9999-12-31')).toEqual(new Date('9999-12-31T19:00:00Z'));
});

test('a time of day is read in Tashkent', () => {
  expect(at('2023-03-20', '09:00')).toEqual(new Date('2023-03-20T04:00:00Z'));
  expect(at('2023-03-20', '00:00')).toEqual(new Date('2023-03-19T19:00:00Z'));
});

test.each(['24:00', '9:00', '09:60', ''])('%p is no time of day', (time) => {
  expect(() => at('2023-03-20', time)).toThrow(RangeError);
});

test.each(['2023-02-30', '2023-13-01', '2023-00-10', '2023-2-28', '2023-02-28T00:00', '', '0000-01-01'])(
  '%p is no day',
  (text) => {
    expect(isDay(text)).toBe(false);
    expect(() => addDays(text, 1)).toThrow(RangeError);
  },
);

test.each([
  ['1899-12-31', false],
  ['1900-01-01', true],
  ['2199-12-31', true],
  ['2200-01-01', false],
  ['1000-01-01', false],
  ['9999-12-31', false],
  ['2023-02-30', false],
])('%s: something may be about it: %p', (text, possible) => {
  expect(isPossibleDay(text)).toBe(possible);
});

test('29 February exists in leap years only', () => {
  expect(isDay('2024-02-29')).toBe(true);
  expect(isDay('2023-02-29')).toBe(false);
  expect(isDay('2100-02-29')).toBe(false);
});

test('months are added on the same day of the month, or on the last day of a shorter one', () => {
  expect(addMonths('2023-08-31', 1)).toBe('2023-09-30');
  expect(addMonths('2023-08-31', 6)).toBe('2024-02-29');
  expect(addMonths('2023-12-15', 1)).toBe('2024-01-15');
  expect(addMonths('2023-01-15', -1)).toBe('2022-12-15');
});

test('Monday is 1 and Sunday is 7', () => {
  expect(weekday('2023-03-20')).toBe(1);
  expect(weekday('2023-03-26')).toBe(7);
});

test('adding days and counting them agree, and days sort as they follow each other', () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: -5000, max: 5000 }), (day, n) => {
      const other = addDays(day, n);
      expect(daysBetween(day, other)).toBe(n);
      expect(addDays(other, -n)).toBe(day);
      expect(other > day).toBe(n > 0);
    }),
  );
});

test('every instant from the first to the last second of a day lies on that day', () => {
  fc.assert(
    fc.property(anyDay, (day) => {
      expect(dayOf(at(day, '00:00'))).toBe(day);
      expect(dayOf(endOfDay(day))).toBe(day);
      expect(endOfDay(day).getTime() + 1000).toBe(at(addDays(day, 1), '00:00').getTime());
    }),
  );
});

test('a month later lies in the next month, never later on in it', () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: -60, max: 60 }), (day, n) => {
      const later = addMonths(day, n);
      const months = (text: string): number => Number(text.slice(0, 4)) * 12 + Number(text.slice(5, 7));
      expect(isDay(later)).toBe(true);
      expect(months(later) - months(day)).toBe(n);
      expect(later.slice(8) <= day.slice(8)).toBe(true);
    }),
  );
});
