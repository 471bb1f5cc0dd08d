import { addWorkingDays } from '../../domain/calendar';
import type { Day } from '../../domain/day';
import { lengthNow } from '../kernel/tasks';
import type { Transaction } from '../kernel/transaction';

/** The last day on which an employer may object to a refusal [money §3]. */
export async function lastDayToObject(transaction: Transaction, refusedOn: Day): Promise<Day> {
  const { n } = await lengthNow(transaction, 'objection');
  return addWorkingDays(await transaction.calendar(), refusedOn, n);
}
