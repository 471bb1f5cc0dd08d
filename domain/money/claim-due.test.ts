import { calendar } from '../../test/support/published';
import { dayOf } from '../day';
import { dueOf } from '../deadline';
import {
  decisionRule,
  declarationRule,
  firstQuestionAt,
  nothingCountsFrom,
  opensOn,
  payableSpread,
  taxAskedFrom,
  taxQuestionAt,
} from './claim-due';

const fiveWorkingDays = { n: 5, unit: 'workingDays' } as const;
const byThe20th = { n: 20, unit: 'days' } as const;

test('a claim opens on the first day of the next month', () => {
  expect(opensOn('2023-12')).toBe('2024-01-01');
});

test.each([
  ['ready on the 2nd: to the month’s last working day', '2024-04', '2024-05-02', '2024-05-31'],
  ['a month that ends on a weekend', '2024-05', '2024-06-04', '2024-06-28'],
  ['ready five working days before the end', '2024-04', '2024-05-24', '2024-05-31'],
  ['ready later: five working days', '2024-04', '2024-05-28', '2024-06-04'],
  ['ready months later, because the order was late', '2024-01', '2024-05-02', '2024-05-10'],
  ['the year’s end', '2023-11', '2023-12-04', '2023-12-29'],
])('decided, %s', (_name, month, readyOn, last) => {
  expect(dayOf(dueOf(decisionRule(month, readyOn, fiveWorkingDays, calendar), calendar))).toBe(last);
});

test.each([
  ['by the 20th', '2024-01', '2024-02-01', '2024-02-20'],
  ['by the next working day', '2024-03', '2024-04-01', '2024-04-22'],
  ['of a month with 29 days', '2024-02', '2024-03-01', '2024-03-20'],
  ['20 days after a late order', '2024-01', '2024-05-17', '2024-06-05'],
])('declared %s', (_name, month, openedOn, last) => {
  expect(dayOf(dueOf(declarationRule(month, openedOn, byThe20th), calendar))).toBe(last);
});

test('the tax authority is asked once the 15th has passed; its "nothing" is a word from the 25th', () => {
  expect(taxAskedFrom('2024-01')).toBe('2024-02-16');
  expect(nothingCountsFrom('2024-01')).toBe('2024-02-25');
});

test('questions spread over the first working day, 09:00 to 18:00, each at its own time', () => {
  const ids = Array.from({ length: 9000 }, (_, n) => `S-${String(n + 1).padStart(6, '0')}-2024-05`);
  const hours = Array<number>(9).fill(0);
  for (const id of ids) {
    const second = payableSpread(id);
    const hour = Math.floor(second / 3600);
    hours[hour] = (hours[hour] ?? NaN) + 1;
    expect(payableSpread(id)).toBe(second);
  }
  expect(hours).toHaveLength(9);
  expect(Math.min(...hours)).toBeGreaterThan(900);
  expect(Math.max(...hours)).toBeLessThan(1100);
});

test.each([
  ['YAMMT on the first working day', '2024-04-01', (id: string) => firstQuestionAt(id, '2024-03', calendar)],
  ['the tax authority on the 16th', '2024-04-16', (id: string) => taxQuestionAt(id, '2024-03')],
])('200 claims ask %s, no more than 40 in any hour', (_register, day, asked) => {
  const hours = new Map<string, number>();
  for (let n = 1; n <= 200; n++) {
    const instant = asked(`S-${String(n).padStart(6, '0')}-2024-03`);
    expect(dayOf(instant)).toBe(day);
    const hour = instant.toISOString().slice(11, 13);
    hours.set(hour, (hours.get(hour) ?? 0) + 1);
  }
  // 09:00 to 18:00 in Tashkent.
  expect([...hours.keys()].toSorted()).toEqual(['04', '05', '06', '07', '08', '09', '10', '11', '12']);
  expect(Math.max(...hours.values())).toBeLessThanOrEqual(40);
});

test('a month that begins with days off is asked about on its first working day', () => {
  const asked = firstQuestionAt('S-000001-2023-12', '2023-12', calendar);
  expect(asked.getTime()).toBeGreaterThanOrEqual(Date.parse('2024-01-03T09:00:00+05:00'));
  expect(asked.getTime()).toBeLessThan(Date.parse('2024-01-03T18:00:00+05:00'));
});
