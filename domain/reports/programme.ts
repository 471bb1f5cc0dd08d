import type { Day } from '../day';
import type { MeasureKind } from '../pathways/case';
import type { Soato } from '../soato';
import { factsOf, type Place } from './regions';

/*
 * The definition of the report, fact by fact. `records/reads/reports/programme.ts` counts the same in the database; a test compares the two.
 */

/** A measure that a person entered in the time of the report. */
export interface Entry {
  person: string;
  on: Day;
  /** The person's area on the day of hire or entry: at least the region. */
  area: Soato;
  kind: MeasureKind;
}

/** An order of a wage subsidy for a hire that was counted. */
export interface Order {
  person: string;
  /** The order's day. */
  on: Day;
  /** The area of the hire. */
  area: Soato;
}

/** The columns of the table of the 2023 programme. The last measure is neither in that table nor in its total [measures §6]. */
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

/** The counts of a place without an entry. */
export const noProgramme: ProgrammeCounts = {
  total: 0,
  permanent_job: 0,
  training: 0,
  public_works: 0,
  subsidised_job: 0,
  self_employment: 0,
};

/** The column of an entry. A hire is a permanent job until an order moves it [pathway §8]. */
const columnOf = ({ kind }: Entry): Exclude<Column, 'total'> => (kind === 'job' ? 'permanent_job' : kind);

/** Notes on the columns, for the reader of the report. */
export const programmeNotes = [
  'A hire counts as permanent_job on its day. The order of a wage subsidy for it moves it to subsidised_job on the order’s day.',
  'Own businesses are in self_employment. They are not in total, which is the sum of the other columns.',
  'Where only the order lies in the time of the report, permanent_job is one less: it may be negative.',
] as const;

/** The first entry of each person into each measure. A second hire or training does not count again [pathway §8]. */
export function firstEntries(entries: readonly Entry[]): Entry[] {
  const first = new Map<string, Entry>();
  for (const entry of entries.toSorted((a, b) => (a.on < b.on ? -1 : 1))) {
    const key = `${entry.person} ${entry.kind}`;
    if (!first.has(key)) first.set(key, entry);
  }
  return [...first.values()];
}

/** The first order of each person in the time of the report, in the area where their hire is counted in it. */
export function firstOrders(orders: readonly Order[], entries: readonly Entry[]): Order[] {
  const first = new Map<string, Order>();
  for (const order of orders.toSorted((a, b) => (a.on < b.on ? -1 : 1)))
    if (!first.has(order.person)) first.set(order.person, order);
  const hiredIn = new Map(
    entries.filter(({ kind }) => kind === 'job').map(({ person, area }) => [person, area]),
  );
  return [...first.values()].map((order) => ({
    ...order,
    area: hiredIn.get(order.person) ?? order.area,
  }));
}

/**
 * The programme report by place [pathway §8]. A person counts once for each measure, on the day of hire or entry, in the
 * person's area on that day. An order moves a hire from `permanent_job` to `subsidised_job` on its own day. A place without an
 * entry has zeros.
 */
export const programme = <P extends Place>(
  entries: readonly Entry[],
  orders: readonly Order[],
  places: readonly P[],
): (P & ProgrammeCounts)[] =>
  places.map((place) => ({
    ...place,
    ...countsOf(factsOf(place, entries), factsOf(place, orders)),
  }));

/** The same counts of all entries together. */
export function countsOf(entries: readonly Entry[], orders: readonly Order[]): ProgrammeCounts {
  const counts: ProgrammeCounts = {
    total: entries.filter(({ kind }) => kind !== 'self_employment').length,
    permanent_job: 0 - orders.length,
    training: 0,
    public_works: 0,
    subsidised_job: orders.length,
    self_employment: 0,
  };
  for (const entry of entries) counts[columnOf(entry)] += 1;
  return counts;
}
