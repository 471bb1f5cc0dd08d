import type { WordAboutPerson } from '../../domain/word-about-person';
import type { TrainingDecision } from '../../contracts/training';
import { addDays } from '../../domain/day';
import { isAboutPerson } from '../../domain/pathways/training';
import { studyPeriod } from '../../domain/training/study';
import { record } from '../../records/kernel/events';
import { tookPart } from '../../records/kernel/participations';
import { notNow, wrongField } from '../../records/kernel/refusal';
import type { Transaction } from '../../records/kernel/transaction';
import { aboutTraining, json, readTraining, tellPerson, type TrainingRow } from '../steps/training';
import { lockPlaces } from '../steps/training-places';
import { hearFirst } from './claim';
import { offerPlace } from './offer';
import { refuse } from './refusal';
import { joinList } from './waiting';

/**
 * The centre offers a place, puts the person on the waiting list, or refuses with grounds [measures §2]. An official who does not refuse
 * has admitted the person, and approves no month of the stipend [measures §4].
 */
export async function decision(transaction: Transaction, id: string, body: TrainingDecision): Promise<void> {
  const row = await readTraining(transaction, id);
  const decided = { decision: json({ ...body, on: transaction.today }) };
  if (body.decision === 'refuse') {
    const { code, grounds } = body;
    if (!isAboutPerson(code))
      return refuse(transaction, row, { by: 'centre', code, grounds }, { data: decided });
    const claim: WordAboutPerson = { code, words: grounds, said: transaction.today, stage: 'hearing' };
    return hearFirst(transaction, row, claim, decided);
  }
  await tookPart(transaction, 'admitted');
  const { free } = await lockPlaces(transaction, row.courseId);
  if (body.decision === 'offer') {
    if (free < 1)
      throw notNow('course_full', 'The last place was taken meanwhile. Put the person on the waiting list.');
    return offerPlace(transaction, row, 'direct', periodOf(transaction, row, body.firstOn), decided);
  }
  await record(transaction, 'training_waiting_list', aboutTraining(row), { number: id });
  if (await joinList(transaction, row, row.course, decided))
    await tellPerson(transaction, row, { type: 'person_training_listed', params: {} });
}

/** The person's own days. A rolling course, or one that has begun, begins for them on a day that the centre names. */
function periodOf({ today }: Transaction, { course }: TrainingRow, firstOn: string | undefined) {
  const isDated = course.firstDay !== null && course.firstDay > today;
  if (isDated && firstOn !== undefined && firstOn !== course.firstDay)
    throw wrongField(
      'firstOn',
      'impossible_day',
      `The course begins on ${course.firstDay} for everybody. Leave this out.`,
    );
  if (!isDated && firstOn === undefined)
    throw wrongField('firstOn', 'first_day_missing', 'Give the person’s own first day in this course.');
  if (firstOn !== undefined && firstOn <= today)
    throw wrongField(
      'firstOn',
      'impossible_day',
      `The person needs time to answer: give ${addDays(today, 1)} or a later day.`,
    );
  const period = studyPeriod(course, firstOn);
  if (!period)
    throw wrongField(
      'firstOn',
      'impossible_day',
      `The course is over before: its last day is ${course.lastDay}.`,
    );
  return period;
}

/** The centre, its head and the employment department were silent. It is counted against the centre. */
export async function silence(transaction: Transaction, id: string): Promise<void> {
  const row = await readTraining(transaction, id);
  await refuse(transaction, row, { by: 'service', code: 'silent' });
}
