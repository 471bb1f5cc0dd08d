import { isCheckedBy } from './checks';

test('the check of a month belongs to its programme', () => {
  const checked = (programme: string) => [
    isCheckedBy('days', { programme }),
    isCheckedBy('wages', { programme }),
  ];
  expect(checked('hire_pwd')).toEqual([true, false]);
  expect(checked('above_quota')).toEqual([true, true]);
  expect(checked('workplace_adaptation')).toEqual([false, false]);
});
