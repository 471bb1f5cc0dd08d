import { inPlay } from '../../domain/pathways/training';
import type { Transaction } from '../../records/kernel/transaction';
import { readTraining, stateOf } from '../steps/training';
import { courseCancelled } from './cancelled';
import { takePlace } from './waiting';

/** Something happened to the course: it is cancelled, or a place became free. */
export async function reconsider(transaction: Transaction, id: string): Promise<void> {
  const row = await readTraining(transaction, id);
  if (!inPlay.includes(stateOf(row))) return;
  const hasEnded = row.lastOn !== null && row.lastOn < transaction.today;
  if (row.course.state === 'cancelled' && !hasEnded) await courseCancelled(transaction, row);
  else if (row.state === 'waiting_list') await takePlace(transaction, row);
}
