import fc from 'fast-check';

import { calendar } from '../../test/support/published';
import { addDays, type Day } from '../day';
import { lengthOf } from './months';
import { UNITS } from './share';
import { carriesStipend, daysOf, type Study, stipendMonths } from './stipend';

const study = (id: string, from: Day, to: Day, more: Partial<Study> = {}): Study => ({
  id,
  period: { from, to },
  interruptions: [],
  week: 'five',
  ...more,
});
const months = (...studies: Study[]) => stipendMonths(studies, { calendar, proRata: 'pro_rata' });
const shares = (id: string, ...studies: Study[]) =>
  months(...studies)
    .get(id)
    ?.map(({ month, share }) => [month, share]);

test('a month of study: whole where all working days lie inside, else its days', () => {
  expect(shares('ST-1', study('ST-1', '2024-03-11', '2024-05-31'))).toEqual([
    ['2024-03', (21 * UNITS) / 31],
    ['2024-04', UNITS],
    ['2024-05', UNITS],
  ]);
  // 1 June 2024 is a Saturday: a course of five days has no working day before Monday the 3rd.
  expect(shares('ST-1', study('ST-1', '2024-06-03', '2024-06-28'))).toEqual([['2024-06', UNITS]]);
  expect(shares('ST-1', study('ST-1', '2024-06-03', '2024-06-28', { week: 'six' }))).toEqual([
    ['2024-06', (26 * UNITS) / 30],
  ]);
});

test('an interruption carries nothing, and a month of it alone has no claim', () => {
  const interruptions = [{ from: '2024-04-16', to: '2024-05-31' }];
  expect(shares('ST-1', study('ST-1', '2024-04-01', '2024-06-30', { interruptions }))).toEqual([
    ['2024-04', (15 * UNITS) / 30],
    ['2024-06', UNITS],
  ]);
});

test('a day of two courses has one stipend, that of the earlier', () => {
  const two = [study('ST-1', '2024-04-01', '2024-04-15'), study('ST-2', '2024-04-10', '2024-05-31')];
  expect(shares('ST-1', ...two)).toEqual([['2024-04', UNITS / 2]]);
  expect(shares('ST-2', ...two)).toEqual([
    ['2024-04', UNITS / 2],
    ['2024-05', UNITS],
  ]);
});

test('a weekend after a whole month carries nothing more', () => {
  const two = [
    study('ST-1', '2024-06-03', '2024-06-28'),
    study('ST-2', '2024-06-29', '2024-06-30', { week: 'six' }),
  ];
  expect(shares('ST-2', ...two)).toEqual([]);
});

test('the policy leaves fields out', () => {
  expect(carriesStipend('tailoring', {})).toBe(true);
  expect(carriesStipend('entrepreneurship', { withoutStipend: ['entrepreneurship'] })).toBe(false);
});

const day = fc.integer({ min: 0, max: 400 }).map((n) => addDays('2023-11-15', n));
const period = fc
  .tuple(day, fc.integer({ min: 0, max: 120 }))
  .map(([from, n]) => ({ from, to: addDays(from, n) }));
const anyStudy = fc.record({
  period,
  interruptions: fc.array(period, { maxLength: 3 }),
  week: fc.constantFrom('five' as const, 'six' as const),
});
const anyStudies = fc
  .array(anyStudy, { minLength: 1, maxLength: 4 })
  .map((all) => all.map((one, n): Study => ({ ...one, id: `ST-${n}` })));

describe('over all courses and interruptions', () => {
  test('a day has one stipend, and only a day of study has one', () => {
    fc.assert(
      fc.property(anyStudies, (studies) => {
        const paid = [...months(...studies)].flatMap(([id, of]) =>
          of.flatMap(({ days }) => days.map((on) => ({ id, on }))),
        );
        expect(new Set(paid.map(({ on }) => on)).size).toBe(paid.length);
        for (const { id, on } of paid) {
          const one = studies.find((each) => each.id === id);
          expect(one && daysOf(one)).toContain(on);
        }
      }),
    );
  });

  test('a month is paid once at most, and each day of study at least its part of the month', () => {
    fc.assert(
      fc.property(anyStudies, (studies) => {
        const all = months(...studies);
        const sums = new Map<string, number>();
        for (const { month, share } of [...all.values()].flat())
          sums.set(month, (sums.get(month) ?? 0) + share);
        for (const [month, sum] of sums) {
          expect(sum).toBeLessThanOrEqual(UNITS);
          const studied = new Set(studies.flatMap((one) => daysOf(one).filter((on) => on.startsWith(month))));
          expect(sum).toBeGreaterThanOrEqual(Math.min(UNITS, studied.size * (UNITS / lengthOf(month))));
          expect(Number.isInteger(sum)).toBe(true);
        }
      }),
    );
  });

  test('a later course takes nothing from an earlier one', () => {
    fc.assert(
      fc.property(anyStudies, (studies) => {
        const first = studies.slice(0, 1);
        expect(months(...studies).get('ST-0')).toEqual(months(...first).get('ST-0'));
      }),
    );
  });
});
