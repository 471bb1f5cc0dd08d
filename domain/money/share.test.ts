import fc from 'fast-check';

import { calendar } from '../../test/support/published';
import type { Week } from '../calendar';
import { addDays, type Day } from '../day';
import { periodOf } from './period';
import { claimShare, shareOf, sharesOf, UNITS, type Worked } from './share';

const worked = (since: Day, more: Partial<Worked> & { months?: number; until?: Day } = {}): Worked => ({
  period: periodOf(since, more.months ?? 6),
  contract: { since, until: more.until },
  week: more.week ?? 'five',
  calendar,
  proRata: more.proRata ?? 'pro_rata',
});
const part = (days: number, length: number) => (days * UNITS) / length;
const shares = (it: Worked, months = 6) => sharesOf(it, months).map(({ share }) => share);
const total = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0);

test.each([28, 29, 30, 31])('a day of a month of %i days is a whole number of units', (length) => {
  expect(UNITS % length).toBe(0);
});

test.each<[string, Day, Day | undefined, Week, number[]]>([
  ['on the 1st', '2024-03-01', undefined, 'five', [1, 1, 1, 1, 1, 1].map((n) => n * UNITS)],
  [
    'on the 15th: the last claim takes what is left of six months, 14/31 and not 14/30',
    '2024-03-15',
    undefined,
    'five',
    [part(17, 31), UNITS, UNITS, UNITS, UNITS, UNITS, part(14, 31)],
  ],
  [
    'on the 31st, into a February of a leap year',
    '2023-08-31',
    undefined,
    'five',
    [part(1, 31), UNITS, UNITS, UNITS, UNITS, UNITS, part(28, 29)],
  ],
  [
    'on the first Monday: July in full, January nothing',
    '2023-07-03',
    undefined,
    'five',
    [UNITS, UNITS, UNITS, UNITS, UNITS, UNITS, 0],
  ],
  [
    'on the first Monday, a 6-day week whose Saturday was given free',
    '2023-07-03',
    undefined,
    'six',
    [UNITS, UNITS, UNITS, UNITS, UNITS, UNITS, 0],
  ],
  [
    'on a Sunday, a 5-day week: the Saturday before was off, too',
    '2024-06-02',
    undefined,
    'five',
    [UNITS, UNITS, UNITS, UNITS, UNITS, UNITS, 0],
  ],
  [
    'on a Sunday, a 6-day week: the Saturday before was worked',
    '2024-06-02',
    undefined,
    'six',
    [part(29, 30), UNITS, UNITS, UNITS, UNITS, UNITS, part(1, 31)],
  ],
  [
    'and ended on the first day of a month',
    '2024-03-01',
    '2024-05-01',
    'five',
    [UNITS, UNITS, part(1, 31), 0, 0, 0],
  ],
  [
    'and ended on the last day of a month',
    '2024-03-01',
    '2024-05-31',
    'five',
    [UNITS, UNITS, UNITS, 0, 0, 0],
  ],
  [
    'and ended on the last working day of a month, a Friday before its weekend',
    '2024-03-01',
    '2024-06-28',
    'five',
    [UNITS, UNITS, UNITS, UNITS, 0, 0],
  ],
  [
    'and ended on that Friday, a 6-day week',
    '2024-03-01',
    '2024-06-28',
    'six',
    [UNITS, UNITS, UNITS, part(28, 30), 0, 0],
  ],
  ['and ended on the day of hire', '2024-03-01', '2024-03-01', 'five', [part(1, 31), 0, 0, 0, 0, 0]],
  ['in a February', '2023-02-15', '2023-02-27', 'five', [part(13, 28), 0, 0, 0, 0, 0, 0]],
  ['in a February of a leap year', '2024-02-15', '2024-02-27', 'five', [part(13, 29), 0, 0, 0, 0, 0, 0]],
])('hired %s', (_how, since, until, week, expected) => {
  expect(shares(worked(since, { week, ...(until && { until }) }))).toEqual(expected);
});

test('under `none` a part counts for nothing, under `full` for the whole', () => {
  expect(shares(worked('2024-03-15', { proRata: 'none' }))).toEqual(
    [0, 1, 1, 1, 1, 1, 0].map((n) => n * UNITS),
  );
  expect(shares(worked('2024-03-15', { proRata: 'full' }))).toEqual(
    [1, 1, 1, 1, 1, 1, 0].map((n) => n * UNITS),
  );
});

test('a month beside the period counts for nothing', () => {
  expect(shareOf({ month: '2024-02', ...worked('2024-03-15') })).toBe(0);
  expect(shareOf({ month: '2024-10', ...worked('2024-03-15', { proRata: 'full' }) })).toBe(0);
});

test('a claim takes what is left, and never less than nothing', () => {
  expect(claimShare(UNITS, 5 * UNITS, 6)).toBe(UNITS);
  expect(claimShare(UNITS, 5 * UNITS + 1, 6)).toBe(UNITS - 1);
  expect(claimShare(UNITS, 7 * UNITS, 6)).toBe(0);
});

test.each([
  [6, 'five'],
  [6, 'six'],
  [12, 'five'],
] as const)('for every hire date of 2023 to 2026, %i months, week of %s', (months, week) => {
  for (let since = '2023-01-01'; since <= '2026-12-31'; since = addDays(since, 1)) {
    const all = shares(worked(since, { months, week }), months);
    expect(total(all)).toBeLessThanOrEqual(months * UNITS);
    expect(all.every((share) => share >= 0 && share <= UNITS)).toBe(true);
    expect(total(all)).toBeGreaterThan((months - 1) * UNITS);
  }
});

test('a contract that ends earlier never gives more', () => {
  fc.assert(
    fc.property(
      fc.nat({ max: 1460 }),
      fc.nat({ max: 400 }),
      fc.nat({ max: 60 }),
      fc.constantFrom<Week>('five', 'six'),
      fc.constantFrom<Worked['proRata']>('pro_rata', 'none', 'full'),
      (start, lasted, longer, week, proRata) => {
        const since = addDays('2023-01-01', start);
        const until = addDays(since, lasted);
        const less = total(shares(worked(since, { until, week, proRata })));
        const more = total(shares(worked(since, { until: addDays(until, longer), week, proRata })));
        expect(less).toBeLessThanOrEqual(more);
      },
    ),
  );
});
