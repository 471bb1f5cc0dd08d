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
  expect(Math.max(...seconds.values())).toBeLessThan(45);
});

test('a row has always the same delay, and none without a window', () => {
  expect(delays(45)).toEqual(delays(45));
  expect(new Set(delays(0))).toEqual(new Set([0]));
});
