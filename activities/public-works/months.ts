import { partOf } from '../../domain/money/period';
import type { Month } from '../../contracts/public-works';
import type { States } from '../../domain/pathways';
import type { WorkedMonth } from '../../domain/pathways/public-works';
import { workedPeriod } from '../../domain/preconditions/public-works';
import { lengthOf } from '../../domain/public-works';
import type { Json } from '../../prisma/db';
import { record } from '../../records/kernel/events';
import { wrongField } from '../../records/kernel/refusal';
import { move } from '../../records/kernel/rows';
import { closeTasks } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { aboutWorks, owedMonths, readWorks } from '../steps/works';

/** A month's timesheet and pay, entered from paper. A month that was entered wrongly is entered again. */
export async function month(transaction: Transaction, id: string, body: Month): Promise<void> {
  const row = await readWorks(transaction, id);
  const worked = workedPeriod(row);
  const part = worked && partOf(body.month, worked);
  if (!part)
    throw wrongField('month', 'not_a_month_of_works', 'The person was not in public works in this month.');
  if (part.to >= transaction.today)
    throw wrongField(
      'month',
      'month_not_over',
      'The month is not over: enter it from the day after its last.',
    );
  if (body.days > lengthOf(part))
    throw wrongField(
      'days',
      'too_many_days',
      `The works took ${lengthOf(part)} days of this month, from ${part.from} to ${part.to}.`,
    );
  const others = row.months.filter((entered) => entered.month !== body.month);
  const entered: WorkedMonth = { ...body, enteredOn: transaction.today };
  const months = [...others, entered].toSorted((a, b) => (a.month < b.month ? -1 : 1));
  await closeTasks(transaction, { kinds: ['works_month'], ref: body.month }, 'entered');
  await record(transaction, 'public_works_month', aboutWorks(row), {
    number: id,
    month: body.month,
    n: body.days,
    amount: body.pay,
  });
  await move(transaction, 'public-works', row, row.state as States['public-works'], {
    months: months as object as Json,
    open: owedMonths({ ...row, months }).length > 0,
  });
}
