import { lastDayToSign } from './start-subsidy';

test.each([
  ['2024-02-26', 3, '2024-05-26'],
  ['2023-11-30', 3, '2024-02-29'],
  ['2024-01-31', 1, '2024-02-29'],
])('registered on %s, signed for %i months until %s', (on, months, last) => {
  expect(lastDayToSign(on, months)).toBe(last);
});
