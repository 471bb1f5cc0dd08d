import { reconciliation, type ReconciliationFacts } from './reconciliation';

const facts: ReconciliationFacts = {
  date: '2024-04-02',
  state: 'differing',
  opening: 1000n,
  closing: 485n,
  before: 1000n,
  stated: [
    {
      reference: 'S-1/1',
      kind: 'settled',
      direction: 'out',
      on: '2024-04-02',
      amount: 510n,
      ours: 510n,
      verdict: 'payment',
    },
    {
      reference: 'S-2/1',
      kind: 'settled',
      direction: 'out',
      on: '2024-04-02',
      amount: 10n,
      ours: 11n,
      verdict: 'amount_differs',
    },
    {
      reference: 'gift',
      kind: 'incoming',
      direction: 'in',
      on: '2024-04-02',
      amount: 5n,
      verdict: 'unmatched_incoming',
    },
  ],
  unstated: [
    { key: 'S-3/1', amount: 7n, on: '2024-03-26', workingDays: 5, overdue: true },
    { key: 'S-4/1', amount: 8n, on: '2024-04-01', workingDays: 1, overdue: false },
  ],
  open: ['S-2/1', 'S-3/1'],
  explained: new Map([['gift', 'returned to the giver']]),
  sums: {
    treasury: 515n,
    ledger: 536n,
    paidByKey: 536n,
    movedByKey: 520n,
    repaid: 0n,
    repaidLater: 0n,
    incoming: 5n,
  },
};

test('what matches is counted, what does not is shown with who waits for what', () => {
  const { matched, lines, balances, identity } = reconciliation(facts);
  expect(matched).toEqual({ count: 1, out: 510n, in: 0n });
  expect(
    lines.map(({ reference, verdict, difference, words }) => [reference, verdict, difference, words]),
  ).toEqual([
    ['S-1/1', 'matched', null, null],
    ['S-2/1', 'amount_differs', 'open', null],
    ['gift', 'unmatched_incoming', 'explained', 'returned to the giver'],
    ['S-3/1', 'not_in_statement_overdue', 'open', null],
    ['S-4/1', 'not_in_statement', null, null],
  ]);
  expect(balances).toEqual({ before: 1000n, opening: 1000n, out: 520n, in: 5n, closing: 485n, faults: [] });
  expect(identity).toEqual({
    treasury: 515n,
    ledger: 536n,
    payments: 16n,
    incoming: 5n,
    surrendered: 0n,
    unexplained: 0n,
  });
});

test('what is repaid in the year lowers both sides, what is repaid later is surrendered', () => {
  const of = (sums: ReconciliationFacts['sums']) => reconciliation({ ...facts, sums }).identity?.unexplained;
  const paid = { paidByKey: 500n, movedByKey: 500n };
  expect(of({ ...paid, treasury: 400n, ledger: 400n, repaid: 100n, repaidLater: 0n, incoming: 100n })).toBe(
    0n,
  );
  expect(of({ ...paid, treasury: 400n, ledger: 500n, repaid: 0n, repaidLater: 100n, incoming: 100n })).toBe(
    0n,
  );
  expect(of({ ...paid, treasury: 500n, ledger: 499n, repaid: 0n, repaidLater: 0n, incoming: 0n })).toBe(-1n);
});

test('not read yet: no identity, nothing faulty, movements still to be matched', () => {
  const none = { opening: undefined, closing: undefined, before: undefined, sums: undefined };
  const stated = facts.stated.slice(0, 1).map((one) => ({ ...one, verdict: undefined }));
  const early = reconciliation({ ...facts, ...none, stated });
  expect(early).toMatchObject({
    identity: null,
    matched: { count: 0 },
    balances: { faults: [], opening: null },
  });
  expect(early.lines[0]).toMatchObject({ verdict: 'not_matched_yet', difference: null });
});
