import { addDays, addMonths, type Day, daysBetween, dayOf } from '../day';
import { median, percentile } from '../quantile';
import type { Soato } from '../soato';
import { factsOf, type Place } from './regions';

/*
 * The definition of the report, fact by fact. `records/reads/reports/pathway.ts` counts the same in the database; a test compares the two.
 */

/** "In work" is counted this many days after the end of the measure; for a job, after the plan [S: pathway §8]. */
export const IN_WORK_WITHIN_DAYS = 28;

/** A confirmed employment. */
export interface HireFact {
  id: string;
  hiredOn: Day;
  /** Its months of monitoring. */
  months: number;
  confirmedOn: Day;
  endedOn: Day | null;
  state: string;
  /** Whether the employment is still monitored. */
  open: boolean;
}

/** A case with a plan, and the first days of its participations. */
export interface CaseFact {
  area: Soato;
  plannedOn: Day;
  measures: readonly { kind: string; endedOn: Day | null }[];
  hires: readonly HireFact[];
}

/** A referral and how the employer answered it. */
export interface ReferralFact {
  area: Soato;
  /** The end of the employer's 5 days by the calendar; null where they never began. */
  due: Date | null;
  decision: 'accept' | 'reject' | null;
  /** The instant of the employer's answer, not of its entry. */
  decidedAt: Date | null;
  /** Whether the 5 days passed without an answer on record. */
  silent: boolean;
}

export interface InspectionFact {
  area: Soato;
  openedAt: Date;
  resolvedAt: Date | null;
  resolution: string | null;
  open: boolean;
  breached: boolean;
  /** The chief inspector's entry after a breach. */
  measure: 'taken' | 'none' | null;
}

export interface PathwayFacts {
  cases: readonly CaseFact[];
  referrals: readonly ReferralFact[];
  inspections: readonly InspectionFact[];
}

/** The period of a report, and the instant of its data. */
export interface Frame {
  from: Day;
  to: Day;
  now: Date;
  /** The months of monitoring of a hire on a day. A participant without a hire is counted by them. */
  monthsOn: (day: Day) => number;
}

/** One participation: an ended measure, or a plan that begins with a job. */
interface Participation {
  start: Day;
  hires: readonly HireFact[];
}

/**
 * The first days of a case's participations. The day of the plan counts if the plan begins with a job, or leads to a job before
 * another measure has ended. The last day of each other measure counts, too.
 */
export function participations({ plannedOn, measures, hires }: CaseFact): Participation[] {
  const ends = measures.flatMap(({ kind, endedOn }) => (kind !== 'job' && endedOn !== null ? [endedOn] : []));
  const byPlan = measures[0]?.kind === 'job' || (ends.length === 0 && hires.length > 0);
  return [...(byPlan ? [plannedOn] : []), ...ends].map((start) => ({
    start,
    hires: hires.filter(({ endedOn }) => endedOn === null || endedOn > start),
  }));
}

const ratio = (part: number, whole: number): number | null =>
  whole === 0 ? null : Math.round((part / whole) * 10_000) / 10_000;

/**
 * In work within 28 days: hires confirmed at most 28 days after the measure ended (for `job`: after the plan), divided by
 * all whose 28 days have passed [pathway §8].
 */
export function inWork(all: readonly Participation[], today: Day) {
  const lastDay = ({ start }: Participation) => addDays(start, IN_WORK_WITHIN_DAYS);
  const passed = all.filter((one) => lastDay(one) < today);
  const hired = passed.filter((one) => one.hires.some(({ confirmedOn }) => confirmedOn <= lastDay(one)));
  return {
    participants_28_days: passed.length,
    in_work_28_days: hired.length,
    in_work_28_days_share: ratio(hired.length, passed.length),
  };
}

type Fate = 'retained' | 'lost' | 'not_known' | 'ahead';

/**
 * The outcome of a hire: employed at the end of its months of monitoring or not. The outcome is unknown without monitoring to
 * the end.
 */
export function fateOf({ hiredOn, months, endedOn, state, open }: HireFact, today: Day): Fate {
  const last = addMonths(hiredOn, months);
  if (open || last > today) return 'ahead';
  if (state === 'retained' || (endedOn !== null && endedOn > last)) return 'retained';
  return endedOn === null ? 'not_known' : 'lost';
}

/**
 * Retained: still employed 6 months after the hire, divided by all participants whose time has passed; beside it, divided
 * by hires [S: Lithuania]. A participant's time is 6 months from the hire; without one, from the end of the 28 days. A policy
 * may set another number of months than 6.
 */
export function retained(all: readonly Participation[], today: Day, monthsOn: Frame['monthsOn']) {
  const fates = (hires: readonly HireFact[]) => hires.map((hire) => fateOf(hire, today));
  const timeWithoutHire = (start: Day): Day => {
    const from = addDays(start, IN_WORK_WITHIN_DAYS);
    return addMonths(from, monthsOn(from));
  };
  const timeIsOver = ({ start, hires }: Participation): boolean =>
    hires.length === 0
      ? timeWithoutHire(start) <= today
      : fates(hires).includes('retained') || !fates(hires).includes('ahead');
  const participants = all.filter(timeIsOver);
  const kept = participants.filter(({ hires }) => fates(hires).includes('retained'));
  const hires = [
    ...new Map(all.flatMap((one) => one.hires.map((hire) => [hire.id, hire] as const))).values(),
  ];
  const ends = fates(hires).filter((fate) => fate !== 'ahead');
  const count = (fate: Fate) => ends.filter((each) => each === fate).length;
  return {
    participants_6_months: participants.length,
    retained_participants: kept.length,
    retained_participants_share: ratio(kept.length, participants.length),
    hires_6_months: ends.length,
    retained_hires: count('retained'),
    retained_hires_share: ratio(count('retained'), ends.length),
    not_known_hires: count('not_known'),
  };
}

/**
 * Answered in time: decisions within the 5 days of delivery, divided by referrals whose 5 days have passed; rejected and
 * silent apart [pathway §8]; an answer received within them but entered after silence is one in time. What ended before without an answer (withdrawn, undeliverable) is nobody's delay.
 */
export function answered(referrals: readonly ReferralFact[], now: Date) {
  const passed = referrals.filter(
    ({ due, decidedAt, silent }) => due !== null && due < now && (decidedAt !== null || silent),
  );
  const isInTime = ({ due, decidedAt }: ReferralFact) =>
    decidedAt !== null && due !== null && decidedAt <= due;
  const inTime = passed.filter(isInTime);
  const count = (decision: string) => inTime.filter((referral) => referral.decision === decision).length;
  return {
    referrals_5_days: passed.length,
    answered_in_time: inTime.length,
    answered_in_time_share: ratio(inTime.length, passed.length),
    accepted_in_time: count('accept'),
    rejected_in_time: count('reject'),
    silent: passed.filter((one) => one.silent && !isInTime(one)).length,
  };
}

const oneDecimal = (value: number | undefined): number | null =>
  value === undefined ? null : Math.round(value * 10) / 10;

/** Inspections by resolution, calendar days to it, breaches and what followed them [pathway §8]. */
export function inspected(inspections: readonly InspectionFact[]) {
  const resolvedAs = (resolution: string) =>
    inspections.filter((one) => one.resolution === resolution).length;
  const days = inspections.flatMap(({ openedAt, resolvedAt }) =>
    resolvedAt === null ? [] : [daysBetween(dayOf(openedAt), dayOf(resolvedAt))],
  );
  const after = (measure: string) => inspections.filter((one) => one.measure === measure).length;
  return {
    inspections: inspections.length,
    settled: resolvedAs('settled'),
    directed: resolvedAs('directed'),
    justified: resolvedAs('justified'),
    unjustified: resolvedAs('unjustified'),
    unresolved: inspections.filter(({ resolution, open }) => resolution === null && open).length,
    ended_unresolved: inspections.filter(({ resolution, open }) => resolution === null && !open).length,
    days_to_resolution_median: oneDecimal(median(days)),
    days_to_resolution_p90: oneDecimal(percentile(days, 90)),
    breaches: inspections.filter(({ breached }) => breached).length,
    measures_taken: after('taken'),
    no_measure_with_reason: after('none'),
  };
}

/** The whole pathway report for a set of facts. The participants are the people whose time began within the period. */
export function pathwayOf(
  { cases, referrals, inspections }: PathwayFacts,
  { from, to, now, monthsOn }: Frame,
) {
  const today = dayOf(now);
  const all = cases.flatMap(participations).filter(({ start }) => from <= start && start <= to);
  return {
    ...inWork(all, today),
    ...retained(all, today, monthsOn),
    ...answered(referrals, now),
    ...inspected(inspections),
  };
}

export type PathwayFigures = ReturnType<typeof pathwayOf>;

/** The figures without the ratios, which follow from them. The days to a resolution are not rounded yet. */
export type PathwayCounts = Omit<PathwayFigures, `${string}_share`>;

/** The figures of counts. */
export const figuresOf = (counts: PathwayCounts): PathwayFigures => ({
  ...counts,
  in_work_28_days_share: ratio(counts.in_work_28_days, counts.participants_28_days),
  retained_participants_share: ratio(counts.retained_participants, counts.participants_6_months),
  retained_hires_share: ratio(counts.retained_hires, counts.hires_6_months),
  answered_in_time_share: ratio(counts.answered_in_time, counts.referrals_5_days),
  days_to_resolution_median: oneDecimal(counts.days_to_resolution_median ?? undefined),
  days_to_resolution_p90: oneDecimal(counts.days_to_resolution_p90 ?? undefined),
});

/** The counts of a place without a fact. */
export const noPathway: PathwayCounts = {
  participants_28_days: 0,
  in_work_28_days: 0,
  participants_6_months: 0,
  retained_participants: 0,
  hires_6_months: 0,
  retained_hires: 0,
  not_known_hires: 0,
  referrals_5_days: 0,
  answered_in_time: 0,
  accepted_in_time: 0,
  rejected_in_time: 0,
  silent: 0,
  inspections: 0,
  settled: 0,
  directed: 0,
  justified: 0,
  unjustified: 0,
  unresolved: 0,
  ended_unresolved: 0,
  days_to_resolution_median: null,
  days_to_resolution_p90: null,
  breaches: 0,
  measures_taken: 0,
  no_measure_with_reason: 0,
};

/** The pathway report by place. Numerators and denominators stand beside each ratio [pathway §8]. */
export const pathwayByPlace = <P extends Place>(
  { cases, referrals, inspections }: PathwayFacts,
  frame: Frame,
  places: readonly P[],
): (P & PathwayFigures)[] =>
  places.map((place) => ({
    ...place,
    ...pathwayOf(
      {
        cases: factsOf(place, cases),
        referrals: factsOf(place, referrals),
        inspections: factsOf(place, inspections),
      },
      frame,
    ),
  }));
