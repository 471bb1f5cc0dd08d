import fc from 'fast-check';

import { type Correction, correctionOf, type PaidMonth, setOff, type Unpaid } from './overpayment';

const month = (changed: Partial<PaidMonth>): PaidMonth => ({
  entitlement: 510_000n,
  paid: 510_000n,
  recovered: 0n,
  outstanding: 0n,
  writtenOff: 0n,
  ...changed,
});
const favour = (pay: bigint, waived = 0n): Correction => ({ kind: 'favour', by: pay + waived, waived, pay });

test.each<[string, Partial<PaidMonth>, Correction]>([
  ['what it is worth was paid', {}, { kind: 'nothing' }],
  ['worth more now', { entitlement: 618_517n }, favour(108_517n)],
  ['worth less now', { entitlement: 340_000n }, { kind: 'overpaid', by: 170_000n }],
  ['worth nothing now', { entitlement: 0n }, { kind: 'overpaid', by: 510_000n }],
  ['nothing was paid yet', { paid: 0n }, favour(510_000n)],
  [
    'what is demanded already is not demanded twice',
    { entitlement: 340_000n, outstanding: 170_000n },
    { kind: 'nothing' },
  ],
  ['nor what was repaid', { entitlement: 340_000n, recovered: 170_000n }, { kind: 'nothing' }],
  ['nor what was written off', { entitlement: 340_000n, writtenOff: 170_000n }, { kind: 'nothing' }],
  [
    'worth still less',
    { entitlement: 300_000n, outstanding: 100_000n, recovered: 70_000n },
    { kind: 'overpaid', by: 40_000n },
  ],
  ['worth the whole again, while the rest is demanded', { outstanding: 170_000n }, favour(0n, 170_000n)],
  [
    'worth the whole again, some repaid and some demanded',
    { outstanding: 100_000n, recovered: 70_000n },
    favour(70_000n, 100_000n),
  ],
  ['worth the whole again, the rest written off', { writtenOff: 170_000n }, { kind: 'nothing' }],
  [
    'worth a little more, some demanded',
    { entitlement: 400_000n, outstanding: 170_000n },
    favour(0n, 60_000n),
  ],
])('%s', (_name, changed, correction) => {
  expect(correctionOf(month(changed))).toEqual(correction);
});

test('after a correction there is none, and never more is kept than the month is worth or was lost', () => {
  const some = fc.bigInt({ min: 0n, max: 1_000_000n });
  fc.assert(
    fc.property(some, some, some, some, some, (entitlement, paid, a, b, c) => {
      const recovered = least(a, paid);
      const outstanding = least(b, paid - recovered);
      const writtenOff = least(c, paid - recovered - outstanding);
      const before = { entitlement, paid, recovered, outstanding, writtenOff };
      const after = applied(before, correctionOf(before));
      expect(correctionOf(after)).toEqual({ kind: 'nothing' });
      const kept = after.paid - after.recovered - after.outstanding - after.writtenOff;
      expect(kept).toBeLessThanOrEqual(entitlement);
      expect(after.paid - after.recovered).toBeGreaterThanOrEqual(least(entitlement, paid - recovered));
    }),
  );
});

const unpaid: Unpaid[] = [
  { id: 'S-000002-2024-06', line: 'A', since: '2024-07-01', amount: 100_000n },
  { id: 'S-000001-2024-05', line: 'A', since: '2024-06-01', amount: 200_000n },
  { id: 'S-000001-2024-06', line: 'A', since: '2024-07-01', amount: 100_000n },
  { id: 'S-000003-2024-04', line: 'B', since: '2024-05-01', amount: 900_000n },
];

test.each<[string, bigint, boolean, [string, bigint][], bigint]>([
  ['less than the oldest', 150_000n, true, [['S-000001-2024-05', 150_000n]], 0n],
  [
    'the oldest first, then by number',
    350_000n,
    true,
    [
      ['S-000001-2024-05', 200_000n],
      ['S-000001-2024-06', 100_000n],
      ['S-000002-2024-06', 50_000n],
    ],
    0n,
  ],
  [
    'more than there is: the rest is demanded',
    500_000n,
    true,
    [
      ['S-000001-2024-05', 200_000n],
      ['S-000001-2024-06', 100_000n],
      ['S-000002-2024-06', 100_000n],
    ],
    100_000n,
  ],
  ['another line, where the policy lets it', 500_000n, false, [['S-000003-2024-04', 500_000n]], 0n],
])('set off: %s', (_name, overpaid, sameLineOnly, from, left) => {
  const expected = { from: from.map(([id, amount]) => ({ id, amount })), left };
  expect(setOff(overpaid, unpaid, 'A', sameLineOnly)).toEqual(expected);
});

test('nothing to set off against: all is demanded', () => {
  expect(setOff(170_000n, [], 'A', true)).toEqual({ from: [], left: 170_000n });
  expect(setOff(170_000n, unpaid, 'C', true)).toEqual({ from: [], left: 170_000n });
});

const applied = (it: PaidMonth, correction: Correction): PaidMonth => {
  if (correction.kind === 'nothing') return it;
  if (correction.kind === 'overpaid') return { ...it, outstanding: it.outstanding + correction.by };
  return { ...it, paid: it.paid + correction.pay, outstanding: it.outstanding - correction.waived };
};

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
