import { paceOf } from './pace';

test('a second’s number at once, and then as many a second', () => {
  let ms = 0;
  const pace = paceOf(10, () => ms);
  expect([pace.take(4), pace.take(9), pace.take(1)]).toEqual([4, 6, 0]);
  ms = 250;
  expect([pace.take(5), pace.take(5)]).toEqual([2, 0]);
  ms = 60_000;
  expect(pace.take(1000)).toBe(10);
});

test('without a bound everything at once', () => {
  expect(paceOf(0).take(1000)).toBe(1000);
});
