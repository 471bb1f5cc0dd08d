import type { NotReached, TrainingAnswer } from '../../contracts/training';
import { addDays } from '../../domain/day';
import { record } from '../../records/kernel/events';
import { notifyOffice } from '../../records/kernel/notices';
import { move } from '../../records/kernel/rows';
import { closeTasks, lengthNow, morningOf, openTask, openTasks } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import {
  aboutTraining,
  beginningOf,
  firstOf,
  json,
  keep,
  placeOfPerson,
  readTraining,
  tellCentre,
  tellPerson,
  type TrainingRow,
} from '../steps/training';
import { placeSettled } from '../steps/training-places';
import { proposeStipend } from '../money/stipends';
import { withdraw } from './withdrawal';

/** The person's answer to the offered place. A no is theirs, and costs nothing. */
export async function answer(transaction: Transaction, id: string, body: TrainingAnswer): Promise<void> {
  const row = await readTraining(transaction, id);
  const answered = { answer: json({ ...body, on: transaction.today }) };
  const { yes, words } = body;
  await record(transaction, 'training_answered', aboutTraining(row), { number: id, yes }, words);
  if (!yes) return withdraw(transaction, row, words, answered);
  await closeTasks(
    transaction,
    { kinds: ['training_answer', 'training_list_answer', 'training_place'] },
    'answered',
  );
  await awaitFirstDay(transaction, row);
  await move(transaction, 'training', row, 'admitted', { ...answered, admittedAt: transaction.now });
  if (row.offer?.kind === 'list') await placeSettled(transaction, row.courseId);
  const stipend = await proposeStipend(transaction, id);
  const on = firstOf(row);
  await record(transaction, 'training_admitted', aboutTraining(row), { number: id, on });
  await tellPerson(transaction, row, { type: 'person_training_admitted', params: { on, stipend } });
  await tellCentre(transaction, row, { type: 'training_accepted', params: { on } });
}

/** The course begins for the person on their first day. They are reminded of it some days before. */
export async function awaitFirstDay(transaction: Transaction, row: TrainingRow): Promise<void> {
  const place = placeOfPerson(row);
  const on = firstOf(row);
  const { n } = await lengthNow(transaction, 'trainingReminder');
  const reminder = morningOf(transaction, addDays(on, -n));
  await openTasks(transaction, [
    { ...place, kind: 'training_begin', firesAt: beginningOf(on) },
    ...(reminder > transaction.now
      ? [{ ...place, kind: 'training_reminder' as const, firesAt: reminder }]
      : []),
  ]);
}

/** The case manager did not reach the person. The place is kept for as many days again, and the supervisor is told. */
export async function notReached(transaction: Transaction, id: string, body: NotReached): Promise<void> {
  const row = await readTraining(transaction, id);
  await openTask(transaction, { ...placeOfPerson(row), kind: 'training_list_answer' });
  await keep(transaction, row, { offer: json({ ...row.offer, extended: true }) });
  await record(transaction, 'training_not_reached', aboutTraining(row), { number: id }, body.words);
  await notifyOffice(
    transaction,
    { role: 'supervisor', area: row.caseArea.slice(0, 7) },
    { type: 'training_not_reached', params: {} },
    transaction.now.toISOString(),
  );
}
