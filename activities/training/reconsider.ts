import { inPlay } from '../../domain/pathways/training';
import type { Transaction } from '../../records/kernel/transaction';
import { readTraining, stateOf } from '../steps/training';
import { courseCancelled } from './cancelled';
import { moveQuestion, takePlace } from './waiting';

/** Something happened to the course: it is cancelled, or a place became free. */
export async function reconsider(transaction: Transaction, id: string): Promise<void> {
  const row = await readTraining(transaction, id);
  if (!inPlay.includes(stateOf(row))) return;
  if (row.course.state === 'cancelled') {
    const isOver = row.lastOn !== null && row.lastOn < transaction.today;
    return isOver ? undefined : courseCancelled(transaction, row);
  }
  if (row.state !== 'waiting_list') return;
  await moveQuestion(transaction, row);
  await takePlace(transaction, row);
}
