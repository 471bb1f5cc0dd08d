import type { GoesOn } from '../../contracts/training';
import type { Day } from '../../domain/day';
import { later } from '../../domain/deadline';
import { workingDaysBefore } from '../../domain/calendar';
import { inPlay } from '../../domain/pathways/training';
import { nextCourse as courseAfter, studyPeriod } from '../../domain/training/study';
import type { Course } from '../../prisma/generated/client';
import { record } from '../../records/kernel/events';
import { move } from '../../records/kernel/rows';
import { closeTasks, lengthNow, openTask, openWait } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { askOwner } from '../steps/tell';
import {
  aboutTraining,
  beginningOf,
  placeOfPerson,
  readTraining,
  tellManager,
  tellPerson,
  type TrainingRow,
} from '../steps/training';
import { lockPlaces, placeSettled, wakeNext } from '../steps/training-places';
import { offerPlace } from './offer';
import { refuse } from './refusal';

/**
 * The person waits for a place of a course. The first in order is offered a place that is free [measures §2].
 *
 * @returns whether the person still waits
 */
export async function joinList(
  transaction: Transaction,
  row: TrainingRow,
  course: Course,
  data: object = {},
): Promise<boolean> {
  const listedOn = course.id === row.courseId ? (row.listedOn ?? transaction.today) : transaction.today;
  const firesAt = beginningOf(await askedOn(transaction, course, listedOn));
  await closeTasks(transaction, {}, 'waiting_list');
  await openTask(transaction, { ...placeOfPerson(row), kind: 'training_list', firesAt });
  await move(transaction, 'training', row, 'waiting_list', {
    offer: null,
    answer: null,
    firstOn: null,
    lastOn: null,
    ...data,
    courseId: course.id,
    listedOn,
  });
  await wakeNext(transaction, course.id);
  return !(await takePlace(transaction, await readTraining(transaction, row.id)));
}

/** The day on which those who still wait are asked about the next course. */
async function askedOn(transaction: Transaction, { firstDay }: Course, listedOn: Day): Promise<Day> {
  const calendar = await transaction.calendar();
  if (firstDay === null)
    return later(listedOn, await lengthNow(transaction, 'trainingListRolling'), calendar);
  return workingDaysBefore(firstDay, (await lengthNow(transaction, 'trainingListAsks')).n, calendar);
}

/** The days of the course changed: the people who wait are asked on another day. */
export async function moveQuestion(transaction: Transaction, row: TrainingRow): Promise<void> {
  const wait = await openWait(transaction, 'training_list');
  if (!wait || row.listedOn === null) return;
  const firesAt = beginningOf(await askedOn(transaction, row.course, row.listedOn));
  if (wait.nextAt?.getTime() === firesAt.getTime()) return;
  await openTask(transaction, { ...placeOfPerson(row), kind: 'training_list', firesAt });
}

/**
 * A free place is offered to a person who is next in order. A rolling course begins for them some days after the offer.
 *
 * @returns whether it is
 */
export async function takePlace(transaction: Transaction, row: TrainingRow): Promise<boolean> {
  const { next } = await lockPlaces(transaction, row.courseId);
  if (!next.includes(row.id)) return false;
  const { course } = row;
  const { today } = transaction;
  const hasBegun = course.firstDay !== null && course.firstDay <= today;
  const begins =
    course.rolling || hasBegun
      ? later(today, await lengthNow(transaction, 'trainingRollingStart'), await transaction.calendar())
      : undefined;
  const period = studyPeriod(course, begins);
  if (!period) return false;
  await offerPlace(transaction, row, 'list', period);
  return true;
}

/** The course begins soon. The person is asked whether they wait for the centre's next course. */
export async function listAsks(transaction: Transaction, id: string): Promise<void> {
  const row = await readTraining(transaction, id);
  await closeTasks(transaction, { kinds: ['training_list'] }, 'asked');
  await askOwner(transaction, { ...placeOfPerson(row), kind: 'training_next_course' });
}

/** Nobody asked the person in time. They wait for the centre's next course. */
export async function listEnds(transaction: Transaction, id: string): Promise<void> {
  await waitForNext(transaction, await readTraining(transaction, id));
}

export async function nextCourse(transaction: Transaction, id: string, body: GoesOn): Promise<void> {
  const row = await readTraining(transaction, id);
  const params = { number: id, goesOn: body.goesOn };
  await record(transaction, 'training_next_course_answered', aboutTraining(row), params, body.words);
  if (body.goesOn) await waitForNext(transaction, row);
  else await refuse(transaction, row, { by: 'centre', code: 'no_place', grounds: body.words });
}

/** A place from the waiting list goes to the next in order. This person is on the list again, with the same rank. */
export async function offerPasses(transaction: Transaction, id: string): Promise<void> {
  const row = await readTraining(transaction, id);
  await record(transaction, 'training_place_passed', aboutTraining(row), { number: id });
  if (!(await joinList(transaction, row, row.course, { passedAt: transaction.now }))) return;
  const occasion = transaction.now.toISOString();
  await tellPerson(transaction, row, { type: 'person_training_place_passed', params: {} }, occasion);
  await tellManager(transaction, row, { type: 'training_place_passed', params: {} }, occasion);
}

/** Nobody entered the answer until the first day. The person keeps their rank, at the centre's next course. */
export async function offerEnds(transaction: Transaction, id: string): Promise<void> {
  const row = await readTraining(transaction, id);
  await record(transaction, 'training_offer_ended', aboutTraining(row), { number: id });
  await waitForNext(transaction, row);
}

/**
 * The person waits for the centre's next course, with the same rank. Where the centre has none, there is no place; a rolling course
 * is its own next one [measures §2].
 */
async function waitForNext(transaction: Transaction, row: TrainingRow): Promise<void> {
  const { course, courseId } = row;
  const own = { personId: row.personId, id: { not: row.id }, state: { in: [...inPlay] } };
  // A course in which the person has an application of their own is not the next one.
  const courses = await transaction.tx.course.findMany({
    where: { centreId: row.centreId, trainings: { none: own } },
  });
  const next = courseAfter(course, courses, transaction.today) ?? (course.rolling ? course : undefined);
  if (!next) return refuse(transaction, row, { by: 'service', code: 'no_place' });
  await record(transaction, 'training_next_course', aboutTraining(row), { number: row.id, course: next.id });
  if (await joinList(transaction, { ...row, listedOn: null }, next, { passedAt: null }))
    await tellPerson(
      transaction,
      row,
      { type: 'person_training_next_course', params: { on: next.firstDay } },
      transaction.now.toISOString(),
    );
  // The place of the course before is free, and so is the rank on its list.
  if (courseId !== next.id || row.state === 'offered') await placeSettled(transaction, courseId);
}
