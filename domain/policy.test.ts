import { shippedPolicies } from '../test/support/shipped-policies';
import { inForce } from './policy';

/* The law that ships, word for word: what the data say is not proved by reading the same data [domain §4, money §1]. */

const of2019 = {
  hire_pwd: { multiple: 150, months: 6, groups: [1, 2, 3] },
  above_quota: { multiple: 200, months: 12 },
  cap: 4000,
  quota: [20, 700],
  directiveFor: ['vacant', 'reserved'],
};
const since2025 = { multiple: null, months: 6, groups: [1, 2], floor: 200, worked: 3 };

test.each([
  ['2019-09-01', of2019],
  ['2025-05-07', of2019],
  ['2025-05-08', { ...of2019, hire_pwd: undefined }],
  ['2025-05-31', { ...of2019, hire_pwd: undefined }],
  ['2025-06-01', { ...of2019, hire_pwd: since2025 }],
  ['2025-08-31', { ...of2019, hire_pwd: since2025 }],
  ['2025-09-01', { ...of2019, hire_pwd: since2025, directiveFor: ['reserved'] }],
  ['2025-10-31', { ...of2019, hire_pwd: since2025, directiveFor: ['reserved'] }],
  ['2025-11-01', { ...of2019, hire_pwd: since2025, directiveFor: ['reserved'], quota: [100, 300] }],
])('on %s', (day, expected) => {
  const { rules } = inForce(shippedPolicies, day)!;
  const { hire_pwd: hire, above_quota: above, workplace_adaptation: adaptation } = rules.programmes;
  expect({
    hire_pwd: hire && {
      multiple: hire.multiple,
      months: hire.months,
      groups: hire.eligibility.groups,
      floor: hire.eligibility.wageFloor,
      worked: hire.eligibility.monthsWorkedBefore,
    },
    above_quota: { multiple: above?.multiple, months: above?.months },
    cap: adaptation?.cap,
    quota: [rules.quota.above, rules.quota.share],
    directiveFor: rules.directiveFor,
  }).toEqual(expected);
  const inThree = { n: 3, unit: 'workingDays' };
  for (const rule of [hire, above].filter((each) => each !== undefined))
    expect(rule).toMatchObject({
      review: inThree,
      periodStart: 'hire',
      proRata: 'pro_rata',
      bhm: 'last_day',
      slot: 'wage',
    });
  expect(adaptation).toMatchObject({ review: inThree, payWithin: inThree });
  expect(rules).toMatchObject({ termsOf: 'hire', mismatchTolerance: 0, setOffOnSameLine: true });
});

test('before the first version there is none', () => {
  expect(inForce(shippedPolicies, '2019-08-31')).toBeUndefined();
});
