/**
 * `node tools/run.mjs bench/document.ts <report.json> …` puts the figures of `npm run bench -- --json` into `docs/performance.md`, each
 * measure between its marks. The words around the marks are written by hand.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inWords, isKept, type Row, verdict } from './frame';
import type { Measured, Report } from './main';

const DOCUMENT = path.join(__dirname, '../docs/performance.md');
/** A longer table shows only the lines that are short. */
const LINES = 40;
const NOTES = 60;

const cells = (...texts: readonly string[]): string =>
  `| ${texts.map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`;

type Column = [title: string, cell: (row: Row) => string];

const columns: readonly Column[] = [
  ['', ({ what }) => what],
  ['Product', ({ product, unit }) => `${inWords(product)} ${unit}`],
  ['Baseline', ({ baseline }) => (baseline ? inWords(baseline) : '')],
  ['Ratio', ({ ratio }) => (ratio ? inWords(ratio) : '')],
];
const floors: Column = ['Parts alone', ({ floor }) => (floor ? inWords(floor) : '')];
const targets: Column = ['Target', verdict];

/** A report's measure in Markdown. */
export function figuresOf({ at, surroundings, rounds }: Report, measured: Measured): string {
  const { baseline, rows, notes = [], server, minutes } = measured;
  const held = rows.filter(({ target }) => target);
  const kept = held.filter((row) => isKept(row) === true);
  const shown = rows.length > LINES ? held.filter((row) => isKept(row) === false) : rows;
  const [load = '0'] = (surroundings['load'] ?? '').split(' ');
  const isCrowded = Number(load) > Number(surroundings['machine']?.split(' ')[0]);
  const told = notes.slice(0, NOTES);
  const table = [...columns, ...(rows.some(({ floor }) => floor) ? [floors] : []), targets];
  return [
    `Baseline: ${baseline}. Measured on ${at.slice(0, 10)} in ${Math.ceil(minutes)} minutes, ${rounds} rounds, code ${surroundings['code']}, ` +
      `${surroundings['machine']}, load ${load}${isCrowded ? ': **the machine was crowded**' : ''}. Node ${surroundings['node']}, ` +
      `PostgreSQL ${surroundings['postgresql']}, ${surroundings[server === 'cluster' ? 'cluster' : 'temporal']}.`,
    '',
    ...(held.length > 0
      ? [
          `${kept.length} of ${held.length} targets are kept.${shown.length < rows.length ? ' The others are:' : ''}`,
          '',
        ]
      : []),
    cells(...table.map(([title]) => title)),
    cells(...table.map(() => '---')),
    ...shown.map((row) => cells(...table.map(([, cell]) => cell(row)))),
    ...(told.length > 0
      ? [
          '',
          '<details><summary>Details</summary>',
          '',
          '```',
          ...told,
          ...(notes.length > NOTES ? [`and ${notes.length - NOTES} more`] : []),
          '```',
          '',
          '</details>',
        ]
      : []),
  ].join('\n');
}

/** The document with new figures between the marks of a measure. */
export function withFigures(document: string, id: string, figures: string): string {
  const marks = [`<!-- figures of ${id} -->`, `<!-- end of ${id} -->`] as const;
  const [from, to] = [document.indexOf(marks[0]), document.indexOf(marks[1])];
  if (from < 0 || to < from) throw new Error(`the document has no marks of ${id}`);
  return `${document.slice(0, from)}${marks[0]}\n\n${figures}\n\n${document.slice(to)}`;
}

if (require.main === module) {
  let document = readFileSync(DOCUMENT, 'utf8');
  for (const file of process.argv.slice(2)) {
    const report = JSON.parse(readFileSync(file, 'utf8')) as Report;
    for (const measured of report.measures)
      document = withFigures(document, measured.id, figuresOf(report, measured));
  }
  writeFileSync(DOCUMENT, document);
}
