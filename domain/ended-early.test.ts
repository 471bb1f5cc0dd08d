import { calendarOf } from './calendar';
import { endedEarly } from './ended-early';

const limits = {
  afterHire: { n: 30, unit: 'days' },
  afterInspection: { n: 6, unit: 'months' },
} as const;

test.each([
  ['referral', '2023-01-31', true],
  ['referral', '2023-02-01', false],
  ['alone', '2023-01-01', true],
  ['inspection', '2023-02-01', true],
  ['inspection', '2023-07-01', true],
  ['inspection', '2023-07-02', false],
])('hired on 1 January by %s, ended on %s: early %s', (how, endedOn, isEarly) => {
  expect(endedEarly({ hiredOn: '2023-01-01', how }, endedOn, limits, calendarOf([]))).toBe(isEarly);
});
