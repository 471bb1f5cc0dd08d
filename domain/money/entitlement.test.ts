import { hireRule } from '../../test/support/policies';
import { bhms, calendar } from '../../test/support/published';
import { addDays, type Day } from '../day';
import type { WageRule } from '../policy';
import { amountOf } from './amount';
import { entitlementOf, entitlementsOf, type Reckoning } from './entitlement';
import { UNITS } from './share';

const reckoning = (hire: Day, rule: Partial<WageRule> = {}, more: Partial<Reckoning> = {}): Reckoning => ({
  terms: { programme: 'hire_pwd', rule: hireRule(rule), version: 'PV-1' },
  dates: { hire, application: addDays(hire, 10), order: addDays(hire, 20) },
  contract: { since: hire },
  week: 'five',
  calendar,
  bhms,
  orderDate: addDays(hire, 20),
  ...more,
});
const amounts = (it: Reckoning) => entitlementsOf(it).map(({ amount }) => Number(amount));

test('hired 15.03.2024: 3,059,999 so’m in seven claims', () => {
  expect(amounts(reckoning('2024-03-15'))).toEqual([
    279_677, 510_000, 510_000, 510_000, 510_000, 510_000, 230_322,
  ]);
});

test('hired Monday 03.07.2023: July in full, January’s claim is zero', () => {
  expect(amounts(reckoning('2023-07-03'))).toEqual([495_000, 495_000, 495_000, 495_000, 495_000, 510_000, 0]);
});

test('how a month was reached', () => {
  expect(entitlementOf('2024-03', reckoning('2024-03-15'))).toEqual({
    month: '2024-03',
    amount: 279_677n,
    share: (17 * UNITS) / 31,
    multiple: 150,
    bhm: [{ amount: 340_000n, validFrom: '2023-12-01', act: 'UP-196', days: 17 }],
    rule: 'last_day',
    act: 'PQ-57',
    version: 'PV-1',
  });
});

test('a rise in between is the month’s: the terms are kept, only the BHM moves', () => {
  expect(amounts(reckoning('2024-08-01'))).toEqual([510_000, 510_000, 562_500, 562_500, 562_500, 562_500]);
});

describe('a rise on the 16th of June, made up', () => {
  const rise = {
    validFrom: '2024-06-16',
    recordedAt: new Date('2024-05-01'),
    amount: 412_345n,
    act: 'made up',
  };
  const june = (rule: Partial<WageRule>, hire = '2024-05-01') =>
    entitlementOf('2024-06', reckoning(hire, rule, { bhms: [...bhms, rise], orderDate: '2024-05-20' }));

  test.each([
    ['last_day', 618_517n],
    ['first_day', 510_000n],
    ['order_date', 510_000n],
    ['by_day', 564_258n], // 1.5 × (15 × 340,000 + 15 × 412,345) ÷ 30 = 564,258.75
  ] as const)('BHM rule %s', (bhm, amount) => {
    expect(june({ bhm }).amount).toBe(amount);
  });

  test('by day says which days went by which', () => {
    expect(june({ bhm: 'by_day' }).bhm).toEqual([
      { amount: 340_000n, validFrom: '2023-12-01', act: 'UP-196', days: 15 },
      { amount: 412_345n, validFrom: '2024-06-16', act: 'made up', days: 15 },
    ]);
  });

  test('by day, hired on the 16th: nothing by the old one', () => {
    const { amount, bhm } = june({ bhm: 'by_day' }, '2024-06-16');
    expect(bhm.map(({ amount: each, days }) => [each, days])).toEqual([[412_345n, 15]]);
    expect(amount).toBe(309_258n); // 412,345 × 1.5 × 15/30; the Saturday before was worked by nobody, the Friday was
  });
});

test('the period begins on the day that the rule names', () => {
  expect(entitlementsOf(reckoning('2024-03-15', { periodStart: 'application' }))[0]).toMatchObject({
    month: '2024-03',
    share: (7 * UNITS) / 31,
  });
  expect(entitlementsOf(reckoning('2024-03-15', { periodStart: 'order' }))[0]).toMatchObject({
    month: '2024-04',
    share: (27 * UNITS) / 30,
  });
});

test('an end of the contract: its days are paid, and nothing after it', () => {
  const ended = { contract: { since: '2024-03-01', until: '2024-05-10' } };
  expect(amounts(reckoning('2024-03-01', {}, ended))).toEqual([510_000, 510_000, 164_516, 0, 0, 0]);
});

test('a month that the period does not touch is no month of it', () => {
  expect(() => entitlementOf('2024-10', reckoning('2024-03-15'))).toThrow(RangeError);
});

test('an amount not set, or a month before the first BHM, is an error and not 0', () => {
  expect(() => entitlementsOf(reckoning('2024-03-15', { multiple: null }))).toThrow(
    expect.objectContaining({ code: 'amount_not_set' }),
  );
  for (const bhm of ['last_day', 'first_day', 'by_day'] as const) {
    expect(() => entitlementsOf(reckoning('2019-08-01', { bhm }))).toThrow(
      expect.objectContaining({ code: 'no_bhm' }),
    );
  }
});

test('for every hire date of 2023 to 2026 the parts are never above six whole months', () => {
  const oneBhm = [{ ...bhms[0]!, amount: 412_345n }];
  for (let hire = '2023-01-01'; hire <= '2026-12-31'; hire = addDays(hire, 1)) {
    const paid = entitlementsOf(reckoning(hire, {}, { bhms: oneBhm }));
    const sum = paid.reduce((total, { amount }) => total + amount, 0n);
    expect(sum).toBeLessThanOrEqual(amountOf(412_345n, 150, 6 * UNITS));
  }
});
