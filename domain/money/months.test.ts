import { firstDay, isMonth, lastDay, lengthOf, monthOf, nextMonth } from './months';

test.each([
  ['2023-01', '2023-01-31', 31],
  ['2023-02', '2023-02-28', 28],
  ['2024-02', '2024-02-29', 29],
  ['2024-04', '2024-04-30', 30],
  ['2024-12', '2024-12-31', 31],
])('%s ends on %s', (month, last, length) => {
  expect(firstDay(month)).toBe(`${month}-01`);
  expect(lastDay(month)).toBe(last);
  expect(lengthOf(month)).toBe(length);
});

test.each([
  ['2023-12', 1, '2024-01'],
  ['2024-01', -1, '2023-12'],
  ['2024-01', 13, '2025-02'],
  ['2024-01', 0, '2024-01'],
])('%s and %i months are %s', (month, n, expected) => {
  expect(nextMonth(month, n)).toBe(expected);
});

test('a month follows where no number is said', () => {
  expect(nextMonth('2023-12')).toBe('2024-01');
});

test('a day lies in its month', () => {
  expect(monthOf('2024-02-29')).toBe('2024-02');
});

test.each(['2024-13', '2024-3', '2024', '', '2024-03-01'])('%p is no month', (text) => {
  expect(isMonth(text)).toBe(false);
  expect(() => firstDay(text)).toThrow(RangeError);
  expect(() => nextMonth(text)).toThrow(RangeError);
});
