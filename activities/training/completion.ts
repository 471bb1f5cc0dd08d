import type { Certificate, Completion } from '../../contracts/training';
import { record } from '../../records/kernel/events';
import { move } from '../../records/kernel/rows';
import { closeTasks, openTask } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { aboutTraining, json, placeOfCentre, readTraining, tellManager, tellPerson } from '../steps/training';
import { keepOwing } from '../steps/training-end';
import { outcomeOfTrainingMeasure } from '../steps/training-measure';

/** With a certificate, whose number may follow, or without one. From now on the centre helps into work or business [measures §2]. */
export async function completion(transaction: Transaction, id: string, body: Completion): Promise<void> {
  const row = await readTraining(transaction, id);
  const { outcome } = body;
  await closeTasks(transaction, { kinds: ['training_completion'] }, outcome);
  await openTask(transaction, { ...placeOfCentre(row), kind: 'training_help' });
  await move(transaction, 'training', row, 'completed', {
    completion: json({ ...body, on: transaction.today }),
  });
  await outcomeOfTrainingMeasure(transaction, row, outcome === 'certificate' ? 'completed' : 'attended');
  await record(transaction, 'training_completed', aboutTraining(row), { number: id, how: outcome });
  await tellPerson(transaction, row, { type: 'person_training_completed', params: { how: outcome } });
  await tellManager(transaction, row, { type: 'training_completed', params: { how: outcome } });
}

/** The number of the certificate follows, or was entered wrongly. */
export async function certificate(
  transaction: Transaction,
  id: string,
  { number }: Certificate,
): Promise<void> {
  const row = await readTraining(transaction, id);
  await keepOwing(transaction, row, { completion: json({ ...row.completion, number }) });
  await record(transaction, 'training_certificate', aboutTraining(row), { number: id });
}
