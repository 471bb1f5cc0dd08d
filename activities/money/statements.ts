import { nextWorkingDay } from '../../domain/calendar';
import { addDays, at, type Day } from '../../domain/day';
import type { Fund } from '../../domain/fund';
import { statementId } from '../../domain/money/funds';
import type { Statement } from '../../prisma/generated/client';
import { subjectOf } from '../../records/kernel/rows';
import { openTask } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { inRow } from '../../records/kernel/wake';

/** The instant of the first question for a day's statement: in the morning of the next working day. */
const ASKED_AT = '09:00';

/** The first payment from a fund begins its statements. There is one for every working day from then on, and each begins the next. */
export async function beginStatements(transaction: Transaction, fund: Fund): Promise<void> {
  if (await transaction.tx.statement.findFirst({ where: { fund }, select: { id: true } })) return;
  await beginStatement(transaction, fund, nextWorkingDay(await transaction.calendar(), transaction.today));
}

/** The next working day's statement. It begins once the statement before was handled, or could not be had. */
export const beginNext = async (
  transaction: Transaction,
  { fund, day }: Pick<Statement, 'fund' | 'day'>,
): Promise<void> =>
  beginStatement(transaction, fund as Fund, nextWorkingDay(await transaction.calendar(), addDays(day, 1)));

async function beginStatement(transaction: Transaction, fund: Fund, day: Day): Promise<void> {
  const id = statementId(fund, day);
  const { count } = await transaction.tx.statement.createMany({
    data: { id, fund, state: 'asking', since: transaction.now, correlationId: transaction.correlationId },
    skipDuplicates: true,
  });
  if (count === 0) return;
  const asked = nextWorkingDay(await transaction.calendar(), addDays(day, 1));
  const firesAt = at(asked, ASKED_AT);
  const there = inRow(transaction, subjectOf('statement', id));
  await openTask(there, {
    kind: 'statement_answer',
    area: '',
    fund,
    from: asked > transaction.today ? asked : transaction.today,
    firesAt: firesAt > transaction.now ? firesAt : transaction.now,
  });
}
