import fc from 'fast-check';

import { bhms, minimumWages } from '../../test/support/published';
import { amountOf, bhmDayOf, bhmOn, byDayAmount, minimumWageOn } from './amount';
import { UNITS } from './share';

const part = (days: number, length: number) => (days * UNITS) / length;

/** Written down by hand, so that neither the table nor the formula can go wrong alone. */
const EXPECTED: [from: string, bhm: bigint, x1_5: bigint, x2: bigint, x40: bigint][] = [
  ['2019-09-01', 223_000n, 334_500n, 446_000n, 8_920_000n],
  ['2021-02-01', 245_000n, 367_500n, 490_000n, 9_800_000n],
  ['2021-09-01', 270_000n, 405_000n, 540_000n, 10_800_000n],
  ['2022-06-01', 300_000n, 450_000n, 600_000n, 12_000_000n],
  ['2023-05-01', 330_000n, 495_000n, 660_000n, 13_200_000n],
  ['2023-12-01', 340_000n, 510_000n, 680_000n, 13_600_000n],
  ['2024-10-01', 375_000n, 562_500n, 750_000n, 15_000_000n],
  ['2025-08-01', 412_000n, 618_000n, 824_000n, 16_480_000n],
  ['2026-09-01', 440_000n, 660_000n, 880_000n, 17_600_000n],
];

test('every published BHM is in the table below', () => {
  expect(bhms.map(({ validFrom, amount }) => [validFrom, amount])).toEqual(
    EXPECTED.map(([from, bhm]) => [from, bhm]),
  );
});

test.each(EXPECTED)('the BHM of %s, %i so’m: 1.5, 2 and 40 times', (from, _bhm, x1_5, x2, x40) => {
  const { amount } = bhmOn(bhms, from);
  expect([150, 200, 4000].map((multiple) => amountOf(amount, multiple))).toEqual([x1_5, x2, x40]);
});

test('hired 15.03.2024: 279,677 + 5 × 510,000 + 230,322 = 3,059,999', () => {
  const shares = [part(17, 31), UNITS, UNITS, UNITS, UNITS, UNITS, part(14, 31)];
  const amounts = shares.map((share) => amountOf(340_000n, 150, share));
  expect(amounts).toEqual([279_677n, 510_000n, 510_000n, 510_000n, 510_000n, 510_000n, 230_322n]);
  expect(amounts.reduce((a, b) => a + b)).toBe(3_059_999n);
});

test('rounded once, at the end', () => {
  const rounded = amountOf(412_345n, 150);
  expect(amountOf(412_345n, 150, part(6, 31))).toBe(119_713n);
  expect((rounded * 6n) / 31n).toBe(119_712n);
});

test('nothing of a month is nothing', () => {
  expect(amountOf(340_000n, 150, 0)).toBe(0n);
  expect(byDayAmount([], 150, 0)).toBe(0n);
});

test('by day, with a change on the 16th: 15 days of one and 16 of the other', () => {
  const march = [...Array<bigint>(15).fill(340_000n), ...Array<bigint>(16).fill(412_345n)];
  expect(byDayAmount(march, 150)).toBe(566_009n); // 1.5 × (15 × 340,000 + 16 × 412,345) ÷ 31 = 566,009.03
  expect(byDayAmount(march.slice(14), 150, part(17, 31))).toBe(335_686n); // 1.5 × (340,000 + 16 × 412,345) ÷ 31
});

test.each([
  [-1n, 150, UNITS],
  [340_000n, -150, UNITS],
  [340_000n, 150, -1],
  [340_000n, 1.5, UNITS],
  [340_000n, 150, 0.5],
])('%p × %p × %p is refused', (bhm, multiple, share) => {
  expect(() => amountOf(bhm, multiple, share)).toThrow(RangeError);
});

test('parts are never above the whole, and lose less than one so’m each', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 0n, max: 1_000_000n }),
      fc.nat({ max: 5000 }),
      fc.array(fc.nat({ max: UNITS }), { minLength: 1, maxLength: 13 }),
      (bhm, multiple, shares) => {
        const parts = shares.map((share) => amountOf(bhm, multiple, share)).reduce((a, b) => a + b);
        const whole = amountOf(
          bhm,
          multiple,
          shares.reduce((a, b) => a + b),
        );
        expect(parts).toBeLessThanOrEqual(whole);
        expect(whole - parts).toBeLessThan(BigInt(shares.length));
      },
    ),
  );
});

test('by day with one BHM is the same as by month', () => {
  fc.assert(
    fc.property(
      fc.bigInt({ min: 0n, max: 1_000_000n }),
      fc.integer({ min: 1, max: 31 }),
      fc.nat({ max: UNITS }),
      (bhm, days, share) => {
        expect(byDayAmount(Array<bigint>(days).fill(bhm), 150, share)).toBe(amountOf(bhm, 150, share));
      },
    ),
  );
});

test('the day whose BHM governs', () => {
  expect(bhmDayOf('last_day', '2024-02', '2024-01-10')).toBe('2024-02-29');
  expect(bhmDayOf('first_day', '2024-02', '2024-01-10')).toBe('2024-02-01');
  expect(bhmDayOf('order_date', '2024-02', '2024-01-10')).toBe('2024-01-10');
});

test('of two BHM from the same day the one recorded later holds', () => {
  const [first] = bhms.slice(-1);
  const corrected = { ...first!, amount: 450_000n, recordedAt: new Date('2026-09-10T12:00:00+05:00') };
  expect(bhmOn([corrected, ...bhms], '2026-09-30').amount).toBe(450_000n);
  expect(bhmOn([...bhms, corrected], '2026-08-31').amount).toBe(412_000n);
});

test('before the first there is none, which is an error and not 0', () => {
  expect(() => bhmOn(bhms, '2019-08-31')).toThrow(
    expect.objectContaining({ name: 'RuleError', code: 'no_bhm', about: '2019-08-31' }),
  );
  expect(() => minimumWageOn(minimumWages, '2023-04-30')).toThrow(
    expect.objectContaining({ code: 'no_minimum_wage' }),
  );
  expect(minimumWageOn(minimumWages, '2023-05-01').amount).toBe(980_000n);
});
