import type { NewTraining } from '../../contracts/case';
import { saidOfWork } from '../../domain/eligibility';
import { inPlay } from '../../domain/pathways/training';
import { plannedFor } from '../../domain/plan';
import { seekerOf } from '../../domain/seeker';
import type { Weekday } from '../../domain/training/course';
import { matchCourses } from '../../domain/training/matching';
import type { Centre, Course } from '../../prisma/generated/client';
import { takeAggregate } from '../../records/kernel/aggregates';
import { record } from '../../records/kernel/events';
import { notify } from '../../records/kernel/notices';
import { insertNumbered } from '../../records/kernel/numbers';
import { notNow, wrongField } from '../../records/kernel/refusal';
import { noteMade, subjectOf } from '../../records/kernel/rows';
import type { Transaction } from '../../records/kernel/transaction';
import { inRow } from '../../records/kernel/wake';
import { placeOf } from '../steps/place';
import { becomeInMeasure } from '../steps/planning';
import { askOwner } from '../steps/tell';
import { type CaseRow, personOf } from './read';

type Offered = Course & { centre: Centre };

/**
 * Refers the person to a course of a vocational training centre [S step 4]. A course that the recommendation calls not suitable, or
 * that is not known to be suitable, needs the supervisor's yes. Meanwhile the case may go on with referrals to jobs [measures §1, §2].
 */
export async function training(
  transaction: Transaction,
  id: string,
  { course: courseId, wish, exception }: NewTraining,
): Promise<{ made: { kind: 'training'; id: string } }> {
  const aggregate = await takeAggregate(transaction, 'case', id);
  const row = aggregate.row as CaseRow;
  const { measures, measureRows } = aggregate.around;
  const measure = plannedFor('training', measures, measureRows);
  if (!measure) throw new Error('the plan has no training');
  const course = await checkCourse(transaction, courseId);
  await checkOthers(transaction, id, courseId);
  if (!exception) await checkSuitable(transaction, row, course);

  const { centreId, centre } = course;
  const fields = {
    caseId: id,
    personId: row.personId,
    measure: measure.n,
    centreId,
    courseId,
    area: centre.district,
    caseArea: row.area,
    state: 'referred',
    since: transaction.now,
    referredAt: transaction.now,
    wish,
    exception,
    correlationId: transaction.correlationId,
  };
  const made = await insertNumbered(transaction.tx, 'training', fields);
  const there = inRow(transaction, subjectOf('training', made));
  noteMade(transaction, there.subject, fields.state);
  const place = { area: centre.district, centreId, caseId: id, personId: row.personId };
  await askOwner(there, { ...place, kind: 'training_decision' });
  if (exception) await record(transaction, 'supervisors_yes', placeOf(row), { what: 'training' });
  await record(there, 'training_referred', placeOf(row), {
    number: made,
    course: courseId,
    centre: centreId,
  });
  await notify(there, {
    type: 'person_training_referred',
    to: { kind: 'person', id: row.personId },
    params: {},
  });
  await becomeInMeasure(transaction, aggregate, measure.n);
  return { made: { kind: 'training', id: made } };
}

/** The course is open, and its last day lies ahead. */
async function checkCourse({ tx, today }: Transaction, id: string): Promise<Offered> {
  const course = await tx.course.findUnique({ where: { id }, include: { centre: true } });
  if (!course) throw wrongField('course', 'unknown_course', 'There is no such course.');
  const isOver = course.lastDay !== null && course.lastDay <= today;
  if (course.state !== 'open' || isOver)
    throw notNow(
      'course_not_open',
      `The course is ${course.state === 'open' ? 'over' : course.state}: choose another one.`,
    );
  return course;
}

/** The person applies to a course once at a time. */
async function checkOthers({ tx }: Transaction, caseId: string, courseId: string): Promise<void> {
  const same = await tx.training.findFirst({ where: { caseId, courseId, state: { in: [...inPlay] } } });
  if (same) throw notNow('already_referred', `The person is referred to this course already: ${same.id}.`);
}

async function checkSuitable(transaction: Transaction, row: CaseRow, course: Offered): Promise<void> {
  const vocabulary = await transaction.vocabulary();
  const person = await personOf(transaction, row);
  const seeker = seekerOf(person, saidOfWork(row, person.recommendation), vocabulary);
  const { notSuitable } = matchCourses(seeker, [{ ...course, heldOn: course.heldOn as Weekday[] }]);
  if (notSuitable.length > 0)
    throw wrongField(
      'exception',
      'not_suitable',
      "The work recommendation calls this course not suitable, or it is not known whether it is: GET /cases/{id}/courses says why. Choose another, or ask the supervisor to refer the person with the person's wish and what will be adapted.",
    );
}
