import { isNewRegistration } from './business';

test.each([
  ['2023-03-01', true],
  ['2023-03-20', true],
  ['2023-02-24', true],
  ['2023-02-23', false],
  ['2019-05-04', false],
])('prepared on 1 March 2023, registered on %s: new %s', (since, isNew) =>
  expect(isNewRegistration(since, '2023-03-01', 5)).toBe(isNew),
);

test('without days before, only the day itself and later days count', () => {
  expect(isNewRegistration('2023-02-28', '2023-03-01', 0)).toBe(false);
  expect(isNewRegistration('2023-03-01', '2023-03-01', 0)).toBe(true);
});
