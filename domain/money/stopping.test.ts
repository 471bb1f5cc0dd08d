import { mayStopFrom } from './stopping';

const drawn = { hiredOn: '2024-03-15', periodTo: '2024-09-14' };

test.each([
  ['the day before the hire', '2024-03-14', drawn, false],
  ['a day of the calendar’s beginning', '1000-01-01', drawn, false],
  ['the hire: nothing is paid', '2024-03-15', drawn, true],
  ['within the period', '2024-06-01', drawn, true],
  ['the day after the period', '2024-09-15', drawn, true],
  ['later', '2024-09-16', drawn, false],
  ['later, without an order', '2025-01-01', { ...drawn, periodTo: null }, true],
])('a stop from %s', (_what, from, subsidy, may) => {
  expect(mayStopFrom(from, subsidy)).toBe(may);
});
