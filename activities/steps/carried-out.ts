import type { Day } from '../../domain/day';
import { type MeasureRowKind, measureRows } from '../../domain/measure-rows';
import { type About, record } from '../../records/kernel/events';
import { notify } from '../../records/kernel/notices';
import type { Transaction } from '../../records/kernel/transaction';
import { keepOneActive } from './one-at-a-time';

/** A row that carries out a measure of a plan. */
interface Carrier {
  id: string;
  caseId: string;
  personId: string;
  /** The number of the plan's measure. */
  measure: number;
}

/**
 * The measure of the plan shows the row's first day, and the programme counts it on that day, in the region in which the person lives.
 * Another measure that is active ends in the plan.
 *
 * @param about the case, person and employer of the time line's entry
 */
export async function beginMeasure(
  transaction: Transaction,
  by: MeasureRowKind,
  row: Carrier,
  { on, about }: { on: Day; about: About },
): Promise<void> {
  const { id, caseId, measure: n, personId } = row;
  const kind = measureRows[by].measure;
  const { mahalla } = await transaction.tx.person.findUniqueOrThrow({
    where: { id: personId },
    select: { mahalla: true },
  });
  const region = mahalla.slice(0, 4);
  const { count } = await transaction.tx.measure.updateMany({
    where: { caseId, n, kind, startedOn: null },
    data: { startedOn: on, region },
  });
  if (count === 0) throw new Error(`measure ${n} of ${caseId} is not that of ${id}`);
  await record(transaction, 'measure_started', about, { n, kind, on, region });
  await tellOfMeasure(transaction, 'person_measure_began', personId, { n, kind, on });
  await keepOneActive(transaction, personId);
}

/** The measure of the plan shows the row's last day and its outcome. A measure that has ended already stays as it is. */
export async function endMeasure(
  transaction: Transaction,
  by: MeasureRowKind,
  row: Carrier & { startedOn: Day | null },
  { on, outcome, about }: { on: Day; outcome: string; about: About },
): Promise<void> {
  const { caseId, measure: n, personId } = row;
  const kind = measureRows[by].measure;
  const [ended] = await transaction.tx.measure.updateManyAndReturn({
    where: { caseId, n, kind, startedOn: row.startedOn, endedOn: null },
    data: { endedOn: on, outcome },
  });
  if (!ended) return;
  await record(transaction, 'measure_ended', about, { n, kind, on, outcome, region: ended.region });
  await tellOfMeasure(transaction, 'person_measure_ended', personId, { n, kind, on });
}

/** The person learns that a measure of the plan has begun or ended [pathway §5, the person is told]. */
export const tellOfMeasure = (
  transaction: Transaction,
  type: 'person_measure_began' | 'person_measure_ended',
  personId: string,
  { n, kind, on }: { n: number; kind: string; on: Day },
): Promise<void> =>
  notify(transaction, {
    type,
    to: { kind: 'person', id: personId },
    params: { kind, on },
    occasion: `${n}-${on}`,
  });
