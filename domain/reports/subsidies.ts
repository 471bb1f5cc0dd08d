import type { Month } from '../money/months';
import type { PostingEvent } from '../money/postings';
import { type Programme, programmes } from '../policy';
import type { Soato } from '../soato';
import { regions } from './regions';

/*
 * The definition of the report, fact by fact. `records/reads/reports/subsidies.ts` counts the same in the database; a test compares the two.
 */

/** The region and programme of a line, for which a flow counts. */
export interface Place {
  region: Soato;
  programme: Programme;
}

/** An application received, or an order signed, in the time of the report. */
export interface Filed extends Place {
  what: 'applied' | 'ordered';
}

/** The events that are flows of the report, each with its column. */
export const flowColumns = {
  settled: 'paid',
  set_off: 'paid',
  returned_after_settlement: 'returned',
  set_off_recovered: 'recovered',
  repaid: 'recovered',
  repaid_later: 'recovered',
} as const satisfies Partial<Record<PostingEvent, 'paid' | 'returned' | 'recovered'>>;
export type FlowEvent = keyof typeof flowColumns;

/** A posting for a subsidy's month in the time of the report, in whole so'm. */
export interface Flow extends Place {
  subsidy: string;
  /** Empty for an adaptation, which is paid once. */
  month: Month;
  /** One person for wages. For adapted workplaces, their people. */
  persons: readonly string[];
  event: FlowEvent;
  amount: bigint;
}

/** The balance of an account on the last day of the report. */
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
  /** Returned after the payment. */
  returned: bigint;
  /** Set off or repaid. */
  recovered: bigint;
  committed: bigint;
  payable: bigint;
  /** Distinct persons with more paid than returned. */
  people: number;
  /** Months of subsidies that were paid and not returned. An adaptation counts as one month. */
  months: number;
  /** The sum paid for these months, divided by their number and rounded down; null without a month. */
  average: bigint | null;
}

/** The figures of a place without a subsidy. */
export const noSubsidies: SubsidyFigures = {
  applied: 0,
  ordered: 0,
  paid: 0n,
  returned: 0n,
  recovered: 0n,
  committed: 0n,
  payable: 0n,
  people: 0,
  months: 0,
  average: null,
};

export type SubsidyRow = { soato: Soato; region: string; programme: Programme } & SubsidyFigures;

/** The subsidies by region and programme [money §9]. Rows without a subsidy hold zeros. */
export const subsidiesByRegion = (facts: SubsidyFacts): SubsidyRow[] =>
  regions.flatMap((region) =>
    programmes.map((programme) => ({
      ...region,
      programme,
      ...figuresOf(within(facts, (place) => place.region === region.soato && place.programme === programme)),
    })),
  );

/** The republic's totals, by programme and together. A person in two programmes counts once. */
export const subsidyTotals = (facts: SubsidyFacts): Record<Programme | 'total', SubsidyFigures> => ({
  hire_pwd: ofProgramme(facts, 'hire_pwd'),
  above_quota: ofProgramme(facts, 'above_quota'),
  workplace_adaptation: ofProgramme(facts, 'workplace_adaptation'),
  training_stipend: ofProgramme(facts, 'training_stipend'),
  self_employment_start: ofProgramme(facts, 'self_employment_start'),
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

/** The paid sums less the returned sums, by some keys of each flow. Only sums above 0 are included. */
function netBy(flows: readonly Flow[], keysOf: (flow: Flow) => readonly string[]): bigint[] {
  const net = new Map<string, bigint>();
  for (const flow of flows)
    for (const key of keysOf(flow)) {
      const signed = flowColumns[flow.event] === 'paid' ? flow.amount : -flow.amount;
      net.set(key, (net.get(key) ?? 0n) + signed);
    }
  return [...net.values()].filter((amount) => amount > 0n);
}
