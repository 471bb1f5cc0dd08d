import { kindsLeftTo, type ObligationKind, obligation, obligations } from './obligations';
import { lengthNames } from './lengths';

const kinds = Object.keys(obligations) as ObligationKind[];

/** Its length is the programme's own, given when the wait begins. */
const byProgramme: readonly ObligationKind[] = ['review'];

test.each(kinds)('%s: every duty has an owner, and a length unless it is the last', (kind) => {
  const { duties } = obligation(kind);
  expect(duties.map(({ owner }) => owner)).not.toContain('');
  if (byProgramme.includes(kind)) return;
  const untilNext = duties.slice(0, -1).map(({ length }) => length);
  expect(lengthNames).toEqual(expect.arrayContaining(untilNext));
});

test.each(kinds)('%s: reminders come the earliest first', (kind) => {
  const ladders = obligation(kind).duties.map(({ remindDaysBefore = [] }) => [...remindDaysBefore]);
  expect(ladders).toEqual(ladders.map((days) => days.toSorted((a, b) => b - a)));
  const counted = obligation(kind).duties.map(({ remindDaysAfter = [] }) => [...remindDaysAfter]);
  expect(counted).toEqual(counted.map((days) => days.toSorted((a, b) => a - b)));
});

test('what a machine does not do in time is a person’s: an approved payment the finance officer’s', () => {
  expect(kindsLeftTo('finance_officer')).toEqual(['sending_watch']);
  expect(kindsLeftTo('employment_officer')).toEqual([]);
});
