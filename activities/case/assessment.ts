import type { Assessment } from '../../domain/commands';
import type { Json } from '../../prisma/db';
import { record } from '../../records/kernel/events';
import { move } from '../../records/kernel/rows';
import { closeTasks, openTask } from '../../records/kernel/tasks';
import type { Unit } from '../../records/kernel/transaction';
import { placeOf } from '../steps/place';
import { readCase } from './read';

/**
 * Records what was assessed with the person. The first assessment leads to planning and to the plan that is owed within 5
 * working days; later ones bring it up to date [pathway §3].
 */
export async function assessment(unit: Unit, id: string, body: Assessment): Promise<void> {
  const row = await readCase(unit, id);
  const written = { assessment: body as Json };
  await record(unit, 'assessed', placeOf(row));
  if (row.state !== 'assessment') return move(unit, 'case', row, row.state, written);
  await closeTasks(unit, { kinds: ['assessment'] }, 'done');
  await openTask(unit, { ...placeOf(row), kind: row.plan ? 'next_step' : 'plan' });
  await move(unit, 'case', row, 'planning', written);
}
