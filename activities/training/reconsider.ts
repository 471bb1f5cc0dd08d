import { inPlay } from '../../domain/pathways/training';
import type { Transaction } from '../../records/kernel/transaction';
import { studyChanged } from '../money/stipends';
import { readTraining, stateOf, type TrainingRow } from '../steps/training';
import { keepOwing } from '../steps/training-end';
import { settleMonths } from '../steps/training-months';
import { courseCancelled } from './cancelled';
import { moveQuestion, takePlace } from './waiting';

/** Something happened to the course: it is cancelled, or a place became free. Or a day of death was corrected. */
export async function reconsider(transaction: Transaction, id: string): Promise<void> {
  const row = await readTraining(transaction, id);
  if (row.ending?.code === 'died') return settleAnew(transaction, row);
  if (!inPlay.includes(stateOf(row))) return;
  if (row.course.state === 'cancelled') {
    const isOver = row.lastOn !== null && row.lastOn < transaction.today;
    return isOver ? undefined : courseCancelled(transaction, row);
  }
  if (row.state !== 'waiting_list') return;
  await moveQuestion(transaction, row);
  await takePlace(transaction, row);
}

/** The last day moved with the day of death: the months, and the stipend, follow it [measures §1, §4]. */
async function settleAnew(transaction: Transaction, row: TrainingRow): Promise<void> {
  await settleMonths(transaction, row);
  await keepOwing(transaction, row);
  await studyChanged(transaction, row.personId);
}
