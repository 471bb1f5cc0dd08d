import { leastWage } from './least-wage';

test.each([
  [1_155_000n, 40, 1_155_000n],
  [1_155_000n, 20, 577_500n],
  [1_271_000n, 36, 1_143_900n],
  [1_000_001n, 1, 25_001n],
])('of a minimum wage of %s for %i hours a week', (minimumWage, hours, least) => {
  expect(leastWage(minimumWage, hours)).toBe(least);
});
