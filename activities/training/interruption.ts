import type { Absence, Interruption } from '../../contracts/training';
import { afterDay, type Day } from '../../domain/day';
import type { Period } from '../../domain/money/period';
import { haveDayInCommon, isTooLong, pauseOf } from '../../domain/training/interruption';
import { record } from '../../records/kernel/events';
import { type PolicyNumber, policyNumber, rulesSaySo, versionOf } from '../../records/kernel/policy-numbers';
import { notNow, wrongField } from '../../records/kernel/refusal';
import { move } from '../../records/kernel/rows';
import { closeTasks, openTask } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { studyChanged } from '../money/stipends';
import { askOwner } from '../steps/tell';
import {
  aboutTraining,
  type Absent,
  type Interrupted,
  json,
  keep,
  lastOf,
  placeOfCentre,
  placeOfPerson,
  readTraining,
  tellCentre,
  tellManager,
  tellPerson,
  type TrainingRow,
} from '../steps/training';
import { settleMonths } from '../steps/training-months';

/**
 * The person is absent because of illness or care. Up to 15 working days running the absence is excused: the centre is told, and enters
 * the days with the month's attendance. On a longer one the centre decides [measures §2].
 */
export async function absence(transaction: Transaction, id: string, body: Absence): Promise<void> {
  const row = await readTraining(transaction, id);
  const { code, from, until, words } = body;
  checkDays(row, from, until);
  const params = { number: id, code, from, until };
  await record(transaction, 'training_absence', aboutTraining(row), params, words);
  const absent: Absent = { ...body, saidOn: transaction.today };
  const absences = [...row.absences.filter((one) => one.from !== from), absent].toSorted((a, b) =>
    a.from < b.from ? -1 : 1,
  );
  const isLong = await pauseWithin(transaction, row, { from, to: until });
  await keep(transaction, row, { absences: json(absences), ...(isLong && { absence: json(absent) }) });
  if (isLong) return askOwner(transaction, { ...placeOfCentre(row), kind: 'training_interruption' });
  if (transaction.actor.role === 'training_officer') return;
  const said = { code, from, until };
  await tellCentre(transaction, row, { type: 'training_absent', params: said }, occasion(transaction));
}

/** The centre interrupts the course for the part of an absence that is not excused, or says why it does not. */
export async function interruption(transaction: Transaction, id: string, body: Interruption): Promise<void> {
  const row = await readTraining(transaction, id);
  await closeTasks(transaction, { kinds: ['training_interruption'] }, 'decided');
  if (body.decision === 'interrupt') return interrupt(transaction, row, body);
  const { grounds } = body;
  const { absence: asked } = row;
  await keep(transaction, row, {
    absence: asked && json({ ...asked, declined: { grounds, on: transaction.today } }),
  });
  await record(transaction, 'training_not_interrupted', aboutTraining(row), { number: id }, grounds);
  await tellManager(
    transaction,
    row,
    { type: 'training_not_interrupted', params: {} },
    occasion(transaction),
  );
  await tellPerson(
    transaction,
    row,
    { type: 'person_training_not_interrupted', params: {} },
    occasion(transaction),
  );
}

const occasion = ({ now }: Transaction): string => now.toISOString();

/** The same absence again changes its last day: the person comes back earlier, or is absent for longer. */
async function interrupt(
  transaction: Transaction,
  row: TrainingRow,
  { from: since, until, code, words }: Extract<Interruption, { decision: 'interrupt' }>,
): Promise<void> {
  checkDays(row, since, until);
  const others = row.interruptions.filter((one) => one.since !== since);
  const isKnown = others.length < row.interruptions.length;
  const pause = await pauseWithin(transaction, row, { from: since, to: until });
  if (!pause && !isKnown)
    throw wrongField(
      'until',
      'absence_excused',
      'So short an absence does not interrupt the course: enter its days as excused with the attendance.',
    );
  const interruptions = pause ? [...others, { ...pause, code, words, since }] : others;
  const most = pause && (await checkPauses(transaction, row, others, pause));
  await applyPauses(
    transaction,
    row,
    interruptions.toSorted((a, b) => (a.from < b.from ? -1 : 1)),
  );
  if (!pause || !most) return record(transaction, 'training_resumed', aboutTraining(row), { number: row.id });
  const days = { from: pause.from, until: pause.to };
  await record(
    transaction,
    'training_interrupted',
    aboutTraining(row),
    { number: row.id, ...days, ...versionOf(most) },
    words,
  );
  await tellPerson(
    transaction,
    row,
    { type: 'person_training_interrupted', params: days },
    occasion(transaction),
  );
  await tellManager(transaction, row, { type: 'training_interrupted', params: days }, occasion(transaction));
}

/** The course stands still until the day named. Where that day has passed already, it goes on at once. */
async function applyPauses(
  transaction: Transaction,
  row: TrainingRow,
  interruptions: Interrupted[],
): Promise<void> {
  const until = interruptions.at(-1)?.to;
  const isPaused = until !== undefined && until >= transaction.today;
  await closeTasks(transaction, { kinds: ['training_resumption'] }, 'changed');
  if (isPaused)
    await openTask(transaction, {
      ...placeOfPerson(row),
      kind: 'training_resumption',
      firesAt: afterDay(until),
    });
  await settleMonths(transaction, { ...row, interruptions });
  await move(transaction, 'training', row, isPaused ? 'interrupted' : 'studying', {
    interruptions: json(interruptions),
    absence: null,
  });
  await studyChanged(transaction, row.personId);
}

/** The part of an absence that is longer than what is excused. */
async function pauseWithin(
  transaction: Transaction,
  row: TrainingRow,
  absent: Period,
): Promise<Period | undefined> {
  const { n: excused } = await numberOfStudy(transaction, row, 'excusedAbsenceDays');
  return pauseOf(absent, excused, await transaction.calendar());
}

const numberOfStudy = (
  transaction: Transaction,
  { startedOn }: TrainingRow,
  name: 'excusedAbsenceDays' | 'interruptionMonths',
) => policyNumber(transaction, name, startedOn ?? transaction.today);

/** @throws Refusal unless the absence lies within the days of study */
function checkDays(row: TrainingRow, from: Day, until: Day): void {
  const first = row.startedOn ?? lastOf(row);
  if (from < first || from > lastOf(row))
    throw wrongField(
      'from',
      'impossible_day',
      `The first day of absence lies between ${first} and ${lastOf(row)}.`,
    );
  if (until < from || until > lastOf(row))
    throw wrongField(
      'until',
      'impossible_day',
      `The last day of absence lies between ${from} and ${lastOf(row)}, the last day of the course.`,
    );
}

async function checkPauses(
  transaction: Transaction,
  row: TrainingRow,
  others: Interrupted[],
  pause: Period,
): Promise<PolicyNumber> {
  if (others.some((other) => haveDayInCommon(other, pause)))
    throw notNow('interrupted_then', 'The course is interrupted on some of these days already.');
  const most = await numberOfStudy(transaction, row, 'interruptionMonths');
  if (isTooLong([...others, pause], most.n))
    throw wrongField(
      'until',
      'interrupted_too_long',
      `A course is interrupted for at most ${most.words} together.${rulesSaySo(most, transaction)}`,
    );
  return most;
}

/** The day named has come: the course goes on. A person who does not come back is heard first, after the centre's word. */
export async function goesOn(transaction: Transaction, id: string): Promise<void> {
  const row = await readTraining(transaction, id);
  await closeTasks(transaction, { kinds: ['training_resumption'] }, 'over');
  await record(transaction, 'training_resumed', aboutTraining(row), { number: id });
  if (row.state === 'hearing') return keep(transaction, row, { cameFrom: 'studying' });
  await move(transaction, 'training', row, 'studying');
  await tellPerson(transaction, row, { type: 'person_training_resumed', params: {} }, occasion(transaction));
}
