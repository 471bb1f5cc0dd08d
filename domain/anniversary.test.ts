import fc from 'fast-check';

import { monthlyAnniversaries } from './anniversary';
import { addDays } from './day';

const anyHire = fc.nat({ max: 4000 }).map((n) => addDays('2020-01-01', n));

test('hired on the last day of August', () => {
  expect(monthlyAnniversaries('2023-08-31', 6)).toEqual([
    '2023-09-30',
    '2023-10-31',
    '2023-11-30',
    '2023-12-31',
    '2024-01-31',
    '2024-02-29',
  ]);
});

test('hired in the middle of a month', () => {
  expect(monthlyAnniversaries('2022-11-15', 3)).toEqual(['2022-12-15', '2023-01-15', '2023-02-15']);
});

test('there is one in each month after the hire, on its day or on the last day of a shorter month', () => {
  fc.assert(
    fc.property(anyHire, fc.nat({ max: 24 }), (hire, n) => {
      const days = monthlyAnniversaries(hire, n);
      const monthOf = (day: string): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
      expect(days.map(monthOf)).toEqual(days.map((_, index) => monthOf(hire) + index + 1));
      for (const day of days) {
        const isLastOfMonth = addDays(day, 1).endsWith('-01');
        expect(day.slice(8) === hire.slice(8) || (day.slice(8) < hire.slice(8) && isLastOfMonth)).toBe(true);
      }
    }),
  );
});

test('asking for fewer gives the same days', () => {
  fc.assert(
    fc.property(anyHire, (hire) => {
      expect(monthlyAnniversaries(hire, 6).slice(0, 3)).toEqual(monthlyAnniversaries(hire, 3));
    }),
  );
});
