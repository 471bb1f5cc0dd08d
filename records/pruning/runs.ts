import { addMonths, at, type Day } from '../../domain/day';
import type { Tx } from '../../prisma/db';
import { Prisma } from '../../prisma/generated/client';
import { insertInto } from '../kernel/writing';

/** Few people decide at that hour. */
const HOUR = '03:00';

export const subjectOfRun = (day: Day): string => `pruning/${day}`;

/** The first day of the next month. */
const nextRun = (today: Day): Day => `${addMonths(today, 1).slice(0, 7)}-01`;

/** The workflow id of the run of the next month. */
export const subjectOfNextRun = (today: Day): string => subjectOfRun(nextRun(today));

/**
 * Enters the run of the next month, unless it is known.
 *
 * @returns its workflow id
 */
export async function enterNextRun(tx: Pick<Tx, '$executeRaw'>, now: Date, today: Day): Promise<string> {
  const id = nextRun(today);
  return enterRun(tx, id, now, at(id, HOUR));
}

/** Enters the run of a day, unless it is known. */
export async function enterRun(
  tx: Pick<Tx, '$executeRaw'>,
  id: Day,
  now: Date,
  begins: Date,
): Promise<string> {
  const run = { id, state: 'waiting', since: now, at: begins };
  await insertInto(tx, 'prunings', run, Prisma.sql`ON CONFLICT DO NOTHING`);
  return subjectOfRun(id);
}
