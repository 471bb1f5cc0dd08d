import fc from 'fast-check';

import { type CalendarEntry, calendarOf, isWorkingDay } from './calendar';
import { addDays, addMonths, at, type Day, dayOf, endOfDay } from './day';
import {
  type DeadlineRule,
  dueOf,
  ladder,
  type Length,
  nextRung,
  pause,
  recomputed,
  resume,
  weeklyAfter,
} from './deadline';

/** The lines of Navruz and Eid al-Fitr 2023, as published for the 5-day week. */
const spring2023 = calendarOf([
  { date: '2023-03-20', kind: 'moved', week: 'five' },
  { date: '2023-03-22', kind: 'moved', week: 'five' },
  { date: '2023-03-25', kind: 'working', week: 'five' },
  { date: '2023-04-21', kind: 'eid', week: 'all' },
  { date: '2023-04-24', kind: 'moved', week: 'five' },
  { date: '2023-04-29', kind: 'working', week: 'five' },
]);
const weekendsOnly = calendarOf([]);

const lastDay = (rule: DeadlineRule): Day => dayOf(dueOf(rule, spring2023));
const days = (n: number): Length => ({ n, unit: 'days' });
const workingDays = (n: number): Length => ({ n, unit: 'workingDays' });

const anyDay = fc.nat({ max: 364 }).map((n) => addDays('2023-01-01', n));
const anyCalendar = fc
  .array(
    fc.record({
      date: anyDay,
      kind: fc.constantFrom<CalendarEntry['kind']>('extra', 'eid', 'moved', 'working'),
      week: fc.constantFrom<CalendarEntry['week']>('all', 'five', 'six'),
    }),
    { maxLength: 120 },
  )
  .map(calendarOf);
const anyLength = fc.record({
  n: fc.nat({ max: 30 }),
  unit: fc.constantFrom<Length['unit']>('days', 'workingDays', 'months'),
});
const anyRule = fc.record(
  { from: anyDay, length: anyLength, notBefore: anyDay, extendedBy: anyLength },
  { requiredKeys: ['from', 'length'] },
);

describe('when a deadline ends', () => {
  test('the day of the event is not counted, and the last day counts to 23:59:59', () => {
    expect(dueOf({ from: '2023-04-12', length: days(5) }, spring2023)).toEqual(
      new Date('2023-04-17T23:59:59+05:00'),
    );
  });

  test('a last day off moves to the next working day', () => {
    expect(lastDay({ from: '2023-03-15', length: days(5) })).toBe('2023-03-23');
    expect(lastDay({ from: '2023-04-16', length: days(5) })).toBe('2023-04-25');
  });

  test('a worked Saturday is a last day like any other', () => {
    expect(lastDay({ from: '2023-03-20', length: days(5) })).toBe('2023-03-25');
    expect(lastDay({ from: '2023-04-28', length: workingDays(1) })).toBe('2023-04-29');
  });

  test('working days pass over holidays', () => {
    expect(lastDay({ from: '2023-03-17', length: workingDays(3) })).toBe('2023-03-25');
  });

  test('months end on the same day of the month', () => {
    expect(lastDay({ from: '2023-02-01', length: { n: 3, unit: 'months' } })).toBe('2023-05-01');
    expect(lastDay({ from: '2023-01-31', length: { n: 1, unit: 'months' } })).toBe('2023-02-28');
  });

  test('a deadline waits for a later start date, which may itself move', () => {
    const rule = { from: '2023-04-03', length: workingDays(5) };
    expect(lastDay({ ...rule, notBefore: '2023-04-05' })).toBe('2023-04-10');
    expect(lastDay({ ...rule, notBefore: '2023-04-18' })).toBe('2023-04-18');
    expect(lastDay({ ...rule, notBefore: '2023-04-21' })).toBe('2023-04-25');
  });

  test('an extension is counted from the last day without it', () => {
    const rule = { from: '2023-03-15', length: days(5) };
    expect(lastDay({ ...rule, extendedBy: workingDays(1) })).toBe('2023-03-24');
    expect(lastDay({ ...rule, extendedBy: days(3) })).toBe('2023-03-27');
  });

  test.each([-1, 1.5])('%p days are no length', (n) => {
    expect(() => dueOf({ from: '2023-03-15', length: days(n) }, spring2023)).toThrow(RangeError);
  });

  test('it is a working day, whatever the calendar', () => {
    fc.assert(
      fc.property(anyRule, anyCalendar, (rule, calendar) => {
        const due = dueOf(rule, calendar);
        expect(due).toEqual(endOfDay(dayOf(due)));
        expect(isWorkingDay(calendar, dayOf(due))).toBe(true);
      }),
    );
  });

  test('it is never before the day counted without looking at the calendar', () => {
    fc.assert(
      fc.property(anyRule, anyCalendar, (rule, calendar) => {
        const { from, length } = rule;
        const naive = length.unit === 'months' ? addMonths(from, length.n) : addDays(from, length.n);
        const last = dayOf(dueOf(rule, calendar));
        expect(last >= naive).toBe(true);
        expect(last >= (rule.notBefore ?? from)).toBe(true);
      }),
    );
  });

  test('a later event, a longer length or an extension never ends it earlier', () => {
    fc.assert(
      fc.property(anyRule, anyCalendar, fc.nat({ max: 40 }), (rule, calendar, more) => {
        const due = dueOf(rule, calendar).getTime();
        const begunLater = { ...rule, from: addDays(rule.from, more) };
        const longer = { ...rule, length: { ...rule.length, n: rule.length.n + more } };
        expect(dueOf(begunLater, calendar).getTime()).toBeGreaterThanOrEqual(due);
        expect(dueOf(longer, calendar).getTime()).toBeGreaterThanOrEqual(due);
        const unextended: DeadlineRule = { from: rule.from, length: rule.length };
        expect(
          dueOf({ ...unextended, extendedBy: { n: more, unit: 'days' } }, calendar).getTime(),
        ).toBeGreaterThanOrEqual(dueOf(unextended, calendar).getTime());
      }),
    );
  });
});

describe('when the calendar changes', () => {
  const rule = { from: '2023-04-16', length: days(5) };
  const beforeEid = dueOf(rule, weekendsOnly);
  const morning = at('2023-04-18', '10:00');

  test('a new day off moves an open deadline', () => {
    expect(beforeEid).toEqual(endOfDay('2023-04-21'));
    expect(recomputed(rule, spring2023, morning, false, beforeEid)).toEqual(endOfDay('2023-04-25'));
  });

  test('a deadline that has fired is not revived', () => {
    const afterwards = at('2023-04-22', '00:00');
    expect(recomputed(rule, spring2023, afterwards, true, beforeEid)).toEqual(beforeEid);
  });

  test('a deadline that would now lie in the past ends today', () => {
    const now = at('2023-04-22', '10:00');
    const oldDue = endOfDay('2023-04-25');
    expect(recomputed(rule, weekendsOnly, now, false, oldDue)).toEqual(endOfDay('2023-04-22'));
  });

  test('a deadline that was over already is not prolonged to the end of today', () => {
    const now = at('2023-04-22', '00:00');
    expect(recomputed(rule, weekendsOnly, now, false, beforeEid)).toEqual(beforeEid);
  });

  test('computing twice changes nothing more, and never ends an open deadline in the past', () => {
    const anyInstant = fc.tuple(anyDay, fc.nat({ max: 86_399 })).map(([day, seconds]) => {
      return new Date(at(day, '00:00').getTime() + seconds * 1000);
    });
    fc.assert(
      fc.property(anyRule, anyCalendar, anyCalendar, anyInstant, (any, before, after, now) => {
        const oldDue = dueOf(any, before);
        const once = recomputed(any, after, now, false, oldDue);
        expect(recomputed(any, after, now, false, once)).toEqual(once);
        expect(once >= now || once.getTime() === oldDue.getTime()).toBe(true);
        expect(recomputed(any, after, now, true, oldDue)).toEqual(oldDue);
      }),
    );
  });
});

describe('pausing', () => {
  test('what was left is kept', () => {
    const paused = pause({ from: '2023-04-03', length: workingDays(10) }, spring2023, '2023-04-06');
    expect(paused).toEqual({ remaining: workingDays(7) });
    expect(lastDay(resume(paused, '2023-04-14'))).toBe('2023-04-27');
  });

  test('a deadline paused on its last day ends on the day it goes on', () => {
    const paused = pause({ from: '2023-04-03', length: days(4) }, spring2023, '2023-04-07');
    expect(lastDay(resume(paused, '2023-04-12'))).toBe('2023-04-12');
  });

  test('a deadline that is over cannot be paused', () => {
    expect(() => pause({ from: '2023-04-03', length: days(4) }, spring2023, '2023-04-08')).toThrow(
      RangeError,
    );
  });

  test('resuming on the same day changes nothing', () => {
    fc.assert(
      fc.property(anyRule, anyCalendar, fc.nat({ max: 60 }), (rule, calendar, elapsed) => {
        const due = dueOf(rule, calendar);
        const on = [addDays(rule.from, elapsed), dayOf(due)].toSorted()[0] ?? rule.from;
        expect(dueOf(resume(pause(rule, calendar, on), on), calendar)).toEqual(due);
      }),
    );
  });
});

describe('the ladder', () => {
  const rungs = ladder(endOfDay('2023-04-17'), [1, 2], '09:00');

  test('reminds at 09:00 of its days and escalates right after the end', () => {
    expect(rungs).toEqual([
      { at: at('2023-04-15', '09:00'), kind: 'reminder', index: 0 },
      { at: at('2023-04-16', '09:00'), kind: 'reminder', index: 1 },
      { at: at('2023-04-18', '00:00'), kind: 'escalation', index: 2 },
    ]);
  });

  test('the time of reminders is a setting', () => {
    expect(ladder(endOfDay('2023-04-17'), [0], '08:30')[0]?.at).toEqual(at('2023-04-17', '08:30'));
  });

  test('waits for the first rung, then fires it at its instant', () => {
    expect(nextRung(rungs, at('2023-04-14', '09:00'), -1)).toEqual({ fire: undefined, next: rungs[0] });
    expect(nextRung(rungs, at('2023-04-15', '09:00'), -1)).toEqual({ fire: rungs[0], next: rungs[1] });
    expect(nextRung(rungs, at('2023-04-15', '09:01'), 0)).toEqual({ fire: undefined, next: rungs[1] });
  });

  test('of rungs already past only the last fires', () => {
    expect(nextRung(rungs, at('2023-04-17', '12:00'), -1)).toEqual({ fire: rungs[1], next: rungs[2] });
    expect(nextRung(rungs, at('2023-04-20', '12:00'), 0)).toEqual({ fire: rungs[2], next: undefined });
  });

  test('at 23:59:59 the last day is not over yet', () => {
    expect(nextRung(rungs, endOfDay('2023-04-17'), 1)).toEqual({ fire: undefined, next: rungs[2] });
  });

  test('after the last rung there is nothing but the weekly reminder', () => {
    expect(nextRung(rungs, at('2023-04-20', '12:00'), 2)).toEqual({ fire: undefined, next: undefined });
    expect(weeklyAfter(at('2023-04-18', '00:00'), '09:00')).toEqual(at('2023-04-25', '09:00'));
    expect(weeklyAfter(at('2023-04-25', '09:02'), '09:00')).toEqual(at('2023-05-02', '09:00'));
  });

  test('each rung fires at most once, in order, however rarely somebody looks', () => {
    const anyHours = fc
      .array(fc.nat({ max: 400 }), { minLength: 1 })
      .map((hours) => hours.toSorted((a, b) => a - b));
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat({ max: 10 })), anyHours, (before, hours) => {
        const all = ladder(endOfDay('2023-04-17'), before, '09:00');
        const start = at('2023-04-05', '00:00').getTime();
        let firedUpTo = -1;
        for (const hour of hours) {
          const now = new Date(start + hour * 3_600_000);
          const { fire, next } = nextRung(all, now, firedUpTo);
          expect(fire?.index ?? all.length).toBeGreaterThan(firedUpTo);
          firedUpTo = fire?.index ?? firedUpTo;
          expect(next?.index ?? firedUpTo + 1).toBe(firedUpTo + 1);
          expect(all.filter((rung) => rung.index > firedUpTo && rung.at <= now)).toEqual([]);
        }
      }),
    );
  });
});
