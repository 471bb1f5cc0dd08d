import type { Db } from '../../prisma/db';
import type { Clock } from '../../domain/clock';

/** The machine's time. */
export const systemClock: Clock = { now: () => Promise.resolve(new Date()) };

/**
 * The machine's time plus an offset, which all processes read from the database. A test on the real servers changes the offset
 * and refreshes the rows: so it moves time.
 *
 * @throws Error in production
 */
export function steppingClock(db: Db): Clock {
  if (process.env['NODE_ENV'] === 'production')
    throw new Error('CLOCK=stepping is for tests only: remove it in production');
  const offset = async (): Promise<number> => {
    const [row] = await db.$queryRaw<{ ms: bigint }[]>`SELECT ms FROM clock_offset WHERE id = 1`;
    return Number(row?.ms ?? 0);
  };
  return { now: async () => new Date(Date.now() + (await offset())), offset };
}

/** The configured clock of a process: `CLOCK=stepping` for tests on the real servers, else the machine's. */
export const configuredClock = (db: Db): Clock =>
  process.env['CLOCK'] === 'stepping' ? steppingClock(db) : systemClock;
