import { z } from 'zod';
import type { Day } from '../../../domain/day';
import { acting } from '../people';
import type { World } from '../world';
import { mustBeDone } from './region';
import { columns, type RegionRow } from './table';

const count = z.int();
const reported = z.object({
  soato: z.string(),
  permanent_job: count,
  training: count,
  public_works: count,
  subsidised_job: count,
});
export type Reported = z.output<typeof reported>;

/** The programme report by region, read by the auditor. */
export async function readReport(world: World, from: Day, to: Day): Promise<Reported[]> {
  const path = `/v1/reports/programme?from=${from}&to=${to}`;
  const answer = await world.call(acting('auditor').claims, { method: 'GET', path });
  return z.object({ regions: z.array(reported) }).parse(mustBeDone(answer, path)).regions;
}

const WIDTH = 16;

/** The report beside the table, and whether all columns agree to the person. */
export function compared(rows: readonly RegionRow[], report: readonly Reported[]) {
  const pairs = rows.map((row) => ({ row, got: report.find(({ soato }) => soato === row.soato) }));
  const sums = (read: (pair: (typeof pairs)[number]) => number) =>
    pairs.reduce((sum, pair) => sum + read(pair), 0);
  const line = (name: string, cells: readonly string[]) =>
    name.padEnd(32) + cells.map((cell) => cell.padStart(WIDTH)).join('');
  const cell = (expected: number, got: number) => (expected === got ? `${got}` : `${got} of ${expected} !`);
  const elsewhere = report.filter(
    ({ soato, ...counts }) =>
      !rows.some((row) => row.soato === soato) && columns.some((column) => counts[column] > 0),
  );
  return {
    lines: [
      'Programme report, where it differs from the table with "of":',
      line('', columns),
      ...pairs.map(({ row, got }) =>
        line(
          row.name,
          columns.map((column) => cell(row.counts[column], got?.[column] ?? 0)),
        ),
      ),
      line(
        'all',
        columns.map((column) =>
          cell(
            sums(({ row }) => row.counts[column]),
            sums(({ got }) => got?.[column] ?? 0),
          ),
        ),
      ),
    ],
    agrees:
      elsewhere.length === 0 &&
      pairs.every(({ row, got }) => columns.every((column) => row.counts[column] === (got?.[column] ?? 0))),
  };
}
