import type { Plan, PlannedMeasure } from '../../domain/commands';
import type { ObligationKind } from '../../domain/obligations';
import type { CaseState } from '../../domain/pathways/case';
import { currentMeasure, planFault } from '../../domain/plan';
import type { Json } from '../../prisma/db';
import type { Measure } from '../../prisma/generated/client';
import { record } from '../../records/kernel/events';
import { notNow, wrongField } from '../../records/kernel/refusal';
import { move } from '../../records/kernel/rows';
import { closeTasks, openTask } from '../../records/kernel/tasks';
import type { Unit } from '../../records/kernel/transaction';
import { awaitProgress } from '../steps/measure';
import { placeOf } from '../steps/place';
import { type CaseRow, personOf, readCase } from './read';

/**
 * Writes the plan: measures in order and the services that go with them. It can be changed at any time; where the person
 * has a referral or a job, that stays as it is. Otherwise the first measure that has not ended says what comes next: a job
 * a first referral, any other measure its progress, recorded by hand [pathway §3].
 */
export async function plan(unit: Unit, id: string, body: Plan): Promise<void> {
  const row = await readCase(unit, id);
  if (!row.assessment) throw notNow('no_assessment', 'The assessment comes before the plan.');
  const recorded = await unit.tx.measure.findMany({ where: { caseId: id }, orderBy: { n: 'asc' } });
  const whole = body.measures.map((measure, i) => withRecorded(measure, recorded[i]));
  const fault = planFault(body.measures, recorded, unit.today) ?? planFault(whole, recorded, unit.today);
  if (fault) throw wrongField(fault.field, fault.code, fault.detail);

  await writeMeasures(unit, row, whole, recorded);
  await closeTasks(unit, { kinds: ['plan'] }, 'done');
  await move(unit, 'case', row, await next(unit, row, whole), {
    plan: { services: body.services } as Json,
    plannedAt: row.plannedAt ?? unit.now,
  });
}

/** What has begun or ended is not undone by a plan that does not repeat it. */
const withRecorded = (measure: PlannedMeasure, before: Measure | undefined): PlannedMeasure => {
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
  unit: Unit,
  row: CaseRow,
  measures: readonly PlannedMeasure[],
  recorded: readonly Measure[],
) {
  const about = placeOf(row);
  const region = (await personOf(unit, row)).mahalla.slice(0, 4);
  await record(unit, 'planned', about, { measures: measures.map(({ kind }) => kind).join(', ') });
  await unit.tx.measure.deleteMany({ where: { caseId: row.id } });
  for (const [i, measure] of measures.entries()) {
    const before = recorded[i];
    const { kind, startedOn, endedOn } = measure;
    const began = startedOn !== undefined && !before?.startedOn;
    await unit.tx.measure.create({
      data: { ...measure, caseId: row.id, n: i + 1, region: began ? region : (before?.region ?? null) },
    });
    if (began) await record(unit, 'measure_started', about, { n: i + 1, kind, on: startedOn, region });
    if (endedOn !== undefined && !before?.endedOn)
      await record(unit, 'measure_ended', about, {
        n: i + 1,
        kind,
        on: endedOn,
        outcome: measure.outcome ?? '-',
        region,
      });
  }
}

const placed: readonly CaseState[] = ['referred', 'employed', 'retained'];

/** Where the plan leads, with the wait that goes with it. */
async function next(unit: Unit, row: CaseRow, measures: readonly PlannedMeasure[]): Promise<CaseState> {
  if (placed.includes(row.state)) return row.state;
  const current = currentMeasure(measures);
  if (current && current.kind !== 'job') {
    await closeTasks(unit, { kinds: ['first_referral', 'next_step', 'measure_progress'] }, 'planned');
    await awaitProgress(unit, row, { n: measures.indexOf(current) + 1, dueOn: current.dueOn });
    return 'in_measure';
  }
  await closeTasks(unit, { kinds: ['measure_progress'] }, 'measure_ended');
  const waiting = await unit.tx.task.count({
    where: { subject: unit.subject, kind: { in: ['first_referral', 'next_step'] }, closedAt: null },
  });
  if (waiting === 0)
    await openTask(unit, { ...placeOf(row), kind: await owed(unit, row, current !== undefined) });
  return 'planning';
}

async function owed(unit: Unit, row: CaseRow, hasJob: boolean): Promise<ObligationKind> {
  const referredBefore = await unit.tx.referral.count({ where: { caseId: row.id } });
  return hasJob && referredBefore === 0 ? 'first_referral' : 'next_step';
}
