import { isAnotherContract, lastDayOfJob, reportedTogether } from './job-end';

const job = { contract: 'K-1', hiredOn: '2023-04-03' };
const first = { contract: 'K-1', since: '2023-04-03' };

describe('whose contract the register speaks of', () => {
  test.each([
    ['the same number', first, job, false],
    ['the same number, its first day corrected', { ...first, since: '2023-04-10' }, job, false],
    ['another number since later', { contract: 'K-2', since: '2023-05-20' }, job, true],
    ['another number since the hire: the paper had its own', { ...first, contract: 'K-7' }, job, false],
    [
      'no number known, since later',
      { contract: 'K-2', since: '2023-05-20' },
      { ...job, contract: null },
      true,
    ],
    [
      'the successor’s, since it took over',
      { contract: 'K-9', since: '2023-06-01' },
      { ...job, takenOverOn: '2023-06-01' },
      false,
    ],
    [
      'the successor’s own, of a later day',
      { contract: 'K-9', since: '2023-07-01' },
      { ...job, takenOverOn: '2023-06-01' },
      true,
    ],
  ])('%s', (_what, said, drawnFor, another) => {
    expect(isAnotherContract(said, drawnFor)).toBe(another);
  });
});

describe('the last day of a job whose end was reported for 10 May', () => {
  test.each([
    ['it is in force: the end was a mistake', first, undefined],
    ['it ended on another day', { ...first, until: '2023-05-12' }, '2023-05-12'],
    ['the register knows of none', undefined, '2023-05-10'],
    ['a new contract the day after', { contract: 'K-2', since: '2023-05-11' }, '2023-05-10'],
    [
      'a new contract after a gap, ended, too',
      { contract: 'K-2', since: '2023-05-20', until: '2023-06-01' },
      '2023-05-10',
    ],
    ['the same number anew the day after', { ...first, since: '2023-05-11' }, undefined],
    ['the same number anew after a day without', { ...first, since: '2023-05-12' }, '2023-05-10'],
  ])('%s', (_what, said, last) => {
    expect(lastDayOfJob({ on: '2023-05-10' }, said, job)).toBe(last);
  });

  test('nobody works after their death, whatever day the register gives later', () => {
    const death = { on: '2023-05-10', because: 'died' } as const;
    expect(lastDayOfJob(death, { ...first, until: '2023-05-12' }, job)).toBe('2023-05-10');
    expect(lastDayOfJob(death, { ...first, until: '2023-05-08' }, job)).toBe('2023-05-08');
    expect(lastDayOfJob(death, first, job)).toBeUndefined();
  });
});

test('a death that is told beside another end stays one; of two days the earlier holds', () => {
  const death = { on: '2023-05-10', because: 'died' } as const;
  expect(reportedTogether(null, death)).toEqual(death);
  expect(reportedTogether({ on: '2023-05-20' }, { on: '2023-05-12' })).toEqual({ on: '2023-05-12' });
  expect(reportedTogether({ on: '2023-05-08' }, death)).toEqual({ ...death, on: '2023-05-08' });
  expect(reportedTogether(death, { on: '2023-05-20' })).toEqual(death);
});
