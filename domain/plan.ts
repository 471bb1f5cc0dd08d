import { type Day, LAST_DAY } from './day';
import type { MeasureKind, ServiceKind } from './pathways/case';
import {
  carriedOutBy,
  type CarriesOut,
  holdsMeasure,
  type MeasureRow,
  type MeasureRowKind,
  measureRows,
} from './measure-rows';

/** A measure in a plan. */
export interface PlannedMeasure {
  kind: MeasureKind;
  provider?: string;
  dueOn?: Day;
  startedOn?: Day;
  endedOn?: Day;
  outcome?: string;
  /** The reason to drop a measure that has begun. */
  dropped?: string;
}

/** An accompanying service in a plan. */
export interface PlannedService {
  kind: ServiceKind;
  provider: string;
  dueOn?: Day;
  /** The reason to drop a service that is under way. */
  dropped?: string;
}

/** A measure on record. A measure that has begun, or that a row is to fulfil, must stay in the plan. */
export interface RecordedMeasure {
  n: number;
  kind: string;
  startedOn: Day | null;
  endedOn: Day | null;
  /** The row that fulfils it, or is to. */
  row?: { kind: MeasureRowKind; id: string };
}

/** A fault of a plan: the field, a code and the words. */
export interface PlanFault {
  field: string;
  code: string;
  detail: string;
}

/**
 * The faults of a plan [pathway §3]. Whether two measures are active at once is known once each measure is right. There is one measure
 * at a time, in order. No measure ends before it begins. A measure that has begun stays. A job begins only with the hire, and every
 * other measure with a row of its own [measures §1].
 *
 * @param recorded the plan's measures on record
 */
export function planFaults(
  measures: readonly PlannedMeasure[],
  recorded: readonly RecordedMeasure[],
  today: Day,
): PlanFault[] {
  if (measures.length === 0)
    return [{ field: 'measures', code: 'no_measure', detail: 'A plan has at least one measure.' }];
  const gone = recorded
    .filter(
      ({ n, kind, startedOn, row }) =>
        (startedOn !== null || row !== undefined) && measures[n - 1]?.kind !== kind,
    )
    .map(({ n, kind, startedOn, row }) => ({
      field: `measures.${n - 1}`,
      code: startedOn === null ? 'measure_is_referred' : 'measure_began',
      detail:
        row === undefined
          ? `Measure ${n} (${kind}) has begun: it stays in the plan, at its place. To drop it, give \`dropped\` with the reason there.`
          : `The person is referred to measure ${n} (${kind}) by ${row.id}: it stays in the plan, at its place. To drop it, end ${row.id}.`,
    }));
  if (gone.length > 0) return gone;
  const wrong = measures.flatMap((measure, i) => {
    const before = recorded.find(({ n }) => n === i + 1);
    const fault = rowFault(measure, before) ?? measureFault(measure, before?.startedOn ?? undefined, today);
    return fault ? [{ ...fault, field: `measures.${i}.${fault.field}` }] : [];
  });
  const late = wrong.length > 0 ? undefined : overlap(measures, recorded);
  return late ? [late] : wrong;
}

/**
 * A measure with a row of its own begins and ends by the commands of that row. One that was recorded by hand before is ended by hand
 * [measures §1].
 */
function rowFault(
  { kind, startedOn, endedOn, dropped }: PlannedMeasure,
  before: RecordedMeasure | undefined,
): PlanFault | undefined {
  const by = carriedOutBy(kind);
  if (by === undefined) return undefined;
  const row = before?.row;
  const { measure, beginning, referral, endsBy } = measureRows[by];
  if (startedOn !== undefined && startedOn !== before?.startedOn)
    return {
      field: 'startedOn',
      code: `${measure}_begin_by_referral`,
      detail: `${beginning}, not by hand: leave this out, and refer the person (POST ${referral}).`,
    };
  if (row === undefined) return undefined;
  if (dropped === undefined && (endedOn === undefined || endedOn === before?.endedOn)) return undefined;
  return {
    field: dropped === undefined ? 'endedOn' : 'dropped',
    code: `${measure}_end_by_command`,
    detail: `${endsBy(row.id)} Leave this out.`,
  };
}

function measureFault(measure: PlannedMeasure, began: Day | undefined, today: Day): PlanFault | undefined {
  const startedOn = measure.startedOn ?? began;
  const { endedOn, kind } = measure;
  if (measure.dropped !== undefined && kind === 'job')
    return {
      field: 'dropped',
      code: 'job_is_not_dropped',
      detail: 'A job that has begun ends with the employment. Leave out a job that has not begun.',
    };
  if (measure.dropped !== undefined && (began === undefined || endedOn !== undefined))
    return {
      field: 'dropped',
      code: 'not_under_way',
      detail: 'Only a measure that has begun and has not ended is dropped with a reason. Leave it out.',
    };
  if (kind === 'job' && measure.startedOn !== undefined && measure.startedOn !== began)
    return {
      field: 'startedOn',
      code: 'job_begins_with_hire',
      detail: 'A job begins with the hire, not by hand.',
    };
  if (endedOn === undefined) return undefined;
  if (startedOn === undefined || endedOn < startedOn)
    return {
      field: 'endedOn',
      code: 'ended_before_start',
      detail: 'A measure ends on or after the day it began.',
    };
  if (endedOn > today)
    return {
      field: 'endedOn',
      code: 'ended_in_future',
      detail: 'An end is recorded when it has come; until then give dueOn.',
    };
  return undefined;
}

/**
 * One measure at a time, a job apart: each ends before the next begins, or on the same day [measures §1]. Days that are on record stay
 * as they are: a register may have said late when a business began.
 */
function overlap(
  measures: readonly PlannedMeasure[],
  recorded: readonly RecordedMeasure[],
): PlanFault | undefined {
  const isNew = ({ endedOn }: PlannedMeasure, i: number): boolean =>
    (endedOn ?? null) !== (recorded.find(({ n }) => n === i + 1)?.endedOn ?? null);
  const begun = measures
    .map((measure, i) => ({
      i,
      kind: measure.kind,
      from: measure.startedOn,
      until: measure.endedOn ?? LAST_DAY,
      isNew: isNew(measure, i),
    }))
    .filter((span): span is typeof span & { from: Day } => span.kind !== 'job' && span.from !== undefined)
    .toSorted((a, b) => (a.from < b.from ? -1 : 1));
  const late = begun.find((span, k) =>
    begun.some((other, j) => j < k && other.until > span.from && (span.isNew || other.isNew)),
  );
  return (
    late && {
      field: `measures.${late.i}.startedOn`,
      code: 'two_measures_at_once',
      detail: 'Two measures would be active at the same time: end one before the next begins.',
    }
  );
}

/** Whether a measure was begun by hand, before such measures had rows. Its end is recorded by hand too. A job has its referrals. */
export const isByHand = ({
  kind,
  startedOn,
}: {
  kind: string;
  startedOn?: Day | null | undefined;
}): boolean => kind !== ('job' satisfies MeasureKind) && startedOn !== undefined && startedOn !== null;

/**
 * The measure that a new row of a kind serves: the first of its kind that has not begun, and that no other row is to fulfil. Several
 * applications to courses may serve one.
 */
export const plannedFor = <M extends { n: number; kind: string; startedOn: Day | null; endedOn: Day | null }>(
  by: MeasureRowKind,
  measures: readonly M[],
  rows: readonly MeasureRow[],
): M | undefined =>
  measures.find(
    ({ n, kind, startedOn, endedOn }) =>
      carriedOutBy(kind) === by &&
      startedOn === null &&
      endedOn === null &&
      (isShared(by) || !rows.some((one) => one.measure === n && holdsMeasure(one))),
  );

const isShared = (by: MeasureRowKind): boolean => {
  const { shared = false }: CarriesOut = measureRows[by];
  return shared;
};

/** The current measure of a case: the first that has not ended; undefined when all have ended. */
export const currentMeasure = <M extends { kind: string; endedOn?: Day | null | undefined }>(
  measures: readonly M[],
): M | undefined => measures.find(({ endedOn }) => endedOn === undefined || endedOn === null);

/**
 * The job measure that a referral serves. It is the plan's first job that has not ended, even while another measure is under
 * way. Otherwise it is the job whose employment ended, so that a person who lost a job does not start from zero [pathway §7].
 */
export function currentJob<
  M extends { kind: string; endedOn?: Day | null | undefined; outcome?: string | null | undefined },
>(measures: readonly M[]): M | undefined {
  const jobs = measures.filter(({ kind }) => kind === ('job' satisfies MeasureKind));
  return currentMeasure(jobs) ?? jobs.findLast(({ outcome }) => outcome === JOB_ENDED);
}

/** The outcome of a job measure whose employment ended. The next hire continues this measure. */
export const JOB_ENDED = 'ended';
