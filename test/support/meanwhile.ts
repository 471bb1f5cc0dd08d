import { setTimeout as pause } from 'node:timers/promises';
import type { Db } from '../../prisma/db';

const JUDGED = 'SET CONSTRAINTS ALL IMMEDIATE';

/**
 * Two statements in two transactions. When the database checks the second, the first has passed and is not yet committed.
 *
 * @throws the database's error for the second; the first is committed
 */
export async function meanwhile(db: Db, first: string, second: string): Promise<void> {
  let other: Promise<unknown> = Promise.resolve();
  await db.$transaction(async (tx) => {
    for (const each of [first, JUDGED]) await tx.$executeRawUnsafe(each);
    other = db.$transaction(async (its) => {
      for (const each of [second, JUDGED]) await its.$executeRawUnsafe(each);
    });
    await Promise.race([other.catch(() => undefined), pause(150)]);
  });
  await other;
}
