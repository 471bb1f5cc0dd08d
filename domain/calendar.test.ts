import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { z } from 'zod';

import {
  addWorkingDays,
  type CalendarEntry,
  calendarOf,
  isDayOff,
  isWorkingDay,
  nextWorkingDay,
  type Week,
  workingDaysBetween,
} from './calendar';
import { addDays, isDay, weekday } from './day';

const published = z
  .array(
    z.object({
      date: z.string(),
      kind: z.enum(['holiday', 'eid', 'extra', 'moved', 'working']),
      week: z.enum(['all', 'five', 'six']),
      status: z.enum(['published', 'computed']),
    }),
  )
  .parse(
    parse(readFileSync(join(__dirname, '../prisma/data/non-working-days.csv')), {
      columns: true,
      comment: '#',
    }),
  );
const calendar = calendarOf(published);

const anyWeek = fc.constantFrom<Week>('five', 'six');
const anyDayIn2023 = fc.nat({ max: 364 }).map((n) => addDays('2023-01-01', n));
const anyCalendar = fc
  .array(
    fc.record({
      date: anyDayIn2023,
      kind: fc.constantFrom<CalendarEntry['kind']>('extra', 'working'),
      week: fc.constantFrom<CalendarEntry['week']>('all', 'five', 'six'),
    }),
    { maxLength: 80 },
  )
  .map(calendarOf);

test('every line of the published table is a day that exists', () => {
  expect(published.length).toBeGreaterThan(60);
  expect(published.filter((entry) => !isDay(entry.date))).toEqual([]);
});

test('every Saturday worked by the 5-day week is a Saturday', () => {
  const worked = published.filter((entry) => entry.kind === 'working');
  expect(new Set(worked.map((entry) => weekday(entry.date)))).toEqual(new Set([6]));
});

test.each([
  ['2023-01-02', 'five', false, 'declared by decree'],
  ['2023-01-07', 'five', true, 'the Saturday worked for 2 January'],
  ['2023-03-08', 'five', false, 'a holiday of every year'],
  ['2023-03-11', 'five', true, 'the Saturday worked for 20 March'],
  ['2023-03-18', 'five', false, 'an ordinary Saturday'],
  ['2023-03-18', 'six', true, 'an ordinary Saturday'],
  ['2023-03-19', 'six', false, 'a Sunday'],
  ['2023-03-20', 'five', false, 'moved to make Navruz three days'],
  ['2023-03-21', 'five', false, 'Navruz'],
  ['2023-03-22', 'six', false, 'given to the 6-day week by decree'],
  ['2023-03-25', 'five', true, 'the Saturday worked for 22 March'],
  ['2023-04-21', 'five', false, 'Eid al-Fitr'],
  ['2023-04-24', 'five', false, 'moved to lengthen Eid'],
  ['2023-04-29', 'five', true, 'the Saturday worked for 24 April'],
  ['2023-06-28', 'six', false, 'Eid al-Adha'],
  ['2023-07-01', 'six', false, 'given to the 6-day week by decree'],
  ['2023-10-02', 'five', false, 'Teachers’ day fell on a Sunday'],
  ['2023-10-03', 'five', true, 'an ordinary Tuesday'],
] as const)('%s in a week of %s days: worked %p, %s', (day, week, worked, _because) => {
  expect(isWorkingDay(calendar, day, week)).toBe(worked);
});

test('the week of five days is meant unless another is named', () => {
  expect(isWorkingDay(calendar, '2023-03-18')).toBe(false);
  expect(nextWorkingDay(calendar, '2023-03-18')).toBe('2023-03-23');
});

test('working days are counted across Navruz 2023 and its worked Saturday', () => {
  expect(addWorkingDays(calendar, '2023-03-16', 1)).toBe('2023-03-17');
  expect(addWorkingDays(calendar, '2023-03-16', 2)).toBe('2023-03-23');
  expect(addWorkingDays(calendar, '2023-03-16', 4)).toBe('2023-03-25');
  expect(addWorkingDays(calendar, '2023-03-16', 5)).toBe('2023-03-27');
  expect(workingDaysBetween(calendar, '2023-03-16', '2023-03-27')).toBe(5);
});

test('a day off is a holiday or a decree’s; the weekend alone is none', () => {
  const calendar = calendarOf([
    { date: '2026-03-20', kind: 'eid', week: 'all' },
    { date: '2026-03-23', kind: 'moved', week: 'five' },
    { date: '2026-09-01', kind: 'working', week: 'all' },
  ]);
  const off = (day: string, week: Week) => isDayOff(calendar, day, week);
  expect(off('2026-03-20', 'six')).toBe(true);
  expect([off('2026-03-23', 'five'), off('2026-03-23', 'six')]).toEqual([true, false]);
  expect(off('2026-03-08', 'six')).toBe(true);
  expect([off('2026-03-21', 'five'), off('2026-03-22', 'six'), off('2026-03-28', 'five')]).toEqual([
    true,
    false,
    false,
  ]);
  expect(off('2026-09-01', 'five')).toBe(false);
});

test('a fixed holiday can be made a working day', () => {
  const worked = calendarOf([{ date: '2023-03-08', kind: 'working', week: 'all' }]);
  expect(isWorkingDay(worked, '2023-03-08')).toBe(true);
});

test('a line for one week outweighs a line for all, in whatever order they come', () => {
  const lines: CalendarEntry[] = [
    { date: '2023-07-03', kind: 'working', week: 'six' },
    { date: '2023-07-03', kind: 'extra', week: 'all' },
  ];
  for (const table of [lines, lines.toReversed()]) {
    expect(isWorkingDay(calendarOf(table), '2023-07-03', 'six')).toBe(true);
    expect(isWorkingDay(calendarOf(table), '2023-07-03', 'five')).toBe(false);
  }
});

test.each([-1, 0.5, Number.NaN])('%p working days cannot be added', (n) => {
  expect(() => addWorkingDays(calendar, '2023-03-16', n)).toThrow(RangeError);
});

test('adding working days lands on a working day, as many later as were added', () => {
  fc.assert(
    fc.property(
      anyCalendar,
      anyDayIn2023,
      fc.integer({ min: 1, max: 60 }),
      anyWeek,
      (table, day, n, week) => {
        const last = addWorkingDays(table, day, n, week);
        expect(isWorkingDay(table, last, week)).toBe(true);
        expect(workingDaysBetween(table, day, last, week)).toBe(n);
      },
    ),
  );
});

test('nothing between a day and the next working day is worked', () => {
  fc.assert(
    fc.property(anyCalendar, anyDayIn2023, anyWeek, (table, day, week) => {
      const next = nextWorkingDay(table, day, week);
      expect(isWorkingDay(table, next, week)).toBe(true);
      expect(next === day).toBe(isWorkingDay(table, day, week));
      expect(workingDaysBetween(table, addDays(day, -1), next, week)).toBe(1);
    }),
  );
});
