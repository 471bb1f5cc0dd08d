import { centreRefusalCodes, serviceRefusals } from '../pathways/training';

/** The reasons for which a training is refused: the centre's, and the service's own. */
const refusals = [...centreRefusalCodes, ...serviceRefusals] as const;
type Refused = `refused_${(typeof refusals)[number]}`;

/** The days after the course on which the registers are asked about the graduate's work, by the number of the look-back. */
const lookBackColumns = ['28_days', '3_months', '6_months'] as const;
type LookBackColumn = (typeof lookBackColumns)[number];
/** What a look-back found. */
export const found = ['in_work', 'not_in_work', 'unknown'] as const;
type Found = `${(typeof found)[number]}_${LookBackColumn}`;

type Column =
  | 'referred'
  | 'admitted'
  | Refused
  | 'studied'
  | 'completed'
  | 'with_certificate'
  | 'dropped_out'
  | 'withdrawn'
  | 'cancelled'
  | 'ended'
  | Found;

/** The refusals of the report, with the code of each. */
export const refusalColumns = refusals.map((code) => ({ code, column: `refused_${code}` as const }));

/** The look-backs of the report: the number of each, and what was found. */
export const foundColumns = lookBackColumns.flatMap((time, index) =>
  found.map((state) => ({ n: index + 1, state, column: `${state}_${time}` as const })),
);

/** The columns of the report of trainings [measures §6]. A training counts in the period of its referral, as it is now. */
export const trainingColumns: readonly Column[] = [
  'referred',
  'admitted',
  ...refusalColumns.map(({ column }) => column),
  'studied',
  'completed',
  'with_certificate',
  'dropped_out',
  'withdrawn',
  'cancelled',
  'ended',
  ...foundColumns.map(({ column }) => column),
];
export type TrainingCounts = Readonly<Record<Column, number>>;

/** The counts of a place, centre or field without a training. */
export const noTraining = Object.fromEntries(trainingColumns.map((column) => [column, 0])) as Record<
  Column,
  number
>;

/** By what the trainings are counted: the place of the centre, the centre, or the field of the course. */
export const trainingGroups = ['place', 'centre', 'field'] as const;
export type TrainingGroup = (typeof trainingGroups)[number];

/** A training that was referred in the period, as it is now. */
export interface TrainingFact {
  state: string;
  isAdmitted: boolean;
  hasStudied: boolean;
  /** The outcome of the completion. */
  outcome: string | null;
  /** The code of a refusal. */
  refusal: string | null;
  /** What the look-backs found, in their order. */
  lookBacks: readonly string[];
}

/**
 * The definition of the report, fact by fact [measures §6]. `records/reads/reports/training.ts` counts the same in the database; a test
 * compares the two.
 */
export function trainingsOf(facts: readonly TrainingFact[]): TrainingCounts {
  const countOf = (counts: (fact: TrainingFact) => boolean): number => facts.filter(counts).length;
  const inState = (state: string): number => countOf((fact) => fact.state === state);
  const counts: Partial<Record<Column, number>> = {
    referred: facts.length,
    admitted: countOf(({ isAdmitted }) => isAdmitted),
    studied: countOf(({ hasStudied }) => hasStudied),
    completed: countOf(({ outcome }) => outcome !== null),
    with_certificate: countOf(({ outcome }) => outcome === 'certificate'),
    dropped_out: inState('dropped_out'),
    withdrawn: inState('withdrawn'),
    cancelled: inState('cancelled'),
    ended: inState('ended'),
  };
  for (const { code, column } of refusalColumns)
    counts[column] = countOf(({ state, refusal }) => state === 'refused' && refusal === code);
  for (const { n, state, column } of foundColumns)
    counts[column] = countOf(({ lookBacks }) => lookBacks[n - 1] === state);
  return { ...noTraining, ...counts };
}
