import { system } from '../../domain/roles';
import { defaultSettings } from '../../domain/settings';
import { openLine, setLine } from '../../records/money/lines';
import { change } from '../../records/kernel/change';
import { confirmedAccount } from './money';
import type { Stack } from './stack';

/** A confirmed account of the employer, and money for wage subsidies on the lines of a year and the next. */
export async function furnish({ db, clock, world }: Stack, year: number): Promise<void> {
  await confirmedAccount({ db, clock }, world.employerId);
  const cause = { actor: system, subject: 'line/test', correlationId: 'test' };
  for (const lineYear of [year, year + 1])
    await change({ db, clock, settings: defaultSettings }, cause, async (transaction) => {
      const id = await openLine(transaction, { programme: 'hire_pwd', region: '1726', year: lineYear });
      await setLine(transaction, id, 1_000_000_000n, `Budget ${lineYear}`);
    });
  await db.outbox.deleteMany();
}
