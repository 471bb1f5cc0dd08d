/** What a month was worth and what became of it, in whole so'm. */
export interface PaidMonth {
  /** As calculated now. */
  entitlement: bigint;
  /** What its payables paid, set-offs included. */
  paid: bigint;
  /** What was set off or repaid. */
  recovered: bigint;
  /** What is demanded back and not repaid. */
  outstanding: bigint;
  /** What was demanded and is lost: a written-off part is not demanded again, and not paid again. */
  writtenOff: bigint;
}

/**
 * What a new calculation means for a month that was paid: `favour`, of which `waived` is what is no longer demanded and `pay`
 * what a further payable pays; or `overpaid`, to be set off and demanded.
 */
export type Correction =
  | { kind: 'favour'; by: bigint; waived: bigint; pay: bigint }
  | { kind: 'overpaid'; by: bigint }
  | { kind: 'nothing' };

/** What a correction is, and by how much [money §6]: a new entry, never an edit. */
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
  /** When it was opened, any text that sorts by time. */
  since: string;
  /** What is still to be sent of it, whole so'm. */
  amount: bigint;
}

/** What is taken from which payables, and what is left to be demanded. */
export interface SetOff {
  from: { id: string; amount: bigint }[];
  left: bigint;
}

/**
 * Sets an overpayment off against the employer's unpaid payables, oldest first [money §6].
 *
 * @param overpaid whole so'm
 * @param unpaid of the same employer
 * @param line of the overpayment
 * @param sameLineOnly policy: setOffOnSameLine
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
