import { nextWorkingDay } from '../../domain/calendar';
import { addDays, at, type Day } from '../../domain/day';
import { subjectOf } from '../../records/kernel/rows';
import { openTask } from '../../records/kernel/tasks';
import type { Unit } from '../../records/kernel/transaction';
import { on } from '../../records/kernel/wake';

/** When the treasury is first asked for the statement of a day: in the morning of the next working day. */
const ASKED_AT = '09:00';

/** The first payment begins the statements: one for every working day from then on, each beginning the next. */
export async function beginStatements(unit: Unit): Promise<void> {
  if (await unit.tx.statement.findFirst({ select: { id: true } })) return;
  await beginStatement(unit, nextWorkingDay(await unit.calendar(), unit.today));
}

/** The next working day's statement, once the one before was handled, or was not to be had. */
export const beginNext = async (unit: Unit, day: Day): Promise<void> =>
  beginStatement(unit, nextWorkingDay(await unit.calendar(), addDays(day, 1)));

async function beginStatement(unit: Unit, day: Day): Promise<void> {
  const { count } = await unit.tx.statement.createMany({
    data: { id: day, state: 'asking', since: unit.now, correlationId: unit.correlationId },
    skipDuplicates: true,
  });
  if (count === 0) return;
  const asked = nextWorkingDay(await unit.calendar(), addDays(day, 1));
  const firesAt = at(asked, ASKED_AT);
  const there = await on(unit, subjectOf('statement', day));
  await openTask(there, {
    kind: 'statement_answer',
    area: '',
    from: asked > unit.today ? asked : unit.today,
    firesAt: firesAt > unit.now ? firesAt : unit.now,
  });
}
