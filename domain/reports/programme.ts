import type { Day } from '../day';
import type { MeasureKind } from '../pathways/case';
import type { Soato } from '../soato';
import { regions, type Region } from './regions';

/** A measure that a person entered in the time of the report. */
export interface Entry {
  person: string;
  on: Day;
  /** The person's region on the day of hire or entry. */
  region: Soato;
  kind: MeasureKind;
  subsidised: boolean;
}

/** The columns of the table of the 2023 programme. The last measure is not in that table. */
export const programmeColumns = [
  'total',
  'permanent_job',
  'training',
  'public_works',
  'subsidised_job',
  'self_employment',
] as const;
type Column = (typeof programmeColumns)[number];
export type ProgrammeCounts = Record<Column, number>;

/** The column of an entry. A permanent and a subsidised job exclude each other [pathway §8]. */
const columnOf = ({ kind, subsidised }: Entry): Exclude<Column, 'total'> => {
  if (kind === 'job') return subsidised ? 'subsidised_job' : 'permanent_job';
  return kind;
};

/** The first entry of each person into each measure. A second hire or training does not count again [pathway §8]. */
export function firstEntries(entries: readonly Entry[]): Entry[] {
  const first = new Map<string, Entry>();
  for (const entry of entries.toSorted((a, b) => (a.on < b.on ? -1 : 1))) {
    const key = `${entry.person} ${entry.kind}`;
    if (!first.has(key)) first.set(key, entry);
  }
  return [...first.values()];
}

/**
 * The programme report [pathway §8]. A person counts once for each measure, on the day of hire or entry, in the person's region
 * on that day. The report has all 14 regions. A region without an entry has zeros.
 */
export const programme = (entries: readonly Entry[]): (Region & ProgrammeCounts)[] =>
  regions.map((region) => ({
    ...region,
    ...countsOf(entries.filter((entry) => entry.region === region.soato)),
  }));

/** The same counts of all entries together. */
export function countsOf(entries: readonly Entry[]): ProgrammeCounts {
  const counts: ProgrammeCounts = {
    total: entries.length,
    permanent_job: 0,
    training: 0,
    public_works: 0,
    subsidised_job: 0,
    self_employment: 0,
  };
  for (const entry of entries) counts[columnOf(entry)] += 1;
  return counts;
}
