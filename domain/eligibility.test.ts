import { maySeekWork, validUntil } from './eligibility';

const known = { recommendedUntil: '2023-06-30', certifiedUntil: '2023-12-31' };

test.each([
  ['asking', null],
  ['unknown', null],
  ['no', null],
  ['yes', '2023-06-30'],
  ['evidence', '2023-12-31'],
])('%s: valid until %s', (eligibility, until) => {
  expect(validUntil({ ...known, eligibility })).toBe(until);
});

test('the last day still counts', () => {
  const yes = { ...known, eligibility: 'yes' };
  expect(maySeekWork(yes, '2023-06-30')).toBe('yes');
  expect(maySeekWork(yes, '2023-07-01')).toBe('recommendation_over');
  expect(maySeekWork({ ...yes, eligibility: 'asking' }, '2023-06-30')).toBe('not_eligible_yet');
});
