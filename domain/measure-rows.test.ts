import { carriedOutBy, holdsMeasure, holdsPerson, ofKind } from './measure-rows';

const works = { kind: 'public-works', state: 'agreed', lastOn: '2026-04-30', startedOn: null } as const;

test('Public works are carried out by their own rows; a job is not', () => {
  expect(carriedOutBy('public_works')).toBe('public-works');
  expect(carriedOutBy('job')).toBeUndefined();
});

test('An open row holds the person until its last day, whatever is still owed', () => {
  expect(holdsPerson({ ...works, state: 'proposed', lastOn: null }, '2026-05-01')).toBe(true);
  expect(holdsPerson(works, '2026-04-30')).toBe(true);
  expect(holdsPerson(works, '2026-05-01')).toBe(false);
  expect(holdsPerson({ ...works, state: 'ended_early' }, '2026-04-01')).toBe(false);
});

test('A row fulfils its measure while it is open, and once it has begun', () => {
  expect(holdsMeasure(works)).toBe(true);
  expect(holdsMeasure({ ...works, state: 'ended_early' })).toBe(false);
  expect(holdsMeasure({ ...works, state: 'ended_early', startedOn: '2026-04-01' })).toBe(true);
});

test('Rows are chosen by their kind', () => {
  expect(ofKind([works, { kind: 'other' }], 'public-works')).toEqual([works]);
});
