import fc from 'fast-check';
import { calendarOf, isWorkingDay } from '../calendar';
import { addDays, addMonths } from '../day';
import { haveDayInCommon, isTooLong, pauseOf } from './interruption';

const calendar = calendarOf([]);

test.each([
  // 4 April 2023 is a Tuesday: the fifteenth working day from it is Monday, 24 April.
  ['2023-04-04', '2023-04-24', undefined],
  ['2023-04-04', '2023-04-25', { from: '2023-04-25', to: '2023-04-25' }],
  ['2023-04-04', '2023-06-03', { from: '2023-04-25', to: '2023-06-03' }],
  ['2023-04-08', '2023-04-29', { from: '2023-04-29', to: '2023-04-29' }],
])('of an absence from %s to %s the part beyond 15 working days is an interruption', (from, to, pause) => {
  expect(pauseOf({ from, to }, 15, calendar)).toEqual(pause);
});

const anyDay = fc.integer({ min: 0, max: 4000 }).map((n) => addDays('2022-01-01', n));

test('exactly the excused working days lie before an interruption', () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: 0, max: 30 }), (from, excused) => {
      const pause = pauseOf({ from, to: addDays(from, 200) }, excused, calendar);
      let worked = 0;
      for (let day = from; day < (pause?.from ?? from); day = addDays(day, 1))
        if (isWorkingDay(calendar, day)) worked += 1;
      expect(worked).toBe(excused);
    }),
  );
});

test.each([
  [[['2026-01-10', '2026-04-09']], false],
  [[['2026-01-10', '2026-04-10']], true],
  // 90 days from 10 January on: 31 + 59.
  [
    [
      ['2026-01-10', '2026-02-09'],
      ['2026-05-01', '2026-06-28'],
    ],
    false,
  ],
  [
    [
      ['2026-01-10', '2026-02-09'],
      ['2026-05-01', '2026-06-29'],
    ],
    true,
  ],
  [[], false],
] as [string[][], boolean][])('%j: longer than three months together is %s', (pauses, tooLong) => {
  expect(
    isTooLong(
      pauses.map(([from = '', to = '']) => ({ from, to })),
      3,
    ),
  ).toBe(tooLong);
});

test('one interruption may take as many calendar months', () => {
  fc.assert(
    fc.property(anyDay, fc.integer({ min: 1, max: 12 }), (from, months) => {
      const end = addMonths(from, months);
      expect(isTooLong([{ from, to: addDays(end, -1) }], months)).toBe(false);
      expect(isTooLong([{ from, to: end }], months)).toBe(true);
    }),
  );
});

test('two periods have a day in common where one begins on the last day of the other', () => {
  const march = { from: '2026-03-01', to: '2026-03-31' };
  expect(haveDayInCommon(march, { from: '2026-03-31', to: '2026-04-02' })).toBe(true);
  expect(haveDayInCommon({ from: '2026-04-01', to: '2026-04-02' }, march)).toBe(false);
});
