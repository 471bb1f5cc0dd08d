import type { Day } from '../day';
import type { CostsRule, DatedAmount, PaidOnce } from '../policy';
import { amountOf, bhmOn } from './amount';
import { multipleSet } from './terms';

/* Costs that a document proves: of adapted workplaces, and of the start of an own business. */

/** The document that proves costs. */
export type Invoice = {
  issuerStir: string;
  number: string;
  date: Day;
};

/** A cost that the reviewer accepted. */
export interface Accepted {
  /** In hundredths of a so'm, as on invoices; 0 when the cost was not accepted. */
  acceptedTiyin: bigint;
  document: Invoice;
}

/** The amount for accepted costs. */
export interface CappedCosts {
  /** Whole so'm of accepted costs. */
  accepted: bigint;
  amount: bigint;
  capped: boolean;
}

/** The amount for costs: the accepted ones in whole so'm, at most the cap [money §2, measures §3]. */
export function cappedCosts(costs: readonly Accepted[], cap: bigint): CappedCosts {
  const accepted = costs.reduce((total, { acceptedTiyin }) => total + acceptedTiyin, 0n) / 100n;
  return { accepted, amount: accepted < cap ? accepted : cap, capped: accepted > cap };
}

/**
 * The greatest amount: a multiple of the BHM on the order's date.
 *
 * @throws RuleError amount_not_set, no_bhm
 */
export const costCap = (
  { cap }: Pick<CostsRule, 'cap'>,
  programme: PaidOnce,
  bhms: readonly DatedAmount[],
  orderDate: Day,
): bigint => amountOf(bhmOn(bhms, orderDate).amount, multipleSet(cap, programme));

/** The documents that were used before, or are named twice, as `documentKey` writes them. A document counts once in the whole system. */
export function usedAgain(costs: readonly Pick<Accepted, 'document'>[], before: readonly string[]): string[] {
  const used = new Set(before);
  const documents = costs.map(({ document }) => documentKey(document));
  return unique(documents.filter((each, n) => used.has(each) || documents.indexOf(each) < n));
}

/** The key of a document: issuer's STIR, number, date. Spaces and capitals of the number do not matter. */
export const documentKey = ({ issuerStir, number, date }: Invoice): string =>
  [issuerStir, plain(number), date].join('/');

/** A number or a name without spaces and capitals, which people write differently. */
export const plain = (written: string): string => written.replaceAll(/\s/g, '').toUpperCase();

const unique = (texts: readonly string[]): string[] => [...new Set(texts)];
