import type { Db } from '../../prisma/db';
import type { Clock } from '../../domain/clock';

/** The machine's time. */
export const systemClock: Clock = { now: () => Promise.resolve(new Date()) };

/**
 * The machine's time plus an offset that all processes read from the database: a test on the real servers moves time by
 * changing the offset and refreshing the rows.
 *
 * @throws Error in production
 */
export function steppingClock(db: Db): Clock {
  if (process.env['NODE_ENV'] === 'production')
    throw new Error('the stepping clock is for tests: refused in production');
  const offset = async () => Number((await db.clockOffset.findUnique({ where: { id: 1 } }))?.ms ?? 0);
  return { now: async () => new Date(Date.now() + (await offset())), offset };
}

/** The clock a process is configured with: `CLOCK=stepping` for tests on the real servers, the machine's otherwise. */
export const configuredClock = (db: Db): Clock =>
  process.env['CLOCK'] === 'stepping' ? steppingClock(db) : systemClock;
