import { afterDay } from '../../domain/day';
import { record } from '../../records/kernel/events';
import { move } from '../../records/kernel/rows';
import { closeTasks, openTask } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { aboutTraining, firstOf, lastOf, placeOfPerson, readTraining, tellPerson } from '../steps/training';
import { studyChanged } from '../money/stipends';
import { beginTrainingMeasure } from '../steps/training-measure';
import { settleMonths } from '../steps/training-months';

/** The person is reminded of the first day. */
export async function remind(transaction: Transaction, id: string): Promise<void> {
  const row = await readTraining(transaction, id);
  await closeTasks(transaction, { kinds: ['training_reminder'] }, 'reminded');
  await tellPerson(transaction, row, {
    type: 'person_training_reminder',
    params: { on: firstOf(row) },
  });
}

/** The first day: the person studies, and the programme counts them [measures §2, §6]. */
export async function begins(transaction: Transaction, id: string): Promise<void> {
  const row = await readTraining(transaction, id);
  const startedOn = firstOf(row);
  await closeTasks(transaction, { kinds: ['training_begin', 'training_reminder'] }, 'begun');
  const measure = await beginTrainingMeasure(transaction, row, startedOn);
  const begun = { ...row, startedOn, measure };
  await openTask(transaction, {
    ...placeOfPerson(row),
    kind: 'training_end',
    firesAt: afterDay(lastOf(row)),
  });
  await settleMonths(transaction, begun);
  await move(transaction, 'training', row, 'studying', { startedOn, measure });
  await studyChanged(transaction, row.personId);
  await record(transaction, 'training_begun', aboutTraining(row), { number: id, on: startedOn });
}
