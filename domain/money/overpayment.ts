/** The sums of a month, in whole so'm. */
export interface PaidMonth {
  /** The amount as calculated now. */
  entitlement: bigint;
  /** The sum that its payables paid, set-offs included. */
  paid: bigint;
  /** The sum that was set off or repaid. */
  recovered: bigint;
  /** The sum that is demanded back and not repaid. */
  outstanding: bigint;
  /** The sum that was demanded and written off. It is not demanded again, and not paid again. */
  writtenOff: bigint;
}

/**
 * The result of a new calculation for a paid month. `favour` is a correction upwards: `waived` is no longer demanded, and a
 * further payable pays `pay`. `overpaid` is set off and demanded.
 */
export type Correction =
  | { kind: 'favour'; by: bigint; waived: bigint; pay: bigint }
  | { kind: 'overpaid'; by: bigint }
  | { kind: 'nothing' };

/** The direction of a correction and its sum [money §6]. A correction is a new entry, never an edit. */
export const correctionOf = ({
  entitlement,
  paid,
  recovered,
  outstanding,
  writtenOff,
}: PaidMonth): Correction => {
  const kept = paid - recovered;
  const excess = kept - outstanding - writtenOff - entitlement;
  if (excess > 0n) return { kind: 'overpaid', by: excess };
  const waived = least(outstanding, entitlement - (kept - outstanding - writtenOff));
  const pay = most(0n, entitlement - kept);
  return waived + pay > 0n ? { kind: 'favour', by: waived + pay, waived, pay } : { kind: 'nothing' };
};

/** A payable of the employer that is not paid yet. */
export interface Unpaid {
  id: string;
  line: string;
  /** The instant of its opening, as a text that sorts by time. */
  since: string;
  /** The sum that is still to be sent, in whole so'm. */
  amount: bigint;
}

/** The sums that payables lose, and the rest to be demanded. */
export interface SetOff {
  from: { id: string; amount: bigint }[];
  left: bigint;
}

/**
 * Sets an overpayment off against the employer's unpaid payables, oldest first [money §6].
 *
 * @param overpaid whole so'm
 * @param unpaid the unpaid payables of the same employer
 * @param line the overpayment's line
 * @param sameLineOnly the policy's `setOffOnSameLine`
 */
export const setOff = (
  overpaid: bigint,
  unpaid: readonly Unpaid[],
  line: string,
  sameLineOnly: boolean,
): SetOff => {
  const from: SetOff['from'] = [];
  let left = overpaid;
  for (const payable of unpaid.filter((each) => !sameLineOnly || each.line === line).toSorted(byAge)) {
    const amount = least(left, payable.amount);
    if (amount > 0n) from.push({ id: payable.id, amount });
    left -= amount;
  }
  return { from, left };
};

const byAge = (a: Unpaid, b: Unpaid): number =>
  a.since === b.since ? compare(a.id, b.id) : compare(a.since, b.since);

const compare = (a: string, b: string): number => (a < b ? -1 : 1);

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);

const most = (a: bigint, b: bigint): bigint => (a > b ? a : b);
