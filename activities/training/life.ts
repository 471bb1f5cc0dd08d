import type { GoesOn } from '../../contracts/training';
import { record } from '../../records/kernel/events';
import { closeTasks } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import {
  aboutTraining,
  type GoingOn,
  json,
  keep,
  placeOfPerson,
  readTraining,
  type TrainingRow,
} from '../steps/training';
import { askOwner } from '../steps/tell';
import { withdraw } from './withdrawal';

/** The person was hired, or left the service. Until they answer, the admission or the course goes on [measures §1]. */
export async function askWhetherGoesOn(
  transaction: Transaction,
  row: TrainingRow,
  why: GoingOn['why'],
): Promise<void> {
  const question: GoingOn = { why, askedOn: transaction.today };
  await keep(transaction, row, { goingOn: json(question) });
  await record(transaction, 'training_goes_on_asked', aboutTraining(row), { number: row.id, why });
  await askOwner(transaction, { ...placeOfPerson(row), kind: 'training_goes_on' });
}

/** The person's answer: the training goes on, or they give it up. */
export async function goingOn(transaction: Transaction, id: string, body: GoesOn): Promise<void> {
  const row = await readTraining(transaction, id);
  const { goesOn, words } = body;
  const answered = { goingOn: json({ ...row.goingOn, ...body, on: transaction.today }) };
  await record(transaction, 'training_going_on', aboutTraining(row), { number: id, goesOn }, words);
  await closeTasks(transaction, { kinds: ['training_goes_on'] }, 'answered');
  if (goesOn) await keep(transaction, row, answered);
  else await withdraw(transaction, row, words, answered);
}
