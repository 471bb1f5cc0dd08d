import fc from 'fast-check';

import {
  entriesOf,
  type Entry,
  type LedgerAccount,
  ledgerAccounts,
  ofTheLine,
  type PostingEvent,
  postings,
} from './postings';

const events = Object.keys(postings) as PostingEvent[];
const anAmount = fc.bigInt({ min: 1n, max: 10n ** 15n });

test.each<[PostingEvent, Partial<Record<LedgerAccount, number>>]>([
  ['line_raised', { appropriation: -1, free: 1 }],
  ['line_lowered', { free: -1, appropriation: 1 }],
  ['reserved', { free: -1, committed: 1 }],
  ['released', { committed: -1, free: 1 }],
  ['approved', { committed: -1, payable: 1 }],
  ['approval_fell', { payable: -1, committed: 1 }],
  ['sent', { payable: -1, sent: 1 }],
  ['settled', { sent: -1, paid: 1 }],
  ['payment_returned', { sent: -1, payable: 1 }],
  ['returned_after_settlement', { paid: -1, payable: 1 }],
  ['unpayable', { payable: -1, free: 1 }],
  ['overpaid', { paid: -1, recoverable: 1 }],
  ['set_off', { payable: -1, paid: 1 }],
  ['set_off_recovered', { recoverable: -1, free: 1 }],
  ['overpaid_waived', { recoverable: -1, paid: 1 }],
  ['repaid', { recoverable: -1, free: 1 }],
  ['repaid_later', { recoverable: -1, surrendered: 1 }],
  ['written_off', { recoverable: -1, written_off: 1 }],
  ['lapsed', { free: -1, appropriation: 1 }],
  ['committed_leaves', { committed: -1, appropriation: 1 }],
  ['committed_arrives', { appropriation: -1, committed: 1 }],
  ['payable_leaves', { payable: -1, appropriation: 1 }],
  ['payable_arrives', { appropriation: -1, payable: 1 }],
])('%s', (event, moved) => {
  const expected = Object.entries(moved).map(([account, sign]) => ({ account, amount: BigInt(sign) * 7n }));
  expect(entriesOf(event, 7n)).toEqual(expected);
});

test('every event sums to zero, by pairs', () => {
  fc.assert(
    fc.property(fc.constantFrom(...events), anAmount, (event, amount) => {
      const entries = entriesOf(event, amount);
      expect(sum(entries)).toBe(0n);
      expect(entries.length % 2).toBe(0);
    }),
  );
});

/** What the treasury's statement shows of an event, out less in, for each so'm; a set-off is two events that cancel out. */
const OUT: Partial<Record<PostingEvent, bigint>> = {
  settled: 1n,
  set_off: 1n,
  set_off_recovered: -1n,
  returned_after_settlement: -1n,
  repaid: -1n,
};
const OUTSIDE: readonly LedgerAccount[] = ['paid', 'recoverable', 'surrendered', 'written_off'];

test.each(events)(
  'after %s the treasury’s out − in is what is paid, recoverable, surrendered and written off',
  (event) => {
    const outside = entriesOf(event, 1n).filter(({ account }) => OUTSIDE.includes(account));
    expect(sum(outside)).toBe(OUT[event] ?? 0n);
  },
);

test.each<[PostingEvent, PostingEvent]>([
  ['line_raised', 'line_lowered'],
  ['reserved', 'released'],
  ['approved', 'approval_fell'],
  ['sent', 'payment_returned'],
  ['committed_arrives', 'committed_leaves'],
  ['payable_arrives', 'payable_leaves'],
])('%s is undone by %s', (event, back) => {
  const undone = entriesOf(back, 5n).map(({ account, amount }) => ({ account, amount: -amount }));
  expect(undone.toReversed()).toEqual(entriesOf(event, 5n));
});

test('every account is moved by some event, and none moves onto itself', () => {
  const moves = events.flatMap((event) => postings[event].map(([from, to]): [string, string] => [from, to]));
  expect(new Set(moves.flat())).toEqual(new Set(ledgerAccounts));
  expect(moves.filter(([from, to]) => from === to)).toEqual([]);
});

test('reserved, payable, sent and paid money is kept by subsidy', () => {
  expect(ledgerAccounts.filter((account) => !ofTheLine.includes(account))).toEqual([
    'committed',
    'payable',
    'sent',
    'paid',
    'recoverable',
  ]);
});

test.each([0n, -1n])('%p so’m are no posting', (amount) => {
  expect(() => entriesOf('settled', amount)).toThrow(RangeError);
});

const sum = (entries: readonly Entry[]): bigint => entries.reduce((total, { amount }) => total + amount, 0n);
