import type { Begin } from '../../contracts/public-works';
import { wrongField } from '../../records/kernel/refusal';
import { move } from '../../records/kernel/rows';
import { closeTasks } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { beginMeasure } from '../steps/carried-out';
import { aboutWorks, finish, firstOf, lastOf, openMonths, readWorks } from '../steps/works';

/**
 * The first day worked, as the employment officer entered it. From this day on the person is in the measure, and the programme counts
 * it. Works whose last day has passed meanwhile end at once.
 */
export async function begin(transaction: Transaction, id: string, { on }: Begin): Promise<void> {
  const row = await readWorks(transaction, id);
  const [first, last] = [firstOf(row), lastOf(row)];
  const latest = last < transaction.today ? last : transaction.today;
  if (on < first || on > latest)
    throw wrongField('on', 'impossible_day', `The first day worked lies between ${first} and ${latest}.`);
  await closeTasks(transaction, { kinds: ['works_begin'] }, 'begun');
  await beginMeasure(transaction, 'public-works', row, { on, about: aboutWorks(row) });
  const begun = { ...row, startedOn: on };
  await openMonths(transaction, begun);
  if (last < transaction.today) return finish(transaction, begun, last);
  await move(transaction, 'public-works', row, 'working', { startedOn: on });
}
