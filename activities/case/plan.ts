import type { Plan } from '../../contracts/case';
import { type Day, dayOf } from '../../domain/day';
import type { CaseState } from '../../domain/pathways/case';
import { holdsMeasure, holdsPerson } from '../../domain/measure-rows';
import { currentMeasure, isByHand, planFaults, type PlannedMeasure } from '../../domain/plan';
import { differences } from '../../domain/versions';
import { record } from '../../records/kernel/events';
import { type Aggregate, takeAggregate } from '../../records/kernel/aggregates';
import { replaceMeasures } from '../../records/kernel/measures';
import { refuseFields } from '../../records/kernel/refusal';
import { move } from '../../records/kernel/rows';
import { closeTasks, openTasks } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { tellOfMeasure } from '../steps/carried-out';
import { awaitProgress } from '../steps/measure';
import { placeOf } from '../steps/place';
import type { CaseRow } from './read';
import { writeServices } from './services';
import { keepVersion } from './versions';

/**
 * Writes a version of the plan: its measures in order, and its services. The plan can change at any time, and no version is
 * lost. A referral or a job of the person stays as it is. Otherwise the first measure that has not ended decides the next wait.
 * A job waits for the first referral, every other measure for the referral to it. A measure that was begun by hand before waits for
 * its progress [pathway §3, measures §1].
 */
export async function plan(transaction: Transaction, id: string, body: Plan): Promise<void> {
  const aggregate = await takeAggregate(transaction, 'case', id);
  const row = aggregate.row as CaseRow;
  const { services: known } = aggregate.around;
  const recorded = withRows(aggregate.around);
  const whole = body.measures.map((measure, i) => withRecorded(measure, recorded[i]));
  refuseFields(planFaults(body.measures, recorded, transaction.today));
  refuseFields(planFaults(whole, recorded, transaction.today));

  const measures = whole.map((measure) => withDropped(measure, dayOf(transaction.givenAt)));
  await writeMeasures(transaction, aggregate, measures);
  if (row.plannedAt !== null) await tellChanges(transaction, row, measures, recorded);
  await writeServices(transaction, row, body.services, known);
  keepVersion(transaction, 'plan', id, { measures, services: body.services });
  await move(transaction, 'case', row, await next(transaction, aggregate, measures), {
    plannedAt: row.plannedAt ?? transaction.givenAt,
  });
}

/** The measures on record, each with the row that fulfils it, or is to. */
const withRows = ({ measures, measureRows }: Aggregate<'case'>['around']) =>
  measures.map((measure) => {
    const row = measureRows.findLast((one) => one.measure === measure.n && holdsMeasure(one));
    return row ? { ...measure, row } : measure;
  });

/** A measure that is dropped after it began ends on the day of the plan, with the reason as its outcome. */
const withDropped = (measure: PlannedMeasure, today: Day): PlannedMeasure =>
  measure.dropped === undefined ? measure : { ...measure, endedOn: today, outcome: measure.dropped };

/** The time line names the measures that a new version adds, changes and drops. */
async function tellChanges(
  transaction: Transaction,
  row: CaseRow,
  measures: readonly PlannedMeasure[],
  recorded: readonly RecordedMeasure[],
): Promise<void> {
  const about = placeOf(row);
  const { added, kept, dropped } = differences(recorded, measures, ['provider', 'dueOn']);
  const named = ({ kind, provider = null }: { kind: string; provider?: string | null }) => ({
    kind,
    provider,
  });
  for (const measure of added) await record(transaction, 'measure_added', about, named(measure));
  for (const { after, fields } of kept)
    if (after.dropped !== undefined)
      await record(transaction, 'measure_dropped', about, named(after), after.dropped);
    else if (fields.length > 0)
      await record(transaction, 'measure_changed', about, { ...named(after), fields: fields.join(', ') });
  for (const measure of dropped) await record(transaction, 'measure_dropped', about, named(measure));
}

/** A measure keeps its recorded begin, end and outcome if the new plan does not repeat them. */
const withRecorded = (measure: PlannedMeasure, before: RecordedMeasure | undefined): PlannedMeasure => {
  if (!before || before.kind !== measure.kind) return measure;
  const startedOn = measure.startedOn ?? before.startedOn;
  const endedOn = measure.endedOn ?? before.endedOn;
  const outcome = measure.outcome ?? before.outcome;
  return {
    ...measure,
    ...(startedOn !== null && { startedOn }),
    ...(endedOn !== null && { endedOn }),
    ...(outcome !== null && { outcome }),
  };
};

async function writeMeasures(
  transaction: Transaction,
  { row, around }: Aggregate<'case'>,
  measures: readonly PlannedMeasure[],
) {
  const about = placeOf(row);
  await record(transaction, 'planned', about, { measures: measures.map(({ kind }) => kind).join(', ') });
  await replaceMeasures(
    transaction.tx,
    row.id,
    measures.map((measure, i) => ({
      ...columns(measure),
      n: i + 1,
      region: around.measures[i]?.region ?? null,
    })),
  );
  for (const [i, measure] of measures.entries()) {
    const { kind, endedOn } = measure;
    if (endedOn === undefined || around.measures[i]?.endedOn) continue;
    const n = i + 1;
    if (kind !== 'job')
      await tellOfMeasure(transaction, 'person_measure_ended', row.personId, { n, kind, on: endedOn });
    await record(transaction, 'measure_ended', about, {
      n,
      kind,
      on: endedOn,
      outcome: measure.outcome ?? '-',
      region: around.person.mahalla.slice(0, 4),
    });
  }
}

/** The columns of a measure. The reason of a dropped measure is kept in the version and in the time line. */
const columns = ({ dropped: _, ...measure }: PlannedMeasure) => measure;

type RecordedMeasure = Aggregate<'case'>['around']['measures'][number];

const placed: readonly CaseState[] = ['referred', 'employed', 'retained'];

/** The case's next state by the plan. The wait of that state is opened. */
async function next(
  transaction: Transaction,
  { row, around, waiting }: Aggregate<'case'>,
  measures: readonly PlannedMeasure[],
): Promise<CaseState> {
  const planned = { kinds: ['plan'], how: 'done' } as const;
  const state = row.state as CaseState;
  if (placed.includes(state)) {
    await closeTasks(transaction, planned, planned.how);
    return state;
  }
  if (around.measureRows.some((one) => holdsPerson(one, transaction.today))) {
    await closeTasks(transaction, planned, planned.how);
    return 'in_measure';
  }
  const current = currentMeasure(measures);
  if (current && isByHand(current)) {
    await closeTasks(transaction, planned, planned.how);
    await closeTasks(transaction, { kinds: ['first_referral', 'next_step', 'measure_progress'] }, 'planned');
    await awaitProgress(transaction, row, { n: measures.indexOf(current) + 1, dueOn: current.dueOn });
    return 'in_measure';
  }
  const open = waiting.filter(({ subject }) => subject === transaction.subject).map(({ kind }) => kind);
  if (open.includes('measure_progress') || open.includes('defect'))
    await closeTasks(transaction, { kinds: ['measure_progress'] }, 'measure_ended');
  if (open.includes('first_referral') || open.includes('next_step'))
    await closeTasks(transaction, planned, planned.how);
  else {
    const isFirst = current?.kind === 'job' && around.referrals.length === 0;
    const kind = isFirst ? 'first_referral' : 'next_step';
    await openTasks(transaction, [{ ...placeOf(row), kind }], planned);
  }
  return 'planning';
}
