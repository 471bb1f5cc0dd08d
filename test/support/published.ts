import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { parse } from 'csv-parse/sync';
import { z } from 'zod';

import { calendarOf } from '../../domain/calendar';
import type { DatedAmount } from '../../domain/policy';

const rows = (file: string): unknown =>
  parse(readFileSync(join(__dirname, '../../prisma/data', file)), { columns: true, comment: '#' });

const amounts = (file: string): DatedAmount[] =>
  z
    .array(z.object({ valid_from: z.string(), amount_uzs: z.string().regex(/^\d+$/), act: z.string() }))
    .parse(rows(file))
    .map(({ valid_from, amount_uzs, act }) => ({
      validFrom: valid_from,
      recordedAt: new Date(`${valid_from}T00:00:00+05:00`),
      amount: BigInt(amount_uzs),
      act,
    }));

/** The published BHM, minimum wage and calendar of the product. */
export const bhms = amounts('bhm.csv');
export const minimumWages = amounts('minimum-wage.csv');
export const calendar = calendarOf(
  z
    .array(
      z.object({
        date: z.string(),
        kind: z.enum(['holiday', 'eid', 'extra', 'moved', 'working']),
        week: z.enum(['all', 'five', 'six']),
      }),
    )
    .parse(rows('non-working-days.csv')),
);
