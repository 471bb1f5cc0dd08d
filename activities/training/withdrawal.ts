import type { TrainingWithdrawal } from '../../contracts/training';
import { record } from '../../records/kernel/events';
import type { Transaction } from '../../records/kernel/transaction';
import { aboutTraining, readTraining, tellCentre, type TrainingRow } from '../steps/training';
import { conclude } from '../steps/training-end';

/** The person no longer wants the training. Only their own words say so, and it costs them nothing [measures §2]. */
export async function withdrawal(
  transaction: Transaction,
  id: string,
  { words }: TrainingWithdrawal,
): Promise<void> {
  await withdraw(transaction, await readTraining(transaction, id), words);
}

export async function withdraw(
  transaction: Transaction,
  row: TrainingRow,
  words: string,
  data: object = {},
): Promise<void> {
  await record(transaction, 'training_withdrawn', aboutTraining(row), { number: row.id }, words);
  await conclude(transaction, row, 'withdrawn', {
    data,
    ending: { by: 'person', code: 'own_wish', words },
  });
  await tellCentre(transaction, row, { type: 'training_given_up', params: {} });
}
