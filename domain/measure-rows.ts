import type { Day } from './day';
import type { MeasureKind } from './pathways/case';
import { businessPathway } from './pathways/business';
import { publicWorksPathway } from './pathways/public-works';
import { inPlay } from './pathways/training';

/** The kind of measure that a row carries out, and the words and paths by which it begins and ends. */
export interface CarriesOut {
  measure: MeasureKind;
  open: readonly string[];
  /** *Public works begin with a referral to them*: the beginning of a sentence. */
  beginning: string;
  /** The route that refers a person to it. */
  referral: string;
  /** The command that ends it, in a sentence. */
  endsBy: (id: string) => string;
  /** Several open rows may be to fulfil one measure. The first that begins does. */
  shared?: boolean;
  /** Its field in a measure's answer, and the field of all such rows in a case's answer. */
  field: string;
  fields: string;
}

/** The kinds of rows that carry out a measure of the plan: it begins and ends with them, not by dates typed in [measures §1]. */
export const measureRows = {
  'public-works': {
    measure: 'public_works',
    open: publicWorksPathway.open,
    beginning: 'Public works begin with a referral to them',
    referral: '/cases/{id}/public-works',
    endsBy: (id) => `The public works ${id} end by a command of their own (POST /public-works/${id}/ending).`,
    field: 'publicWorks',
    fields: 'publicWorks',
  },
  training: {
    measure: 'training',
    open: inPlay,
    beginning: 'A training begins with a referral to a course',
    referral: '/cases/{id}/trainings',
    endsBy: (id) => `The training ${id} ends by a command of its own (POST /trainings/${id}/withdrawal).`,
    shared: true,
    field: 'training',
    fields: 'trainings',
  },
  business: {
    measure: 'self_employment',
    open: businessPathway.open,
    beginning: 'An own business begins with its registration',
    referral: '/cases/{id}/businesses',
    endsBy: (id) => `The own business ${id} ends by a command of its own (POST /businesses/${id}/ending).`,
    field: 'business',
    fields: 'businesses',
  },
} as const satisfies Record<string, CarriesOut>;

export type MeasureRowKind = keyof typeof measureRows;
export const measureRowKinds = Object.keys(measureRows) as MeasureRowKind[];

/** The kind of row that carries out a kind of measure; undefined for a job, which has its referrals. */
export const carriedOutBy = (measure: string): MeasureRowKind | undefined =>
  measureRowKinds.find((kind) => measureRows[kind].measure === measure);

/** A row that carries out a measure, as far as it holds the person and the measure. */
export interface MeasureRow {
  kind: MeasureRowKind;
  id: string;
  state: string;
  /** The number of the plan's measure. */
  measure: number;
  /** The first and last day as agreed. */
  firstOn: Day | null;
  lastOn: Day | null;
  /** The first day, once it has come. */
  startedOn: Day | null;
}

export const ofKind = <R extends { kind: string }>(rows: readonly R[], kind: MeasureRowKind): R[] =>
  rows.filter((row) => row.kind === kind);

/** Whether a measure is sought, agreed or under way, by the state of its row. */
export const isOpen = ({ kind, state }: Pick<MeasureRow, 'kind' | 'state'>): boolean =>
  (measureRows[kind].open as readonly string[]).includes(state);

/** Whether a measure is sought, agreed or under way. After the last day nobody's delay holds the person [measures §1]. */
export const holdsPerson = (row: Pick<MeasureRow, 'kind' | 'state' | 'lastOn'>, today: Day): boolean =>
  isOpen(row) && (row.lastOn === null || row.lastOn >= today);

/** Whether a row fulfils its measure, or is to: also after a last day that came before anybody entered the first. */
export const holdsMeasure = (row: Pick<MeasureRow, 'kind' | 'state' | 'startedOn'>): boolean =>
  row.startedOn !== null || isOpen(row);
