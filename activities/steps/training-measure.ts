import type { Day } from '../../domain/day';
import { record } from '../../records/kernel/events';
import type { Transaction } from '../../records/kernel/transaction';
import { aboutTraining, tellPerson, type TrainingRow } from './training';

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
  const { caseId, personId } = row;
  const { tx } = transaction;
  const { mahalla } = await tx.person.findUniqueOrThrow({
    where: { id: personId },
    select: { mahalla: true },
  });
  const region = mahalla.slice(0, 4);
  const n = await measureFor(transaction, row);
  await tx.measure.update({ where: { caseId_n: { caseId, n } }, data: { startedOn: on, region } });
  await record(transaction, 'measure_started', aboutTraining(row), { n, kind: MEASURE, on, region });
  await tellPerson(
    transaction,
    row,
    { type: 'person_measure_began', params: { kind: MEASURE, on } },
    `${n}-${on}`,
  );
  return n;
}

async function measureFor({ tx }: Transaction, { caseId, measure }: TrainingRow): Promise<number> {
  const measures = await tx.measure.findMany({ where: { caseId }, orderBy: { n: 'asc' } });
  const free = measures.filter(({ kind, startedOn, endedOn }) => kind === MEASURE && !startedOn && !endedOn);
  const own = free.find(({ n }) => n === measure) ?? free[0];
  if (own) return own.n;
  const n = (measures.at(-1)?.n ?? 0) + 1;
  await tx.measure.create({ data: { caseId, n, kind: MEASURE } });
  return n;
}

/** The last day of the course, or of the person in it. */
export async function endTrainingMeasure(
  transaction: Transaction,
  row: TrainingRow,
  { on, outcome }: { on: Day; outcome: string },
): Promise<void> {
  const { caseId, measure: n } = row;
  const [ended] = await transaction.tx.measure.updateManyAndReturn({
    where: { caseId, n, kind: MEASURE, startedOn: row.startedOn, endedOn: null },
    data: { endedOn: on, outcome },
  });
  if (!ended) return;
  const { region } = ended;
  await record(transaction, 'measure_ended', aboutTraining(row), { n, kind: MEASURE, on, outcome, region });
  await tellPerson(
    transaction,
    row,
    { type: 'person_measure_ended', params: { kind: MEASURE, on } },
    `${n}-${on}`,
  );
}

/** The person never came: the measure has not begun after all, and the programme does not count it. */
export async function takeBackTrainingMeasure(transaction: Transaction, row: TrainingRow): Promise<void> {
  const { caseId, measure: n, startedOn } = row;
  const [taken] = await transaction.tx.measure.updateManyAndReturn({
    where: { caseId, n, kind: MEASURE, startedOn, endedOn: null },
    data: { startedOn: null, region: null },
  });
  if (taken)
    await record(transaction, 'measure_not_begun', aboutTraining(row), { n, kind: MEASURE, on: startedOn });
}
