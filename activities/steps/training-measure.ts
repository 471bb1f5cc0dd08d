import type { Day } from '../../domain/day';
import { record } from '../../records/kernel/events';
import type { Transaction } from '../../records/kernel/transaction';
import { beginMeasure, endMeasure } from './carried-out';
import { appendMeasure } from './measure';
import { activeAgain } from './one-at-a-time';
import { aboutTraining, type TrainingRow } from './training';

const MEASURE = 'training';

/**
 * The measure of the plan shows the person's first day, and the programme counts it on that day [measures §6]. Where another course
 * has fulfilled the measure, the plan gets one more.
 *
 * @returns the number of the measure
 */
export async function beginTrainingMeasure(
  transaction: Transaction,
  row: TrainingRow,
  on: Day,
): Promise<number> {
  const measure = await measureFor(transaction, row);
  await beginMeasure(transaction, 'training', { ...row, measure }, { on, about: aboutTraining(row) });
  return measure;
}

async function measureFor(transaction: Transaction, { caseId, measure }: TrainingRow): Promise<number> {
  const measures = await transaction.tx.measure.findMany({ where: { caseId }, orderBy: { n: 'asc' } });
  const free = measures.filter(({ kind, startedOn, endedOn }) => kind === MEASURE && !startedOn && !endedOn);
  const own = free.find(({ n }) => n === measure) ?? free[0];
  return own?.n ?? (await appendMeasure(transaction, caseId, MEASURE));
}

/** The last day of the course, or of the person in it. */
export const endTrainingMeasure = (
  transaction: Transaction,
  row: TrainingRow,
  end: { on: Day; outcome: string },
): Promise<void> => endMeasure(transaction, 'training', row, { ...end, about: aboutTraining(row) });

/** The person never came: the measure has not begun after all, and the programme does not count it. */
export async function takeBackTrainingMeasure(transaction: Transaction, row: TrainingRow): Promise<void> {
  const { caseId, measure: n, personId, startedOn } = row;
  const [taken] = await transaction.tx.measure.updateManyAndReturn({
    where: { caseId, n, kind: MEASURE, startedOn },
    data: { startedOn: null, endedOn: null, outcome: null, region: null },
  });
  if (!taken || startedOn === null) return;
  await record(transaction, 'measure_not_begun', aboutTraining(row), { n, kind: MEASURE, on: startedOn });
  await activeAgain(transaction, personId, startedOn);
}

/** The outcome of a measure that has ended: with the completion, or after the last day. */
export async function outcomeOfTrainingMeasure(
  { tx }: Transaction,
  { caseId, measure: n, startedOn }: TrainingRow,
  outcome: string,
  on?: Day,
): Promise<void> {
  await tx.measure.updateMany({
    where: { caseId, n, kind: MEASURE, startedOn, endedOn: { not: null } },
    data: { outcome, ...(on !== undefined && { endedOn: on }) },
  });
}
