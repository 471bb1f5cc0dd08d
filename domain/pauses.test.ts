import fc from 'fast-check';

import { nextAttempt } from './pauses';

const MINUTE = 60_000;

test.each([
  [1, 1],
  [2, 10],
  [3, 60],
  [4, 180],
  [5, 360],
  [6, 720],
  [7, 720],
  [500, 720],
])('after attempt %p a register is asked again in %p minutes', (attempt, minutes) => {
  expect(nextAttempt(attempt)).toBe(minutes * MINUTE);
});

test('the pauses are a setting', () => {
  expect(nextAttempt(3, [100, 200])).toBe(200);
});

test.each([0, -1, 1.5, Number.NaN])('there is no attempt %p', (attempt) => {
  expect(() => nextAttempt(attempt)).toThrow(RangeError);
});

test('pauses never shrink', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1000 }), (attempt) => {
      expect(nextAttempt(attempt + 1)).toBeGreaterThanOrEqual(nextAttempt(attempt));
    }),
  );
});
