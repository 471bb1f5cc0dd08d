import { type Accepted, type CappedCosts, cappedCosts, plain, usedAgain } from './costs';

/** A cost that the reviewer accepted. Each cost belongs to one workplace. */
export interface CostLine extends Accepted {
  workplace: string;
}

/** The amount for an adapted workplace. */
export interface WorkplaceAmount extends CappedCosts {
  workplace: string;
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
 * The amount of an adaptation. Each workplace gets its accepted costs in whole so'm, at most the cap [money §2].
 *
 * @returns the sum, and the workplaces in the order in which they are first named
 */
export const adaptationAmount = (
  lines: readonly CostLine[],
  cap: bigint,
): { amount: bigint; workplaces: WorkplaceAmount[] } => {
  const workplaces = workplacesOf(lines).map((workplace) => {
    const costs = lines.filter((line) => plain(line.workplace) === plain(workplace));
    return { workplace, ...cappedCosts(costs, cap) };
  });
  return { amount: workplaces.reduce((total, { amount }) => total + amount, 0n), workplaces };
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
  const before = new Set(taken.workplaces.map(plain));
  const faults: AdaptationFault[] = [
    { code: 'too_many_workplaces', about: withoutPerson({ workplaces, people }, taken.others) },
    { code: 'workplace_subsidised', about: workplaces.filter((each) => before.has(plain(each))) },
    { code: 'document_used', about: usedAgain(lines, taken.documents) },
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
