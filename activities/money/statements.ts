import { nextWorkingDay } from '../../domain/calendar';
import { addDays, at, type Day } from '../../domain/day';
import { subjectOf } from '../../records/kernel/rows';
import { openTask } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { inRow } from '../../records/kernel/wake';

/** The instant of the first question for a day's statement: in the morning of the next working day. */
const ASKED_AT = '09:00';

/** The first payment begins the statements. There is one for every working day from then on, and each begins the next. */
export async function beginStatements(transaction: Transaction): Promise<void> {
  if (await transaction.tx.statement.findFirst({ select: { id: true } })) return;
  await beginStatement(transaction, nextWorkingDay(await transaction.calendar(), transaction.today));
}

/** The next working day's statement. It begins once the statement before was handled, or could not be had. */
export const beginNext = async (transaction: Transaction, day: Day): Promise<void> =>
  beginStatement(transaction, nextWorkingDay(await transaction.calendar(), addDays(day, 1)));

async function beginStatement(transaction: Transaction, day: Day): Promise<void> {
  const { count } = await transaction.tx.statement.createMany({
    data: { id: day, state: 'asking', since: transaction.now, correlationId: transaction.correlationId },
    skipDuplicates: true,
  });
  if (count === 0) return;
  const asked = nextWorkingDay(await transaction.calendar(), addDays(day, 1));
  const firesAt = at(asked, ASKED_AT);
  const there = inRow(transaction, subjectOf('statement', day));
  await openTask(there, {
    kind: 'statement_answer',
    area: '',
    from: asked > transaction.today ? asked : transaction.today,
    firesAt: firesAt > transaction.now ? firesAt : transaction.now,
  });
}
