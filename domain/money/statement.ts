import type { Meaning } from './treasury-word';

/** What a day's statement shows, in whole so'm. */
export interface Balances {
  opening: bigint;
  closing: bigint;
}

/** A movement of money as a statement shows it. */
export interface Movement {
  direction: 'out' | 'in';
  amount: bigint;
}

/** What is wrong with a statement's balances: the refs of their differences [money §9]. */
export type BalanceFault = 'opening' | 'balance' | 'next_opening';

/** What went out less what came in. */
export const netOut = (movements: readonly Movement[]): bigint =>
  movements.reduce((sum, { direction, amount }) => sum + (direction === 'out' ? amount : -amount), 0n);

/**
 * Whether a statement adds up: it opens with the closing balance of the one before, closes with the opening balance of the one
 * after (if that was read first), and opening − out + in is closing [money §9].
 *
 * @param around the statements before and after it, where they are known
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

/** What a movement was found to be: matched with a payment or a recovery, or the kind of its difference. */
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

/** What a movement under an order's key was found to be, by what its word means for the payment. */
export const verdictOf = (meaning: Meaning): Verdict =>
  meaning.then === 'disputed' ? meaning.why : 'payment';
