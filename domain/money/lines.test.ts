import { hireRule } from '../../test/support/policies';
import { bhms, calendar } from '../../test/support/published';
import type { Day } from '../day';
import { entitlementsOf, type Reckoning } from './entitlement';
import { commitmentOf, lineOf, payableYear } from './lines';

const reckoning = (hire: Day, published = bhms): Reckoning => ({
  terms: { programme: 'hire_pwd', rule: hireRule(), version: 'PV-1' },
  dates: { hire, application: hire },
  contract: { since: hire },
  week: 'five',
  calendar,
  bhms: published,
  orderDate: hire,
});

const committed = (it: Reckoning, on: Day) =>
  commitmentOf(entitlementsOf(it), { programme: 'hire_pwd', region: '1703', on });

test('a line is a programme in a region and year', () => {
  expect(lineOf('hire_pwd', '1703', 2023)).toBe('hire_pwd-1703-2023');
});

test.each([
  ['2023-11', 2023],
  ['2023-12', 2024],
  ['2024-01', 2024],
])('%s is payable in %i', (month, year) => {
  expect(payableYear(month)).toBe(year);
});

test('hired 15.03.2024: seven months on one line', () => {
  const [line, ...others] = committed(reckoning('2024-03-15'), '2024-04-02');
  expect(others).toEqual([]);
  expect(line).toMatchObject({ line: 'hire_pwd-1703-2024', total: 3_059_999n });
  expect(line?.months).toHaveLength(7);
  expect(line?.months[0]).toEqual({ month: '2024-03', amount: 279_677n });
});

test('December belongs to the next year; a month worth nothing is not reserved', () => {
  const lines = committed(reckoning('2023-07-03'), '2023-07-10');
  expect(lines.map(({ line, months, total }) => [line, months.map(({ month }) => month), total])).toEqual([
    ['hire_pwd-1703-2023', ['2023-07', '2023-08', '2023-09', '2023-10', '2023-11'], 2_475_000n],
    ['hire_pwd-1703-2024', ['2023-12'], 510_000n],
  ]);
});

test('each month at the BHM published for it at that moment', () => {
  const published = bhms.filter(({ validFrom }) => validFrom <= '2024-01-01');
  const known = committed(reckoning('2024-08-01', published), '2024-08-10');
  expect(known.map(({ total }) => total)).toEqual([2_040_000n, 1_020_000n]);
  const risen = committed(reckoning('2024-08-01'), '2024-09-10');
  expect(risen.map(({ total }) => total)).toEqual([2_145_000n, 1_125_000n]);
});

test('what was payable in a year already over is reserved in the present one', () => {
  const lines = committed(reckoning('2023-09-01'), '2024-03-05');
  expect(lines.map(({ line, months }) => [line, months.length])).toEqual([['hire_pwd-1703-2024', 6]]);
});
