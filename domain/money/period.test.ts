import { addDays, addMonths } from '../day';
import { monthsOf, partOf, periodOf } from './period';

test.each([
  ['2024-03-15', 6, '2024-09-14', 7],
  ['2024-03-01', 6, '2024-08-31', 6],
  ['2023-07-03', 6, '2024-01-02', 7],
  ['2023-08-31', 6, '2024-02-28', 7],
  ['2024-08-31', 6, '2025-02-27', 7],
  ['2024-02-29', 12, '2025-02-27', 13],
  ['2023-12-31', 2, '2024-02-28', 3],
  ['2023-01-31', 1, '2023-02-27', 2],
  ['2024-01-01', 12, '2024-12-31', 12],
])('from %s, %i months last until %s and touch %i months', (start, months, to, touched) => {
  const period = periodOf(start, months);
  expect(period).toEqual({ from: start, to });
  expect(monthsOf(period)).toHaveLength(touched);
});

test('months come in order, across the year', () => {
  expect(monthsOf(periodOf('2023-11-15', 3))).toEqual(['2023-11', '2023-12', '2024-01', '2024-02']);
});

test('every start of 2023 to 2026 touches N or N + 1 months', () => {
  for (let start = '2023-01-01'; start <= '2026-12-31'; start = addDays(start, 1)) {
    const period = periodOf(start, 6);
    expect([6, 7]).toContain(monthsOf(period).length);
    expect(addDays(period.to, 1)).toBe(addMonths(start, 6));
  }
});

test.each([0, -1, 1.5, Number.NaN])('%p months are no period', (months) => {
  expect(() => periodOf('2024-03-15', months)).toThrow(RangeError);
});

test('each month of a period has a part', () => {
  const period = { from: '2026-01-20', to: '2026-03-05' };
  expect(monthsOf(period)).toEqual(['2026-01', '2026-02', '2026-03']);
  expect(monthsOf(period).map((month) => partOf(month, period))).toEqual([
    { from: '2026-01-20', to: '2026-01-31' },
    { from: '2026-02-01', to: '2026-02-28' },
    { from: '2026-03-01', to: '2026-03-05' },
  ]);
  expect(partOf('2026-04', period)).toBeUndefined();
});
