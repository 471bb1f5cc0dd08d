import { isStir } from './stir';

test('nine digits', () => {
  expect(isStir('201055090')).toBe(true);
});

test.each(['20105509', '2010550900', '20105509x', '201 055 090', ''])('%p is none', (text) => {
  expect(isStir(text)).toBe(false);
});
