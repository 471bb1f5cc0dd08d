import { addMonths, type Day } from '../day';

/** A monthly part of a person's debt. */
export interface Instalment {
  /** From 1. */
  n: number;
  due: Day;
  /** Whole so'm. */
  amount: bigint;
}

/**
 * The equal monthly parts of a debt, the first a month after the demand [measures §4]. The so'm that do not divide are in the first
 * parts, one in each.
 *
 * @param amount in so'm
 * @param from the day from which the months count
 * @param count from 1
 */
export function instalmentsOf(amount: bigint, from: Day, count: number): Instalment[] {
  const part = amount / BigInt(count);
  const over = Number(amount % BigInt(count));
  const all = Array.from({ length: count }, (_, at) => ({
    n: at + 1,
    due: addMonths(from, at + 1),
    amount: part + (at < over ? 1n : 0n),
  }));
  return all.filter((each) => each.amount > 0n);
}

/** The parts that are due and not wholly repaid. Money that comes in pays the oldest first. @param repaid in so'm */
export function missedOf(parts: readonly Instalment[], repaid: bigint, today: Day): Instalment[] {
  let left = repaid;
  return parts.filter(({ due, amount }) => {
    left -= amount;
    return left < 0n && due < today;
  });
}

/** The next part that is due today or later, with the sum that is open of it and of those before. */
export function nextOf(
  parts: readonly Instalment[],
  repaid: bigint,
  today: Day,
): (Instalment & { open: bigint }) | undefined {
  const next = parts.find(({ due }) => due >= today);
  if (!next) return undefined;
  const upTo = parts.slice(0, next.n).reduce((sum, { amount }) => sum + amount, 0n);
  return { ...next, open: upTo > repaid ? upTo - repaid : 0n };
}

/**
 * The most that may be set off against a person's payable: a part of it, and only with the person's consent [measures §4].
 *
 * @param payable in so'm
 * @param percent of the payable
 */
export const mostSetOff = (payable: bigint, percent: number): bigint => (payable * BigInt(percent)) / 100n;
