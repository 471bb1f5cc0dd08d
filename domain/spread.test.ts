import { delayOf } from './spread';

const delays = (seconds: number): number[] =>
  Array.from({ length: 1000 }, (_, n) => delayOf(`referral/R-${String(n + 1).padStart(6, '0')}`, seconds));

test('a thousand rows act one after another within the window, the first at once, and no second gets many', () => {
  const all = delays(45);
  const seconds = new Map<number, number>();
  for (const delay of all)
    seconds.set(Math.floor(delay / 1000), (seconds.get(Math.floor(delay / 1000)) ?? 0) + 1);
  expect(Math.min(...all)).toBeLessThan(500);
  expect(Math.max(...all)).toBeLessThan(45_000);
  expect(seconds.size).toBe(45);
  expect(Math.min(...seconds.values())).toBeGreaterThanOrEqual(21);
  expect(Math.max(...seconds.values())).toBeLessThanOrEqual(24);
});

test('rows without a number are spread by their name', () => {
  const lines = ['line/hire_pwd-1703-2024', 'line/hire_pwd-1706-2024', 'line/hire_pwd-1710-2024'];
  const all = lines.map((line) => delayOf(line, 45));
  expect(new Set(all).size).toBe(3);
  expect(Math.max(...all)).toBeLessThan(45_000);
});

test('a row has always the same delay, and none without a window', () => {
  expect(delays(45)).toEqual(delays(45));
  expect(new Set(delays(0))).toEqual(new Set([0]));
});
