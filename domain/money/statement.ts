import type { Meaning } from './treasury-word';

/** The balances and sums of a day's statement, in whole so'm. */
export interface Balances {
  opening: bigint;
  closing: bigint;
}

/** A movement of money in a statement. */
export interface Movement {
  direction: 'out' | 'in';
  amount: bigint;
}

/** The possible faults of a statement's balances: the refs of their differences [money §9]. */
export type BalanceFault = 'opening' | 'balance' | 'next_opening';

/** The outgoing sum less the incoming sum. */
export const netOut = (movements: readonly Movement[]): bigint =>
  movements.reduce((sum, { direction, amount }) => sum + (direction === 'out' ? amount : -amount), 0n);

/**
 * Whether a statement adds up [money §9]. It opens with the closing balance of the statement before. It closes with the opening
 * balance of the statement after, if that was read first. Opening − out + in is closing.
 *
 * @param around the statements before and after, where they are known
 */
export function balanceFaults(
  { opening, closing }: Balances,
  net: bigint,
  around: { before?: bigint | undefined; after?: bigint | undefined },
): BalanceFault[] {
  return [
    ...(around.before !== undefined && around.before !== opening ? (['opening'] as const) : []),
    ...(opening - net === closing ? [] : (['balance'] as const)),
    ...(around.after !== undefined && around.after !== closing ? (['next_opening'] as const) : []),
  ];
}

/** The finding on a movement: matched with a payment or a recovery, or a kind of difference. */
export const verdicts = [
  'payment',
  'recovery',
  'unknown_key',
  'amount_differs',
  'account_differs',
  'contradiction',
  'stated_twice',
  'unmatched_incoming',
] as const;
export type Verdict = (typeof verdicts)[number];

export const isDifference = (verdict: Verdict): boolean => verdict !== 'payment' && verdict !== 'recovery';

/** The finding on a movement under an order's key, by its consequence for the payment. */
export const verdictOf = (meaning: Meaning): Verdict =>
  meaning.then === 'disputed' ? meaning.why : 'payment';
