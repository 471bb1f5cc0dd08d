import { maySeekWork, recommendationOf, saidOfWork, validUntil } from './eligibility';

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

describe('the recommendation that says which work is suitable', () => {
  const byTiek = { suitableKinds: ['office'] };
  const paper = { number: 'T-1', unsuitableKinds: ['warehouse'] };
  const silent = { number: 'T-1', suitableKinds: [], conditions: [], words: 'light work' };

  test.each([
    ['TIEK’s', { eligibility: 'yes', evidence: null }, byTiek, byTiek],
    ['TIEK’s in place of an earlier certificate', { eligibility: 'yes', evidence: paper }, byTiek, byTiek],
    ['the certificate’s', { eligibility: 'evidence', evidence: paper }, byTiek, paper],
    [
      'none with a certificate silent about work',
      { eligibility: 'evidence', evidence: silent },
      byTiek,
      null,
    ],
    ['none after TIEK’s no', { eligibility: 'no', evidence: paper }, byTiek, null],
    ['none on record', { eligibility: 'unknown', evidence: null }, null, null],
  ])('%s', (_, row, tiek, said) => {
    expect(saidOfWork(row, tiek)).toEqual(said);
  });

  test('the last known one stays readable', () => {
    expect(recommendationOf({ eligibility: 'evidence', evidence: silent }, byTiek)).toBe(silent);
    expect(recommendationOf({ eligibility: 'no', evidence: paper }, null)).toBe(paper);
    expect(recommendationOf({ eligibility: 'no', evidence: paper }, byTiek)).toBe(byTiek);
  });
});
