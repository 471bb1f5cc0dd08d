import fc from 'fast-check';
import { type Accepted, cappedCosts, documentKey, usedAgain } from './costs';

const cost = (number: string, tiyin = 100n): Accepted => ({
  acceptedTiyin: tiyin,
  document: { issuerStir: '305555555', number, date: '2024-02-26' },
});

test.each([
  ['whole so’m of the sum', [150n, 150n], 10n, { accepted: 3n, amount: 3n, capped: false }],
  ['cut at the end', [60n, 30n], 10n, { accepted: 0n, amount: 0n, capped: false }],
  ['at the cap', [1000n], 10n, { accepted: 10n, amount: 10n, capped: false }],
  ['above the cap', [1100n], 10n, { accepted: 11n, amount: 10n, capped: true }],
])('%s', (_what, sums, cap, paid) => {
  expect(
    cappedCosts(
      sums.map((sum) => cost('D-1', sum)),
      cap,
    ),
  ).toEqual(paid);
});

test('no costs are worth more than their sum or the cap', () => {
  fc.assert(
    fc.property(
      fc.array(fc.bigInt({ min: 0n, max: 10n ** 12n })),
      fc.bigInt({ min: 0n, max: 10n ** 9n }),
      (sums, cap) => {
        const all = sums.reduce((total, each) => total + each, 0n);
        const { amount } = cappedCosts(
          sums.map((sum) => cost('D-1', sum)),
          cap,
        );
        expect(amount <= cap && amount * 100n <= all).toBe(true);
      },
    ),
  );
});

test('a document counts once, however its number is written', () => {
  const key = documentKey(cost('D-1').document);
  expect(usedAgain([cost('D-1'), cost('D-2')], [])).toEqual([]);
  expect(usedAgain([cost('D-1'), cost(' d - 1 ')], [])).toEqual([key]);
  expect(usedAgain([cost('d-1')], [key])).toEqual([key]);
});
