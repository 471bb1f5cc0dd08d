/** The accounts of a budget line [money §8]. All but the appropriation stay at or above 0. */
export const ledgerAccounts = [
  'appropriation',
  'free',
  'committed',
  'payable',
  'sent',
  'paid',
  'recoverable',
  'surrendered',
  'written_off',
] as const;
export type LedgerAccount = (typeof ledgerAccounts)[number];

type Move = readonly [from: LedgerAccount, to: LedgerAccount];

/** The moves of each event, from one account to another: the posting table of money §8. */
export const postings = {
  line_raised: [['appropriation', 'free']],
  line_lowered: [['free', 'appropriation']],
  reserved: [['free', 'committed']],
  released: [['committed', 'free']],
  approved: [['committed', 'payable']],
  approval_fell: [['payable', 'committed']],
  sent: [['payable', 'sent']],
  settled: [['sent', 'paid']],
  payment_returned: [['sent', 'payable']],
  returned_after_settlement: [['paid', 'payable']],
  unpayable: [['payable', 'free']],
  overpaid: [['paid', 'recoverable']],
  /** A set-off has two postings, because the subsidy that is paid may be another than the overpaid subsidy. */
  set_off: [['payable', 'paid']],
  set_off_recovered: [['recoverable', 'free']],
  /** A demand is withdrawn, because the payment was due after all. */
  overpaid_waived: [['recoverable', 'paid']],
  repaid: [['recoverable', 'free']],
  repaid_later: [['recoverable', 'surrendered']],
  written_off: [['recoverable', 'written_off']],
  lapsed: [['free', 'appropriation']],
  committed_leaves: [['committed', 'appropriation']],
  committed_arrives: [['appropriation', 'committed']],
  payable_leaves: [['payable', 'appropriation']],
  payable_arrives: [['appropriation', 'payable']],
} as const satisfies Record<string, readonly Move[]>;
export type PostingEvent = keyof typeof postings;

/** The line's own accounts. The others are kept apart by subsidy, so that two subsidies never share a balance. */
export const ofTheLine: readonly LedgerAccount[] = ['appropriation', 'free', 'surrendered', 'written_off'];

/** One side of a posting: an account and its gain in so'm; a negative gain is a loss. */
export interface Entry {
  account: LedgerAccount;
  amount: bigint;
}

/**
 * The entries of an event. Every move has two: its amount from one account and to another. So the entries sum to 0.
 *
 * @param amount in so'm, above 0
 * @throws RangeError for an amount of 0 or less
 */
export const entriesOf = (event: PostingEvent, amount: bigint): Entry[] => {
  if (amount <= 0n) throw new RangeError(`not an amount to post: ${amount}`);
  return postings[event].flatMap(([from, to]) => [
    { account: from, amount: -amount },
    { account: to, amount },
  ]);
};
