import type { Month } from '../money/months';
import type { PostingEvent } from '../money/postings';
import { type Programme, programmes } from '../policy';
import type { Soato } from '../soato';
import { regions } from './regions';

/** Where something counts: the line's region and programme. */
export interface Place {
  region: Soato;
  programme: Programme;
}

/** An application received, or an order signed, in the time of the report. */
export interface Filed extends Place {
  what: 'applied' | 'ordered';
}

/** The events that are flows of the report, and the column each is counted in. */
export const flowColumns = {
  settled: 'paid',
  set_off: 'paid',
  returned_after_settlement: 'returned',
  set_off_recovered: 'recovered',
  repaid: 'recovered',
  repaid_later: 'recovered',
} as const satisfies Partial<Record<PostingEvent, 'paid' | 'returned' | 'recovered'>>;
export type FlowEvent = keyof typeof flowColumns;

/** What was posted in the time of the report for a month of a subsidy, in whole so'm. */
export interface Flow extends Place {
  subsidy: string;
  /** Empty for an adaptation, which is paid once. */
  month: Month;
  /** For whom: one person, or those for whom workplaces were adapted. */
  persons: readonly string[];
  event: FlowEvent;
  amount: bigint;
}

/** What stands on an account as of the last day of the report. */
export interface Standing extends Place {
  account: 'committed' | 'payable';
  amount: bigint;
}

export interface SubsidyFacts {
  filed: readonly Filed[];
  flows: readonly Flow[];
  standing: readonly Standing[];
}

export const subsidyColumns = [
  'applied',
  'ordered',
  'paid',
  'returned',
  'recovered',
  'committed',
  'payable',
  'people',
  'months',
  'average',
] as const;

/** Amounts in whole so'm. */
export interface SubsidyFigures {
  applied: number;
  ordered: number;
  paid: bigint;
  /** Came back after it had been paid. */
  returned: bigint;
  /** Set off or repaid. */
  recovered: bigint;
  committed: bigint;
  payable: bigint;
  /** Distinct persons for whom more was paid than came back. */
  people: number;
  /** Months of subsidies that were paid and did not come back; an adaptation is one. */
  months: number;
  /** Paid for these months, by their number, rounded down; null when there is none. */
  average: bigint | null;
}

export type SubsidyRow = { soato: Soato; region: string; programme: Programme } & SubsidyFigures;

/** The subsidies by region and programme [money §9]: all of them, with zeros where there is nothing to count. */
export const subsidiesByRegion = (facts: SubsidyFacts): SubsidyRow[] =>
  regions.flatMap((region) =>
    programmes.map((programme) => ({
      ...region,
      programme,
      ...figuresOf(within(facts, (place) => place.region === region.soato && place.programme === programme)),
    })),
  );

/** The republic's totals: each programme's, and of all together. A person in two programmes is one. */
export const subsidyTotals = (facts: SubsidyFacts): Record<Programme | 'total', SubsidyFigures> => ({
  hire_pwd: ofProgramme(facts, 'hire_pwd'),
  above_quota: ofProgramme(facts, 'above_quota'),
  workplace_adaptation: ofProgramme(facts, 'workplace_adaptation'),
  total: figuresOf(facts),
});

const ofProgramme = (facts: SubsidyFacts, programme: Programme): SubsidyFigures =>
  figuresOf(within(facts, (place) => place.programme === programme));

const within = (
  { filed, flows, standing }: SubsidyFacts,
  isHere: (place: Place) => boolean,
): SubsidyFacts => ({
  filed: filed.filter(isHere),
  flows: flows.filter(isHere),
  standing: standing.filter(isHere),
});

function figuresOf({ filed, flows, standing }: SubsidyFacts): SubsidyFigures {
  const months = netBy(
    flows.filter(({ event }) => flowColumns[event] !== 'recovered'),
    ({ subsidy, month }) => [`${subsidy} ${month}`],
  );
  const average =
    months.length > 0 ? months.reduce((sum, amount) => sum + amount, 0n) / BigInt(months.length) : null;
  return {
    applied: filed.filter(({ what }) => what === 'applied').length,
    ordered: filed.filter(({ what }) => what === 'ordered').length,
    paid: sumOf(flows.filter(({ event }) => flowColumns[event] === 'paid')),
    returned: sumOf(flows.filter(({ event }) => flowColumns[event] === 'returned')),
    recovered: sumOf(flows.filter(({ event }) => flowColumns[event] === 'recovered')),
    committed: sumOf(standing.filter(({ account }) => account === 'committed')),
    payable: sumOf(standing.filter(({ account }) => account === 'payable')),
    people: netBy(flows, ({ persons }) => persons).length,
    months: months.length,
    average,
  };
}

const sumOf = (of: readonly { amount: bigint }[]): bigint => of.reduce((sum, { amount }) => sum + amount, 0n);

/** What was paid less what came back, by some keys of each flow; only what is above 0. */
function netBy(flows: readonly Flow[], keysOf: (flow: Flow) => readonly string[]): bigint[] {
  const net = new Map<string, bigint>();
  for (const flow of flows)
    for (const key of keysOf(flow)) {
      const signed = flowColumns[flow.event] === 'paid' ? flow.amount : -flow.amount;
      net.set(key, (net.get(key) ?? 0n) + signed);
    }
  return [...net.values()].filter((amount) => amount > 0n);
}
