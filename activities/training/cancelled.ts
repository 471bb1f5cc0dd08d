import type { Replacement } from '../../contracts/training';
import { record } from '../../records/kernel/events';
import { wrongField } from '../../records/kernel/refusal';
import { move } from '../../records/kernel/rows';
import { closeTasks } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import {
  aboutTraining,
  json,
  placeOfCentre,
  readTraining,
  tellManager,
  tellPerson,
  type TrainingRow,
} from '../steps/training';
import { conclude, owesMore } from '../steps/training-end';
import { waitsForPlace } from '../../domain/pathways/training';
import { refuse } from './refusal';

/**
 * The course is cancelled, which is nobody's drop-out. Where a place was held for the person, the centre's head names another
 * course [measures §2].
 */
export async function courseCancelled(transaction: Transaction, row: TrainingRow): Promise<void> {
  const state = row.state === 'hearing' ? (row.cameFrom ?? row.state) : row.state;
  if (waitsForPlace.includes(state))
    return refuse(transaction, row, { by: 'service', code: 'course_cancelled' });
  await record(transaction, 'training_cancelled', aboutTraining(row), { number: row.id });
  await conclude(transaction, row, 'cancelled', {
    ending: { by: 'centre', code: 'course_cancelled' },
    owes: [{ ...placeOfCentre(row), kind: 'training_replacement' }],
  });
  await tellPerson(transaction, row, { type: 'person_training_cancelled', params: {} });
  await tellManager(transaction, row, { type: 'training_cancelled', params: {} });
}

/** The centre's head names another course, or says that there is none. The case manager speaks about it with the person. */
export async function replacement(transaction: Transaction, id: string, body: Replacement): Promise<void> {
  const row = await readTraining(transaction, id);
  const { course: courseId, words } = body;
  if (courseId !== undefined) await checkCourse(transaction, row, courseId);
  await closeTasks(transaction, { kinds: ['training_replacement'] }, 'answered');
  await move(transaction, 'training', row, 'cancelled', {
    replacement: json({ ...(courseId && { courseId }), words, on: transaction.today }),
    open: await owesMore(transaction),
  });
  const params = { number: id, course: courseId };
  await record(transaction, 'training_replacement', aboutTraining(row), params, words);
  await tellManager(transaction, row, {
    type: 'training_replacement',
    params: { course: courseId ?? null },
  });
}

async function checkCourse({ tx, today }: Transaction, row: TrainingRow, id: string): Promise<void> {
  const course = await tx.course.findUnique({ where: { id } });
  if (!course) throw wrongField('course', 'unknown_course', 'There is no such course.');
  const isAhead = course.rolling || (course.firstDay !== null && course.firstDay > today);
  if (course.id === row.courseId || course.state !== 'open' || !isAhead)
    throw wrongField(
      'course',
      'course_not_open',
      'Name an open course that is still to begin, or a rolling one.',
    );
}
