import fc from 'fast-check';
import { addDays } from '../day';
import { instalmentsOf, missedOf, mostSetOff, nextOf } from './instalments';

const parts = instalmentsOf(1_000_000n, '2024-01-31', 12);

test('twelve equal parts, a month apart; what does not divide is in the first', () => {
  expect(parts.map(({ amount }) => amount)).toEqual([
    ...Array<bigint>(4).fill(83_334n),
    ...Array<bigint>(8).fill(83_333n),
  ]);
  expect(parts.map(({ due }) => due).slice(0, 3)).toEqual(['2024-02-29', '2024-03-31', '2024-04-30']);
});

test('a part is missed the day after it was due, unless earlier money covers it', () => {
  const missed = (repaid: bigint, today: string) => missedOf(parts, repaid, today).map(({ n }) => n);
  expect(missed(0n, '2024-02-29')).toEqual([]);
  expect(missed(0n, '2024-03-01')).toEqual([1]);
  expect(missed(83_334n, '2024-04-01')).toEqual([2]);
  expect(missed(200_000n, '2024-04-01')).toEqual([]);
});

test('the next part, with what is open of those before', () => {
  expect(nextOf(parts, 0n, '2024-03-15')).toMatchObject({ n: 2, due: '2024-03-31', open: 166_668n });
  expect(nextOf(parts, 900_000n, '2024-03-15')).toMatchObject({ n: 2, open: 0n });
  expect(nextOf(parts, 0n, '2025-02-01')).toBeUndefined();
});

test('at most a tenth of a payable is set off, in whole so‘m', () => {
  expect(mostSetOff(307_096n, 10)).toBe(30_709n);
});

test('the parts are the debt; none is missed before it is due, and all open ones are after the last', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 10n ** 9n }), fc.integer({ min: 1, max: 36 }), (amount, count) => {
      const all = instalmentsOf(amount, '2024-01-15', count);
      expect(all.reduce((sum, each) => sum + each.amount, 0n)).toBe(amount);
      const sizes = all.map((each) => each.amount);
      expect(Number((sizes[0] ?? 0n) - (sizes.at(-1) ?? 0n))).toBeLessThanOrEqual(1);
      const last = all.at(-1)?.due ?? '';
      expect(missedOf(all, amount, addDays(last, 1))).toEqual([]);
      expect(missedOf(all, 0n, addDays(last, 1))).toHaveLength(all.length);
      expect(missedOf(all, 0n, all[0]?.due ?? '')).toEqual([]);
    }),
  );
});
