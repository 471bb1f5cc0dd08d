import fc from 'fast-check';
import { calendarOf, isDayOff } from '../calendar';
import { addDays, weekday } from '../day';
import { monthOf } from '../money/months';
import {
  type Attended,
  attendanceOf,
  heldDays,
  type MonthHeld,
  monthsHeld,
  reaches,
  reckonings,
  type Study,
  weekOf,
} from './attendance';
import { weekdays } from './course';

const LEAST = 5;

const calendar = calendarOf([{ date: '2026-03-20', kind: 'eid', week: 'all' }]);
const study: Study = {
  period: { from: '2026-03-16', to: '2026-05-08' },
  interruptions: [],
  heldOn: ['monday', 'friday'],
  calendar,
};
const held = (...days: number[]): MonthHeld[] =>
  days.map((n, index) => ({ month: `2026-0${index + 1}`, held: n }));

describe('the days held', () => {
  test('are those of the timetable, without days off and interruptions', () => {
    const interruptions = [{ from: '2026-03-27', to: '2026-04-06' }];
    expect(heldDays({ ...study, period: { from: '2026-03-16', to: '2026-04-10' }, interruptions })).toEqual([
      '2026-03-16',
      '2026-03-23',
      '2026-04-10',
    ]);
  });

  test('may lie at the weekend', () => {
    const sunday = {
      ...study,
      heldOn: ['sunday'] as const,
      period: { from: '2026-03-01', to: '2026-03-15' },
    };
    expect(heldDays(sunday)).toEqual(['2026-03-01', '2026-03-15']);
    expect(weekOf(sunday.heldOn)).toBe('six');
    expect(weekOf(study.heldOn)).toBe('five');
  });

  test('are counted by month', () => {
    expect(monthsHeld(study)).toEqual([
      { month: '2026-03', held: 4 },
      { month: '2026-04', held: 8 },
      { month: '2026-05', held: 3 },
    ]);
  });
});

describe('the months that count together', () => {
  test.each<[string, MonthHeld[], [string, string][]]>([
    [
      'months of 5 days or more stand alone',
      held(5, 9),
      [
        ['01', '01'],
        ['02', '02'],
      ],
    ],
    ['a shorter month counts with the next', held(4, 9), [['01+02', '01+02']]],
    [
      'short months follow each other until they have 5 days',
      held(2, 2, 2, 9),
      [
        ['01+02+03', '01+02+03'],
        ['04', '04'],
      ],
    ],
    [
      'the last month counts with the one before, which stays as it was decided',
      held(9, 3),
      [
        ['01', '01'],
        ['02', '01+02'],
      ],
    ],
    ['a short course has one reckoning', held(2, 1), [['01+02', '01+02']]],
    [
      'a month without a day held stands alone',
      held(3, 0, 9),
      [
        ['01+03', '01+03'],
        ['02', '02'],
      ],
    ],
    [
      'no day held at all',
      held(0, 0),
      [
        ['01', '01'],
        ['02', '02'],
      ],
    ],
  ])('%s', (_what, months, expected) => {
    const short = (list: readonly string[]) => list.map((month) => month.slice(5)).join('+');
    expect(reckonings(months, LEAST).map(({ decides, counts }) => [short(decides), short(counts)])).toEqual(
      expected,
    );
  });
});

describe('attendance', () => {
  const months = held(4, 9, 3);
  const entered = new Map<string, Attended>([
    ['2026-01', { attended: 1, excused: 2 }],
    ['2026-02', { attended: 4, excused: 1 }],
  ]);
  const [firstTwo, last] = reckonings(months, LEAST);

  test('is attended and excused days of the days held', () => {
    expect(firstTwo && attendanceOf(firstTwo, months, entered)).toEqual({ present: 8, held: 13 });
  });

  test('is not known while a month that counts is not entered', () => {
    expect(last && attendanceOf(last, months, entered)).toBeUndefined();
    const all = new Map([...entered, ['2026-03', { attended: 3, excused: 0 }] as const]);
    expect(last && attendanceOf(last, months, all)).toEqual({ present: 11, held: 16 });
  });

  test.each([
    [6, 10, true],
    [59, 100, false],
    [3, 5, true],
    [2, 4, false],
    [0, 0, true],
  ])('%i of %i days reach 60 percent: %s', (present, days, does) => {
    expect(reaches({ present, held: days }, 60)).toBe(does);
  });
});

const FIRST = '2026-01-01';
const anyDay = fc.integer({ min: 0, max: 400 }).map((n) => addDays(FIRST, n));
const anyPeriod = fc
  .tuple(anyDay, fc.integer({ min: 0, max: 250 }))
  .map(([from, length]) => ({ from, to: addDays(from, length) }));
const anyStudy: fc.Arbitrary<Study> = fc.record({
  period: anyPeriod,
  interruptions: fc.array(anyPeriod, { maxLength: 2 }),
  heldOn: fc.subarray([...weekdays], { minLength: 1 }),
  calendar: fc
    .array(
      fc.record({
        date: anyDay,
        kind: fc.constantFrom('eid', 'moved', 'working'),
        week: fc.constantFrom('all', 'five', 'six'),
      }),
      { maxLength: 20 },
    )
    .map(calendarOf),
});

describe('over all timetables', () => {
  test('a day held is a day of the timetable, of the study, and no day off', () => {
    fc.assert(
      fc.property(anyStudy, (it) => {
        for (const day of heldDays(it)) {
          expect(it.heldOn).toContain(weekdays[weekday(day) - 1]);
          expect(day >= it.period.from && day <= it.period.to).toBe(true);
          expect(it.interruptions.some(({ from, to }) => from <= day && day <= to)).toBe(false);
          expect(isDayOff(it.calendar, day, weekOf(it.heldOn))).toBe(false);
        }
      }),
    );
  });

  test('each month is decided once, and each day held counts for its month', () => {
    fc.assert(
      fc.property(anyStudy, (it) => {
        const months = monthsHeld(it);
        const decided = reckonings(months, LEAST).flatMap(({ decides }) => decides);
        expect(decided.toSorted()).toEqual(months.map(({ month }) => month));
        expect(months.reduce((sum, each) => sum + each.held, 0)).toBe(heldDays(it).length);
        expect(months[0]?.month).toBe(monthOf(it.period.from));
      }),
    );
  });

  test('no month is decided by fewer than 5 days held, unless the whole course had fewer or the month had none', () => {
    fc.assert(
      fc.property(anyStudy, (it) => {
        const months = monthsHeld(it);
        const all = heldDays(it).length;
        for (const { decides, counts } of reckonings(months, LEAST)) {
          expect(counts).toEqual(expect.arrayContaining([...decides]));
          const days = months
            .filter(({ month }) => counts.includes(month))
            .reduce((sum, each) => sum + each.held, 0);
          expect(days === 0 || days >= Math.min(LEAST, all)).toBe(true);
        }
      }),
    );
  });

  test('only a reckoning that ends the course counts a month that another decides', () => {
    fc.assert(
      fc.property(anyStudy, (it) => {
        const all = reckonings(monthsHeld(it), LEAST);
        const borrowing = all.filter(({ decides, counts }) => counts.length > decides.length);
        expect(borrowing.length).toBeLessThanOrEqual(1);
        const lastHeld = monthsHeld(it).findLast((each) => each.held > 0);
        for (const { decides } of borrowing) expect(decides).toContain(lastHeld?.month);
      }),
    );
  });

  test('full attendance reaches every threshold, and one more day present never loses one', () => {
    const threshold = fc.integer({ min: 0, max: 100 });
    fc.assert(
      fc.property(anyStudy, threshold, fc.double({ min: 0, max: 1, noNaN: true }), (it, percent, part) => {
        const months = monthsHeld(it);
        const all = new Map(months.map((each) => [each.month, { attended: each.held, excused: 0 }]));
        for (const reckoning of reckonings(months, LEAST)) {
          const attendance = attendanceOf(reckoning, months, all);
          if (!attendance) throw new Error('all months are entered');
          expect(reaches(attendance, percent)).toBe(true);
          const present = Math.floor(part * attendance.held);
          const more = Math.min(present + 1, attendance.held);
          const [less, same] = [present, more].map((days) =>
            Number(reaches({ ...attendance, present: days }, percent)),
          );
          expect(same).toBeGreaterThanOrEqual(less ?? 0);
        }
      }),
    );
  });
});
