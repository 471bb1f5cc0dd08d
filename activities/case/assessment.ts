import type { Assessment } from '../../contracts/case';
import type { Json } from '../../prisma/db';
import { record } from '../../records/kernel/events';
import { move } from '../../records/kernel/rows';
import { closeTasks, openTask } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { placeOf } from '../steps/place';
import { readCase } from './read';

/**
 * Records the assessment made with the person. The first one leads to planning, and the plan is owed within 5 working days;
 * later ones bring the assessment up to date [pathway §3].
 */
export async function assessment(transaction: Transaction, id: string, body: Assessment): Promise<void> {
  const row = await readCase(transaction, id);
  const written = { assessment: body as Json };
  await record(transaction, 'assessed', placeOf(row));
  if (row.state !== 'assessment') return move(transaction, 'case', row, row.state, written);
  await closeTasks(transaction, { kinds: ['assessment'] }, 'done');
  await openTask(transaction, { ...placeOf(row), kind: row.plan ? 'next_step' : 'plan' });
  await move(transaction, 'case', row, 'planning', written);
}
