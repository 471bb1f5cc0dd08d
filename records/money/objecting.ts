import { addWorkingDays } from '../../domain/calendar';
import type { Day } from '../../domain/day';
import { lengthNow } from '../kernel/tasks';
import type { View } from '../kernel/view';

/** The last day on which an employer may object to a refusal [money §3]. */
export async function lastDayToObject(view: View, refusedOn: Day): Promise<Day> {
  const { n } = await lengthNow(view, 'objection');
  return addWorkingDays(await view.calendar(), refusedOn, n);
}
