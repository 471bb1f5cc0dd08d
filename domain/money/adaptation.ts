import type { Day } from '../day';
import type { AdaptationRule, DatedAmount } from '../policy';
import { amountOf, bhmOn } from './amount';
import { multipleSet } from './terms';

/** The document that proves costs. */
export type Invoice = {
  issuerStir: string;
  number: string;
  date: Day;
};

/** A cost that the reviewer accepted. Each cost belongs to one workplace. */
export interface CostLine {
  workplace: string;
  /** In hundredths of a so'm, as on invoices; 0 when the cost was not accepted. */
  acceptedTiyin: bigint;
  document: Invoice;
}

/** The amount for an adapted workplace. */
export interface WorkplaceAmount {
  workplace: string;
  /** Whole so'm of accepted costs. */
  accepted: bigint;
  amount: bigint;
  capped: boolean;
}

/** The earlier adaptations, in the whole system. */
export interface Taken {
  /** The subsidised workplaces of this employer. */
  workplaces: readonly string[];
  /** The used documents of all employers, as `documentKey` writes them. */
  documents: readonly string[];
  /** The other adaptations for the same people. */
  others: readonly Adapted[];
}

/** An adaptation's workplaces, and the hired people. One person counts for one workplace. */
export interface Adapted {
  workplaces: readonly string[];
  people: readonly string[];
}

export interface AdaptationFault {
  code: 'too_many_workplaces' | 'workplace_subsidised' | 'document_used';
  /** The workplaces or documents with the fault. */
  about: string[];
}

/**
 * The greatest amount for one workplace: 40 × BHM on the order's date [PQ-4804, 2020].
 *
 * @throws RuleError amount_not_set, no_bhm
 */
export const workplaceCap = (rule: AdaptationRule, bhms: readonly DatedAmount[], orderDate: Day): bigint =>
  amountOf(bhmOn(bhms, orderDate).amount, multipleSet(rule.cap, 'workplace_adaptation'));

/**
 * The amount of an adaptation. Each workplace gets its accepted costs in whole so'm, at most the cap [money §2].
 *
 * @returns the sum, and the workplaces in the order in which they are first named
 */
export const adaptationAmount = (
  lines: readonly CostLine[],
  cap: bigint,
): { amount: bigint; workplaces: WorkplaceAmount[] } => {
  const workplaces = workplacesOf(lines).map((workplace) => {
    const tiyin = sum(
      lines
        .filter((line) => plain(line.workplace) === plain(workplace))
        .map(({ acceptedTiyin }) => acceptedTiyin),
    );
    const accepted = tiyin / 100n;
    return { workplace, accepted, amount: accepted < cap ? accepted : cap, capped: accepted > cap };
  });
  return { amount: sum(workplaces.map(({ amount }) => amount)), workplaces };
};

/**
 * The faults of an adaptation: more workplaces than people; a workplace that was subsidised before; a document that was used
 * before or is named twice.
 *
 * @param people the named people who are hired and still employed
 * @returns an empty list without a fault
 */
export const adaptationFaults = (
  lines: readonly CostLine[],
  people: readonly string[],
  taken: Taken,
): AdaptationFault[] => {
  const workplaces = workplacesOf(lines);
  const documents = lines.map(({ document }) => documentKey(document));
  const before = { workplaces: new Set(taken.workplaces.map(plain)), documents: new Set(taken.documents) };
  const faults: AdaptationFault[] = [
    { code: 'too_many_workplaces', about: withoutPerson({ workplaces, people }, taken.others) },
    { code: 'workplace_subsidised', about: workplaces.filter((each) => before.workplaces.has(plain(each))) },
    {
      code: 'document_used',
      about: unique(documents.filter((each, n) => before.documents.has(each) || documents.indexOf(each) < n)),
    },
  ];
  return faults.filter(({ about }) => about.length > 0);
};

/**
 * The workplaces without a person. A person counts for one subsidised workplace at a time, in all applications together
 * [money §2]. Where several people may count for a workplace, a person who is needed elsewhere is taken from it.
 *
 * @param others the other adaptations for the same people; their workplaces keep a person each
 */
export const withoutPerson = (adapted: Adapted, others: readonly Adapted[]): string[] => {
  const standsFor = new Map<string, { people: readonly string[] }>();
  const find = (place: { people: readonly string[] }, asked: Set<string>): boolean =>
    place.people.some((person) => {
      if (asked.has(person)) return false;
      asked.add(person);
      const now = standsFor.get(person);
      if (now && !find(now, asked)) return false;
      standsFor.set(person, place);
      return true;
    });
  for (const { workplaces, people } of others)
    for (let n = 0; n < workplaces.length; n++) find({ people }, new Set());
  return adapted.workplaces.filter(() => !find({ people: adapted.people }, new Set()));
};

/** The key of a document: issuer's STIR, number, date. Spaces and capitals of the number do not matter. */
export const documentKey = ({ issuerStir, number, date }: Invoice): string =>
  [issuerStir, plain(number), date].join('/');

/** A number or a name without spaces and capitals, which people write differently. */
export const plain = (written: string): string => written.replaceAll(/\s/g, '').toUpperCase();

/** The workplaces that the costs name, in their first spelling. */
export const workplacesOf = (lines: readonly Pick<CostLine, 'workplace'>[]): string[] => [
  ...lines
    .reduce(
      (named, { workplace }) =>
        named.has(plain(workplace)) ? named : named.set(plain(workplace), workplace),
      new Map<string, string>(),
    )
    .values(),
];

const unique = (texts: readonly string[]): string[] => [...new Set(texts)];

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((total, each) => total + each, 0n);
