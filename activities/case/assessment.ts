import type { Assessment } from '../../contracts/case';
import { changed } from '../../domain/versions';
import type { Json } from '../../prisma/db';
import { record } from '../../records/kernel/events';
import { move } from '../../records/kernel/rows';
import { openTasks } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { placeOf } from '../steps/place';
import { type CaseRow, readCase } from './read';
import { keepVersion } from './versions';

/**
 * Records the assessment made with the person. The first assessment leads to planning, and the plan is due within 5 working
 * days. Later assessments update the first, and every version is kept [pathway §3].
 */
export async function assessment(transaction: Transaction, id: string, body: Assessment): Promise<void> {
  const row = await readCase(transaction, id);
  const written = { assessment: body as Json };
  await record(transaction, 'assessed', placeOf(row));
  if (row.assessment) await tellChanges(transaction, row, body);
  keepVersion(transaction, 'assessment', id, body);
  if (row.state !== 'assessment') return move(transaction, 'case', row, row.state, written);
  const next = row.plannedAt === null ? 'plan' : 'next_step';
  const assessed = { kinds: ['assessment'], how: 'done' } as const;
  await openTasks(transaction, [{ ...placeOf(row), kind: next }], assessed);
  await move(transaction, 'case', row, 'planning', written);
}

const parts = ['capabilities', 'needs', 'wishes', 'conditions', 'barriers'] as const;

async function tellChanges(transaction: Transaction, row: CaseRow, body: Assessment): Promise<void> {
  const fields = changed(row.assessment as Partial<Assessment>, body, parts);
  if (fields.length > 0)
    await record(transaction, 'assessment_changed', placeOf(row), { fields: fields.join(', ') });
}
