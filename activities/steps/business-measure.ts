import { plannedFor } from '../../domain/plan';
import { type Aggregate } from '../../records/kernel/aggregates';
import { record } from '../../records/kernel/events';
import type { Transaction } from '../../records/kernel/transaction';
import { appendMeasure } from './measure';
import { placeOf } from './place';
import { becomeInMeasure } from './planning';

/**
 * The measure of the plan that an own business carries out. A plan without one gets it as its last measure [measures §1].
 *
 * @param transaction under the case's name
 * @returns its number
 */
export async function measureOfBusiness(
  transaction: Transaction,
  aggregate: Aggregate<'case'>,
): Promise<number> {
  const { measures, measureRows } = aggregate.around;
  return plannedFor('business', measures, measureRows)?.n ?? (await addMeasure(transaction, aggregate));
}

async function addMeasure(transaction: Transaction, { row }: Aggregate<'case'>): Promise<number> {
  const kind = 'self_employment';
  const n = await appendMeasure(transaction, row.id, kind);
  await record(transaction, 'measure_added', placeOf(row), { kind, provider: null });
  return n;
}

/** The states of a case that a measure changes once there is a plan. An assessment goes on, and so does a job. */
const planning = ['planning', 'referred', 'in_measure'];

/** The business holds the case. An assessment and a job go on. */
export async function holdCase(
  transaction: Transaction,
  aggregate: Aggregate<'case'>,
  measure: number,
): Promise<void> {
  const { row } = aggregate;
  if (row.plannedAt !== null && planning.includes(row.state))
    await becomeInMeasure(transaction, aggregate, measure);
}
