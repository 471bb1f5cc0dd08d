/**
 * `npm run bench [-- P1 P5 …] [--json file] [--rounds 7] [--large 1000000] [--many 20000] [--share 0.05] [--keep folder]` measures the product against baselines that are written
 * by hand, in the same run. Without names it measures everything. With `--cluster` P1, P2 and P7 are measured on the development server and
 * then on the server of a cluster (tools/cluster/). With `--keep` the seeded records of P5 stay in that folder for the next run.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import setUp from '../test/support/global-setup.mjs';
import tearDown from '../test/support/global-teardown.mjs';
import { quietTemporal } from '../test/support/workflow-code';
import {
  inWords,
  type Measure,
  type Result,
  type Row,
  type Server,
  type Setting,
  surroundings,
  verdict,
} from './frame';
import { openings } from './measures/openings';
import { decisions } from './measures/decisions';
import { events } from './measures/events';
import { memory } from './measures/memory';
import { reading } from './measures/reading';
import { programme } from './measures/programme';
import { deadlines } from './measures/deadlines';
import { monthlyRuns } from './measures/monthly-run';
import { starts } from './measures/starts';
import { serverOn } from './kept';

const measures: readonly Measure[] = [
  openings,
  decisions,
  events,
  memory,
  reading,
  programme,
  deadlines,
  monthlyRuns,
  starts,
];

/** The measures that `--cluster` takes: their figures depend on the server. */
const OF_THE_SERVER = ['P1', 'P2', 'P7'];
const ON: Record<Server, string> = { dev: '', cluster: ' on a cluster' };

export type Measured = Pick<Measure, 'id' | 'title' | 'baseline'> &
  Result & { server: Server; minutes: number };
/** What `--json` writes. */
export interface Report {
  at: string;
  surroundings: Record<string, string>;
  rounds: number;
  measures: Measured[];
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'string' },
      rounds: { type: 'string', default: '7' },
      large: { type: 'string', default: '1000000' },
      many: { type: 'string', default: '20000' },
      share: { type: 'string', default: '0.05' },
      cluster: { type: 'boolean', default: false },
      keep: { type: 'string' },
    },
  });
  for (const name of ['rounds', 'large', 'many', 'share'] as const)
    if (!(Number(values[name]) > 0)) throw new Error(`--${name} takes a number above 0`);
  const unknown = positionals.filter((name) => !measures.some(({ id }) => id === name));
  if (unknown.length > 0) throw new Error(`no such measure: ${unknown.join(', ')}`);
  const wanted = positionals.length > 0 ? positionals : values.cluster ? OF_THE_SERVER : undefined;
  const chosen = measures.filter(({ id }) => wanted?.includes(id) ?? true);
  const others = chosen.filter(({ id }) => values.cluster && !OF_THE_SERVER.includes(id));
  if (others.length > 0)
    throw new Error(`${others.map(({ id }) => id).join(', ')}: --cluster takes ${OF_THE_SERVER.join(', ')}`);
  const servers: readonly Server[] = values.cluster ? ['dev', 'cluster'] : ['dev'];
  const report: Report = {
    at: new Date(performance.timeOrigin).toISOString(),
    surroundings: surroundings(servers),
    rounds: Number(values.rounds),
    measures: [],
  };
  for (const [name, said] of Object.entries(report.surroundings)) print(`${name}: ${said}`);
  const atEnd: (() => Promise<unknown>)[] = [];
  globalThis.atEndOfFile = atEnd;
  quietTemporal();
  const kept = values.keep === undefined ? undefined : await serverOn(values.keep);
  try {
    await setUp();
    for (const { id, title, baseline, run } of chosen) {
      let onDev: readonly Row[] = [];
      for (const server of servers) {
        const name = `${id}${ON[server]}`;
        print(`\n${name} ${title}\nbaseline: ${baseline}`);
        const setting: Setting = {
          rounds: report.rounds,
          server,
          large: Number(values.large),
          many: Number(values.many),
          share: Number(values.share),
          keeps: kept !== undefined,
          progress: (line) => process.stderr.write(`  ${name} ${line}\n`),
        };
        const began = performance.now();
        const result = await run(setting);
        for (const row of result.rows)
          print(
            `  ${said(row)}${beside(
              row,
              onDev.find(({ what }) => what === row.what),
            )}`,
          );
        for (const note of result.notes ?? []) print(`    ${note}`);
        const minutes = (performance.now() - began) / 60_000;
        report.measures.push({ id: name, title, baseline, server, ...result, minutes });
        if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
        onDev = result.rows;
      }
    }
  } finally {
    for (const work of atEnd) await work();
    await tearDown();
    await kept?.stop();
  }
}

const said = (row: Row): string =>
  `${row.what}: ${inWords(row.product)} ${row.unit}` +
  (row.baseline ? `, baseline ${inWords(row.baseline)}` : '') +
  (row.ratio ? `, ratio ${inWords(row.ratio)}` : '') +
  (row.floor ? `, the parts alone ${inWords(row.floor)}` : '') +
  (row.target ? `  (${verdict(row)})` : '');

/** The figures of the development server, for a line of the cluster. */
const beside = (row: Row, dev?: Row): string =>
  dev ? `\n    on the development server: ${said(dev).slice(row.what.length + 2)}` : '';

const print = (line: string): void => void process.stdout.write(`${line}\n`);

main().then(
  () => process.exit(),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  },
);
