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
  /** The other adaptations for the same people. */
  others: readonly Adapted[];
}

/** An adaptation's workplaces, and the people hired who may stand for one each. */
export interface Adapted {
  workplaces: readonly string[];
  people: readonly string[];
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
 * What speaks against an adaptation: more workplaces than people who may stand for one; a workplace subsidised before; a
 * document used before or named twice.
 *
 * @param people those named who are hired and still employed
 * @returns none when nothing does
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
 * The workplaces for which nobody is left: a person stands for one subsidised workplace at a time, whatever the application
 * [money §2]. Where several may stand for one, whoever is needed elsewhere makes room.
 *
 * @param others the other adaptations for the same people; the workplaces that stand already keep somebody
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

/** A document's one name, however its number was written: issuer's STIR, number, date. */
export const documentKey = ({ issuerStir, number, date }: Invoice): string =>
  [issuerStir, plain(number), date].join('/');

/** A number or a name without what people write differently: spaces and capitals. */
export const plain = (written: string): string => written.replaceAll(/\s/g, '').toUpperCase();

/** The workplaces that costs name, each as it is first written. */
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
