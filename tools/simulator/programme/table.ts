import { z } from 'zod';
import { share as shareOf } from '../../../domain/largestRemainder';
import { table } from '../../sample/tables';

/** The columns of the yearly programme. */
export const columns = ['permanent_job', 'training', 'public_works', 'subsidised_job'] as const;
export type Column = (typeof columns)[number];

/** Columns of jobs: one person each, hired and confirmed by the labour register. */
export const jobs: readonly Column[] = ['permanent_job', 'subsidised_job'];

export interface RegionRow {
  soato: string;
  name: string;
  counts: Record<Column, number>;
}

const count = z.string().regex(/^\d+$/).transform(Number);

/**
 * The programme's table, whole or a share of it rounded by largest remainder over all its cells.
 *
 * @param share from 0 to 1
 */
export function readTable(file: string, share: number): RegionRow[] {
  const rows = table(
    file,
    z.object({
      soato: z.string(),
      region: z.string(),
      permanent_job: count,
      training: count,
      public_works: count,
      subsidised_job: count,
    }),
  );
  const cells = shareOf(
    rows.flatMap((row) => columns.map((column) => row[column])),
    share,
  );
  return rows.map(({ soato, region }, r) => {
    const at = (column: Column) => cells[r * columns.length + columns.indexOf(column)] ?? 0;
    return {
      soato,
      name: region,
      counts: {
        permanent_job: at('permanent_job'),
        training: at('training'),
        public_works: at('public_works'),
        subsidised_job: at('subsidised_job'),
      },
    };
  });
}

export const totalOf = (row: RegionRow): number =>
  columns.reduce((sum, column) => sum + row.counts[column], 0);
