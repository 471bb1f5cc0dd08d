import { balanceFaults, netOut, verdictOf } from './statement';

test('what went out less what came in', () => {
  expect(netOut([])).toBe(0n);
  expect(
    netOut([
      { direction: 'out', amount: 510_000n },
      { direction: 'in', amount: 10_000n },
      { direction: 'out', amount: 1n },
    ]),
  ).toBe(500_001n);
});

test.each([
  ['adds up', { opening: 10n, closing: 7n }, 3n, { before: 10n, after: 7n }, []],
  ['the first knows none before', { opening: 10n, closing: 7n }, 3n, {}, []],
  [
    'opens otherwise than the one before closed',
    { opening: 10n, closing: 7n },
    3n,
    { before: 9n },
    ['opening'],
  ],
  ['does not add up', { opening: 10n, closing: 8n }, 3n, { before: 10n }, ['balance']],
  ['more came in than went out', { opening: 10n, closing: 12n }, -2n, { before: 10n }, []],
  [
    'the next, read before, opens otherwise',
    { opening: 10n, closing: 7n },
    3n,
    { after: 8n },
    ['next_opening'],
  ],
  [
    'all of it',
    { opening: 1n, closing: 1n },
    1n,
    { before: 2n, after: 2n },
    ['opening', 'balance', 'next_opening'],
  ],
])('balances: %s', (_what, balances, net, around, faults) => {
  expect(balanceFaults(balances, net, around)).toEqual(faults);
});

test('a movement is what its word means for the payment', () => {
  expect(verdictOf({ then: 'settled' })).toBe('payment');
  expect(verdictOf({ then: 'nothing' })).toBe('payment');
  expect(verdictOf({ then: 'disputed', why: 'amount_differs' })).toBe('amount_differs');
});
