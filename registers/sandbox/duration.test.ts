import { isDuration, later } from './duration';

describe('a written duration', () => {
  test.each([
    ['90s', '2023-01-31T04:01:30.000Z'],
    ['30m', '2023-01-31T04:30:00.000Z'],
    ['3h', '2023-01-31T07:00:00.000Z'],
    ['7d', '2023-02-07T04:00:00.000Z'],
    ['2w', '2023-02-14T04:00:00.000Z'],
    ['1mo', '2023-02-28T04:00:00.000Z'],
    ['6mo', '2023-07-31T04:00:00.000Z'],
  ])('%s after 31 January, 9:00, is %s', (written, expected) =>
    expect(later(new Date('2023-01-31T09:00:00+05:00'), written).toISOString()).toBe(expected),
  );

  test.each(['', '7', 'd', '7 d', '-7d', '1.5h', '7x', '7days'])('is not written %j', (written) => {
    expect(isDuration(written)).toBe(false);
    expect(() => later(new Date(0), written)).toThrow(RangeError);
  });

  test('counts months by the day it is in Tashkent', () =>
    expect(later(new Date('2023-01-30T20:00:00Z'), '1mo').toISOString()).toBe('2023-02-27T20:00:00.000Z'));
});
