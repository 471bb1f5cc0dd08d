import { lookBacks } from '../../domain/training/study';
import { record } from '../../records/kernel/events';
import { closeTasks, morningOf, openTasks } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { backToPlanning } from '../steps/planning';
import { studyChanged } from '../money/stipends';
import {
  aboutTraining,
  json,
  keep,
  lastOf,
  type LookBack,
  placeOfCentre,
  placeOfPerson,
  readTraining,
} from '../steps/training';
import { endTrainingMeasure } from '../steps/training-measure';
import { placeSettled } from '../steps/training-places';

/** What the end of the course leaves without object. */
const ofCourse = [
  'training_end',
  'training_interruption',
  'training_resumption',
  'training_goes_on',
] as const;

/**
 * The last day has passed. The measure ends, also while the course is interrupted or the person is heard, and the case is in planning.
 * The centre owes the completion. From this day on the registers are asked whether the graduate works [measures §1, §2].
 */
export async function lastDay(transaction: Transaction, id: string): Promise<void> {
  const row = await readTraining(transaction, id);
  const endedOn = lastOf(row);
  const ahead = lookBacks(endedOn).map((on, index): LookBack => ({ n: index + 1, on, state: 'ahead' }));
  await closeTasks(transaction, { kinds: ofCourse }, 'course_over');
  await openTasks(transaction, [
    { ...placeOfCentre(row), kind: 'training_completion', from: endedOn },
    ...ahead.map(({ n, on }) => ({
      ...placeOfPerson(row),
      kind: 'training_look_back' as const,
      ref: String(n),
      firesAt: morningOf(transaction, on),
    })),
  ]);
  await keep(transaction, row, { endedOn, lookBacks: json(ahead) });
  await record(transaction, 'training_course_over', aboutTraining(row), { number: id, on: endedOn });
  await endTrainingMeasure(transaction, row, { on: endedOn, outcome: 'course_over' });
  await studyChanged(transaction, row.personId);
  // The place of a rolling course is free for the next in order.
  if (row.course.rolling) await placeSettled(transaction, row.courseId);
  await backToPlanning(transaction, row.caseId);
}
