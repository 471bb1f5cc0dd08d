import fc from 'fast-check';
import { calendarOf } from './calendar';
import { addDays, type Day } from './day';
import type { Period } from './money/period';
import { daysIn, firstPossible, isTooLong, lengthOf, nextStepDue } from './public-works';

const bound = { days: 184, within: 730 };
const span = (from: Day, to: Day): Period => ({ from, to });

test.each([
  ['2026-01-10', '2026-04-09', false],
  ['2026-01-10', '2026-04-10', true],
  ['2026-11-30', '2027-02-27', false],
  ['2026-11-30', '2027-02-28', true],
])('from %s to %s: longer than three months is %s', (from, until, tooLong) => {
  expect(isTooLong(span(from, until), 3)).toBe(tooLong);
});

describe('the bound of public works', () => {
  // 92 + 92 = 184 days: the longest six months.
  const halfYear = [span('2026-07-01', '2026-09-30'), span('2026-10-01', '2026-12-31')];

  test('six months are possible, and not a day more', () => {
    expect(firstPossible(span('2026-10-01', '2026-12-31'), halfYear.slice(0, 1), bound)).toBe('2026-10-01');
    expect(firstPossible(span('2026-10-01', '2027-01-01'), halfYear.slice(0, 1), bound)).not.toBe(
      '2026-10-01',
    );
  });

  test('a third time is possible once enough days lie outside the 730', () => {
    const asked = span('2027-01-01', '2027-01-10');
    const first = firstPossible(asked, halfYear, bound);
    // The window of 730 days that ends on 9 July 2028 begins on 11 July 2026: ten days of July are outside it.
    expect(first).toBe('2028-06-30');
    expect(addDays('2028-07-09', -729)).toBe('2026-07-11');
  });

  test('works that alone exceed it are never possible', () => {
    expect(firstPossible(span('2026-01-01', '2026-07-04'), [], bound)).toBeUndefined();
  });

  test('a day in two works counts once', () => {
    expect(
      daysIn(span('2026-01-01', '2026-01-31'), [
        span('2026-01-05', '2026-01-10'),
        span('2026-01-08', '2026-01-12'),
      ]),
    ).toBe(8);
  });

  const day = fc.integer({ min: 0, max: 1500 }).map((n) => addDays('2024-01-01', n));
  const works = fc.record({ from: day, days: fc.integer({ min: 1, max: 92 }) });

  test('over any sequence of works no window of 730 days has more than 184, and the day named is the first possible', () => {
    fc.assert(
      fc.property(fc.array(works, { maxLength: 12 }), (asked) => {
        const done: Period[] = [];
        for (const { from, days } of asked.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
          const wish = span(from, addDays(from, days - 1));
          const first = firstPossible(wish, done, bound) ?? '';
          expect(first >= from).toBe(true);
          const day = addDays(first, -1);
          const before = worked(done, span(day, addDays(day, days - 1)));
          expect(first === from || before > bound.days).toBe(true);
          const made = span(first, addDays(first, days - 1));
          expect(worked(done, made)).toBeLessThanOrEqual(bound.days);
          done.push(made);
        }
      }),
    );
  });

  /** The days of works in the window of an asked span, day by day. */
  const worked = (done: readonly Period[], asked: Period): number => {
    let n = 0;
    for (let at = addDays(asked.to, -729); at <= asked.to; at = addDays(at, 1))
      if (
        [...done, asked].some(
          ({ from, to }) => from <= at && at <= to && (from === asked.from || at < asked.from),
        )
      )
        n += 1;
    return n;
  };
});

test('the first and the last day of works are counted', () => {
  expect(lengthOf(span('2026-01-20', '2026-03-05'))).toBe(45);
});

test('the next step is due ten working days before the last day', () => {
  const calendar = calendarOf([]);
  expect(nextStepDue('2026-04-30', 10, '2026-02-02', calendar)).toBe('2026-04-16');
  expect(nextStepDue('2026-04-30', 10, '2026-04-20', calendar)).toBe('2026-04-30');
});
