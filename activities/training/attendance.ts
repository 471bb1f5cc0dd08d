import { partOf } from '../../domain/money/period';
import type { Attendance, AttendanceEvidence, AttendanceHearing } from '../../contracts/training';
import type { Task } from '../../prisma/generated/client';
import { record } from '../../records/kernel/events';
import { wrongField } from '../../records/kernel/refusal';
import { closeTasks, openWait } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { studyChanged } from '../money/stipends';
import { askOwner } from '../steps/tell';
import {
  aboutTraining,
  type AttendedMonth,
  json,
  placeOfPerson,
  readTraining,
  type TrainingRow,
} from '../steps/training';
import { keepOwing } from '../steps/training-end';
import { monthsOfStudy, monthWaits, refOf, settleMonths, studyOf } from '../steps/training-months';

/** A month's days, entered by the centre. A month that was entered wrongly is entered again. Evidence is corrected upwards only. */
export async function attendance(transaction: Transaction, id: string, body: Attendance): Promise<void> {
  const row = await readTraining(transaction, id);
  const held = await daysHeld(transaction, row, body);
  const { month, attended, excused } = body;
  const before = row.months.find((one) => one.month === month);
  if (before?.evidence && attended + excused < before.attended + before.excused)
    throw wrongField(
      'attended',
      'evidence_stands',
      `Evidence of this month stands, with ${before.attended} days attended and ${before.excused} excused. A later entry may only say more days.`,
    );
  await closeTasks(transaction, { kinds: monthWaits, ref: month }, 'entered');
  await record(transaction, 'training_month', aboutTraining(row), {
    number: id,
    month,
    attended,
    excused,
    held,
  });
  await enter(transaction, row, { ...before, month, attended, excused, enteredOn: transaction.today });
}

/** The centre did not enter a month until the 15th. The person does not pay for that: the case manager brings evidence. */
export async function evidenceOfMonth(transaction: Transaction, id: string, { ref }: Task): Promise<void> {
  const row = await readTraining(transaction, id);
  await closeTasks(transaction, { kinds: ['training_month'], ref }, 'passed');
  await askOwner(transaction, { ...placeOfPerson(row), kind: 'training_month_evidence', ref });
  await record(transaction, 'training_month_missing', aboutTraining(row), { number: id, month: ref });
  await keepOwing(transaction, row);
}

/** The person's word in writing, the timetable or a copy of the journal stands in for the centre's entry. */
export async function attendanceEvidence(
  transaction: Transaction,
  id: string,
  body: AttendanceEvidence,
): Promise<void> {
  const row = await readTraining(transaction, id);
  const { month, attended, excused, words, document } = body;
  const { today } = transaction;
  await daysHeld(transaction, row, body);
  if (!(await openWait(transaction, 'training_month_evidence', month)))
    throw wrongField('month', 'nothing_owed', 'No evidence of this month is asked for.');
  mayBeIssued(transaction, document);
  await closeTasks(transaction, { kinds: monthWaits, ref: month }, 'evidence');
  await record(
    transaction,
    'training_month_evidence',
    aboutTraining(row),
    { number: document.number, month, attended, excused },
    words,
  );
  const evidence = { words, document, on: today };
  await enter(transaction, row, { month, attended, excused, enteredOn: today, evidence });
}

/** @throws Refusal where a document bears a later day than today's */
export function mayBeIssued({ today }: Transaction, { date }: { date: string }): void {
  if (date > today)
    throw wrongField('document.date', 'impossible_day', 'A document cannot be issued in the future.');
}

/** The person was heard about low attendance. The months that are decided together are decided. */
export async function attendanceHearing(
  transaction: Transaction,
  id: string,
  { month, words }: AttendanceHearing,
): Promise<void> {
  const row = await readTraining(transaction, id);
  const { together } = await monthsOfStudy(transaction, row);
  const heard = together.find(({ decides }) => decides.includes(month));
  const ref = heard && refOf(heard);
  if (!heard || !(await openWait(transaction, 'training_low', ref)))
    throw wrongField('month', 'nothing_owed', 'Nobody is to be heard about this month.');
  await closeTasks(transaction, { kinds: ['training_low'], ref: ref ?? '' }, 'heard');
  await record(transaction, 'training_low_heard', aboutTraining(row), { number: id, month }, words);
  const months = row.months.map((one) =>
    heard.decides.includes(one.month) ? { ...one, heard: { words, on: transaction.today } } : one,
  );
  await keepOwing(transaction, row, { months: json(months) });
  await studyChanged(transaction, row.personId);
}

/** @returns the days held in the month; a Refusal where the month is not over, or more days are entered than were held */
async function daysHeld(
  transaction: Transaction,
  row: TrainingRow,
  { month, attended, excused }: Pick<Attendance, 'month' | 'attended' | 'excused'>,
): Promise<number> {
  const study = await studyOf(transaction, row);
  const part = study && partOf(month, study.period);
  if (!part) throw wrongField('month', 'not_a_month_of_study', 'The person did not study in this month.');
  if (part.to >= transaction.today)
    throw wrongField(
      'month',
      'month_not_over',
      'The month is not over: enter it from the day after its last day of study.',
    );
  const { held } = await monthsOfStudy(transaction, row);
  const days = held.find((one) => one.month === month)?.held ?? 0;
  if (days === 0)
    throw wrongField('month', 'no_day_held', 'No day of the course was held for the person in this month.');
  if (attended + excused > days)
    throw wrongField(
      'attended',
      'too_many_days',
      `By the timetable the course was held on ${days} days of this month. Attended and excused days are together at most as many.`,
    );
  return days;
}

async function enter(transaction: Transaction, row: TrainingRow, entered: AttendedMonth): Promise<void> {
  const others = row.months.filter(({ month }) => month !== entered.month);
  const months = [...others, entered].toSorted((a, b) => (a.month < b.month ? -1 : 1));
  await settleMonths(transaction, { ...row, months });
  await keepOwing(transaction, row, { months: json(months) });
  await studyChanged(transaction, row.personId);
}
