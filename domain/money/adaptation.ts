import type { Day } from '../day';
import type { AdaptationRule, DatedAmount } from '../policy';
import { amountOf, bhmOn } from './amount';
import { multipleSet } from './terms';

/** A document that costs rest on. */
export type Invoice = {
  issuerStir: string;
  number: string;
  date: Day;
};

/** A cost as accepted by the reviewer; each belongs to one workplace. */
export interface CostLine {
  workplace: string;
  /** In hundredths of a so'm, as invoices have them; 0 when it was not accepted. */
  acceptedTiyin: bigint;
  document: Invoice;
}

/** What an adapted workplace is paid for. */
export interface WorkplaceAmount {
  workplace: string;
  /** Whole so'm of accepted costs. */
  accepted: bigint;
  amount: bigint;
  capped: boolean;
}

/** What was subsidised before, in the whole system. */
export interface Taken {
  /** Workplaces of this employer. */
  workplaces: readonly string[];
  /** Documents of anybody, as `documentKey` writes them. */
  documents: readonly string[];
}

export interface AdaptationFault {
  code: 'too_many_workplaces' | 'workplace_subsidised' | 'document_used';
  /** The workplaces or documents it is about. */
  about: string[];
}

/**
 * The most that one workplace is paid: 40 × BHM on the order's date [PQ-4804, 2020].
 *
 * @throws RuleError amount_not_set, no_bhm
 */
export const workplaceCap = (rule: AdaptationRule, bhms: readonly DatedAmount[], orderDate: Day): bigint =>
  amountOf(bhmOn(bhms, orderDate).amount, multipleSet(rule.cap, 'workplace_adaptation'));

/**
 * What an adaptation is worth: per workplace, costs accepted in whole so'm, at most the cap [money §2].
 *
 * @returns the sum, and the workplaces in the order in which they are first named
 */
export const adaptationAmount = (
  lines: readonly CostLine[],
  cap: bigint,
): { amount: bigint; workplaces: WorkplaceAmount[] } => {
  const workplaces = workplacesOf(lines).map((workplace) => {
    const tiyin = sum(
      lines.filter((line) => line.workplace === workplace).map(({ acceptedTiyin }) => acceptedTiyin),
    );
    const accepted = tiyin / 100n;
    return { workplace, accepted, amount: accepted < cap ? accepted : cap, capped: accepted > cap };
  });
  return { amount: sum(workplaces.map(({ amount }) => amount)), workplaces };
};

/**
 * What speaks against an adaptation: more workplaces than people hired and still employed; a workplace subsidised before; a
 * document used before or named twice.
 *
 * @param employed how many of the people named are hired and still employed
 * @returns none when nothing does
 */
export const adaptationFaults = (
  lines: readonly CostLine[],
  employed: number,
  taken: Taken,
): AdaptationFault[] => {
  const workplaces = workplacesOf(lines);
  const documents = lines.map(({ document }) => documentKey(document));
  const before = { workplaces: new Set(taken.workplaces), documents: new Set(taken.documents) };
  const faults: AdaptationFault[] = [
    { code: 'too_many_workplaces', about: workplaces.slice(employed) },
    { code: 'workplace_subsidised', about: workplaces.filter((each) => before.workplaces.has(each)) },
    {
      code: 'document_used',
      about: unique(documents.filter((each, n) => before.documents.has(each) || documents.indexOf(each) < n)),
    },
  ];
  return faults.filter(({ about }) => about.length > 0);
};

/** A document's one name, however its number was written: issuer's STIR, number, date. */
export const documentKey = ({ issuerStir, number, date }: Invoice): string =>
  [issuerStir, plainNumber(number), date].join('/');

/** A document's number without what people write differently: spaces and capitals. */
export const plainNumber = (number: string): string => number.replaceAll(/\s/g, '').toUpperCase();

const workplacesOf = (lines: readonly CostLine[]): string[] =>
  unique(lines.map(({ workplace }) => workplace));

const unique = (texts: readonly string[]): string[] => [...new Set(texts)];

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, each) => total + each, 0n);
