import type { Outcome, Wait } from './outcome';

/** A year that was played: its outcome, and the number of people stopped by a rule, by the reason. */
export interface Played {
  outcome: Outcome;
  stopped: ReadonlyMap<string, number>;
}

const NAME = 46;
const CELL = 30;

type Row = readonly [name: string, cell: (year: Played) => string];

const inDays = ({ n, median, p90 }: Wait): string =>
  n === 0 ? 'none' : `${oneDecimal(median)} and ${oneDecimal(p90)} (of ${n})`;
const oneDecimal = (value = 0): string => String(Math.round(value * 10) / 10);
const of = (part: number, whole: number): string =>
  whole === 0 ? 'none yet' : `${part} of ${whole} (${Math.round((part / whole) * 100)} %)`;
const count =
  (read: (year: Played) => number): Row[1] =>
  (year) =>
    String(read(year));

const rows: readonly (Row | string)[] = [
  'Who waits how long, in days: half at most, 9 of 10 at most',
  ['a person, from the plan to work', ({ outcome }) => inDays(outcome.waits.work)],
  ['a person, for an employer’s answer or its silence', ({ outcome }) => inDays(outcome.waits.answer)],
  ['an inspection, for its resolution', ({ outcome }) => inDays(outcome.waits.resolution)],
  'Employers’ answers',
  ['in time', ({ outcome: { figures } }) => of(figures.answered_in_time, figures.referrals_5_days)],
  ['silent', ({ outcome: { figures } }) => of(figures.silent, figures.referrals_5_days)],
  'Inspections',
  ['opened', count(({ outcome }) => outcome.figures.inspections)],
  ['settled', count(({ outcome }) => outcome.figures.settled)],
  ['with a directive', count(({ outcome }) => outcome.figures.directed)],
  ['refusal justified', count(({ outcome }) => outcome.figures.justified)],
  ['refusal not justified', count(({ outcome }) => outcome.figures.unjustified)],
  ['not resolved yet', count(({ outcome }) => outcome.figures.unresolved)],
  ['breaches', count(({ outcome }) => outcome.figures.breaches)],
  'People in work',
  ['within 28 days', ({ outcome: { figures } }) => of(figures.in_work_28_days, figures.participants_28_days)],
  [
    'after the months of monitoring (6 by default)',
    ({ outcome: { figures } }) => of(figures.retained_participants, figures.participants_6_months),
  ],
  ['with a plan for a job, and never hired', count(({ outcome }) => outcome.withoutWork)],
  ['stopped by a rule', count(({ stopped }) => [...stopped.values()].reduce((sum, n) => sum + n, 0))],
];

/** Two years of the same people and seed, side by side. */
export function sideBySide(
  before: Played,
  after: Played,
  changed: { file: string; lines: readonly string[] },
): string[] {
  const line = (name: string, ...cells: string[]) =>
    name.padEnd(NAME + 4) + cells.map((cell) => cell.padStart(CELL)).join('');
  return [
    `${changed.file} changes:`,
    ...(changed.lines.length > 0 ? changed.lines : ['nothing']).map((each) => `  ${each}`),
    '',
    line('', 'as the law is', 'with the changes'),
    ...rows.map((row) =>
      typeof row === 'string' ? row : line(`    ${row[0]}`, row[1](before), row[1](after)),
    ),
    ...[...after.stopped].map(([reason, n]) => `Stopped by a rule, ${n}: ${reason}`),
  ];
}
