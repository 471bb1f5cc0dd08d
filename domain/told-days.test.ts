import { LAST_DAY } from './day';
import { dayDoubt, hasImpossibleDay, isWithoutEnd } from './told-days';

test.each([
  ['1962-12-31', 'too_early'],
  ['1963-10-12', undefined],
  ['2023-03-01', undefined],
  ['2023-03-02', 'still_to_come'],
  ['9999-12-31', 'out_of_reach'],
  ['1000-01-01', 'out_of_reach'],
])('a death told for %s of somebody born on 1963-10-12: %s', (day, doubt) => {
  expect(dayDoubt(day, { notBefore: '1963-10-12', notAfter: '2023-03-01' })).toBe(doubt);
});

test.each([
  ['a contract that begins next month', { answer: 'yes', since: '2023-04-01' }, false],
  ['a contract that begins in two years', { answer: 'yes', since: '2025-04-01' }, true],
  ['an end agreed for later', { answer: 'yes', since: '2023-01-01', until: '2025-01-01' }, false],
  ['a contract that has ended tomorrow', { answer: 'no', since: '2023-01-01', until: '2023-03-02' }, true],
  ['a recommendation without end', { answer: 'yes', validUntil: LAST_DAY }, false],
  ['wages entered tomorrow', { answer: 'yes', on: '2023-03-02' }, true],
  ['one of several jobs', { answer: 'yes', employments: [{ since: '1000-01-01' }] }, true],
  ['no day at all', { answer: 'no' }, false],
])('%s: %j cannot be: %s', (_, said, impossible) => {
  expect(hasImpossibleDay(said, '2023-03-01', 366)).toBe(impossible);
});

test.each([
  ['2199-12-31', false],
  ['2200-01-01', true],
  ['9999-12-31', true],
])('valid until %s means without end: %s', (lastDay, withoutEnd) => {
  expect(isWithoutEnd(lastDay)).toBe(withoutEnd);
});
