import type { WordAboutPerson } from '../../domain/word-about-person';
import { at, type Day, dayOf } from '../../domain/day';
import type { States } from '../../domain/pathways';
import type { Month } from '../../domain/money/months';
import type { Period } from '../../domain/money/period';
import type { Attended } from '../../domain/training/attendance';
import type { Json } from '../../prisma/db';
import type { Case, Centre, Course, Training } from '../../prisma/generated/client';
import { notify, notifyOffice } from '../../records/kernel/notices';
import { move } from '../../records/kernel/rows';
import type { Place } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import type { Saying } from '../../domain/words/notice-params';
import { placeOf } from './place';
import { tellOfficial } from './tell';

/** The place that is offered: at the centre's decision, or to the first in order once a place became free. */
export interface Offer {
  kind: 'direct' | 'list';
  on: Day;
  /** The person was not reached, and the place is kept for as many days again. */
  extended?: true;
}

/** The question whether the training goes on after an event in the person's life. */
export interface GoingOn {
  why: 'hired' | 'left_service';
  askedOn: Day;
  goesOn?: boolean;
  words?: string;
  on?: Day;
}

/** A month's attendance, as it was entered: by the centre, or from the case manager's evidence. */
export interface AttendedMonth extends Attended {
  month: Month;
  enteredOn: Day;
  /** Evidence stands in for the centre's entry. A later entry corrects it upwards only. */
  evidence?: { words: string; document: object; on: Day };
  /** The person was heard about attendance below the threshold. */
  heard?: { words: string; on: Day };
}

/** A time without study because of illness or care. */
export interface Interrupted extends Period {
  code: string;
  words: string;
  /** The first day of the absence. Its first working days are excused. */
  since: Day;
}

/** An absence because of illness or care. */
export interface Absent {
  code: string;
  from: Day;
  until: Day;
  words: string;
  saidOn: Day;
}

/** A long absence on which the centre decides. */
interface LongAbsent extends Absent {
  declined?: { grounds: string; on: Day };
}

/** With a certificate, whose number may follow, or without one. */
export interface Completed {
  outcome: 'certificate' | 'attended';
  number?: string;
  on: Day;
}

/** A look-back at the graduate's work on a day. */
export interface LookBack {
  /** The first, second or third. */
  n: number;
  on: Day;
  state: 'ahead' | 'asking' | 'evidence' | 'in_work' | 'not_in_work' | 'unknown';
  source?: 'register' | 'evidence';
  document?: object;
  knownOn?: Day;
}

/** The person, office or event that ends a training, and the reason. */
export interface TrainingEnd {
  by: 'person' | 'centre' | 'service' | 'hire' | 'case' | 'death';
  code: string;
  words?: string;
}

/** A training with its case, centre and course. */
export type TrainingRow = Omit<
  Training,
  | 'claim'
  | 'offer'
  | 'goingOn'
  | 'months'
  | 'absence'
  | 'absences'
  | 'interruptions'
  | 'completion'
  | 'placements'
  | 'lookBacks'
  | 'ending'
> & {
  case: Case;
  centre: Centre;
  course: Course;
  claim: WordAboutPerson | null;
  offer: Offer | null;
  goingOn: GoingOn | null;
  months: AttendedMonth[];
  absence: LongAbsent | null;
  absences: Absent[];
  interruptions: Interrupted[];
  completion: Completed | null;
  placements: object[];
  lookBacks: LookBack[];
  ending: TrainingEnd | null;
};

export async function readTraining({ tx }: Transaction, id: string): Promise<TrainingRow> {
  const row = await tx.training.findUniqueOrThrow({
    where: { id },
    include: { case: true, centre: true, course: true },
  });
  return {
    ...row,
    claim: row.claim as object as WordAboutPerson | null,
    offer: row.offer as object as Offer | null,
    goingOn: row.goingOn as object as GoingOn | null,
    months: row.months as object as AttendedMonth[],
    absence: row.absence as object as LongAbsent | null,
    absences: row.absences as object as Absent[],
    interruptions: row.interruptions as object as Interrupted[],
    completion: row.completion as object as Completed | null,
    placements: row.placements as object as object[],
    lookBacks: row.lookBacks as object as LookBack[],
    ending: row.ending as object as TrainingEnd | null,
  };
}

export const stateOf = ({ state }: Pick<TrainingRow, 'state'>): States['training'] =>
  state as States['training'];

/** The day of the referral: with the number it is the rank on the waiting list. */
export const referredOn = ({ referredAt }: Pick<TrainingRow, 'referredAt'>): Day => dayOf(referredAt);

/** The person's own first and last day, from the offer on. */
export const firstOf = ({ id, firstOn }: TrainingRow): Day => known(id, firstOn);
export const lastOf = ({ id, lastOn }: TrainingRow): Day => known(id, lastOn);

function known(id: string, day: Day | null): Day {
  if (day === null) throw new Error(`${id} has no days of study`);
  return day;
}

export const claimOf = ({ id, claim }: TrainingRow): WordAboutPerson => {
  if (!claim) throw new Error(`${id} has no word of its centre`);
  return claim;
};

/** The case manager has the tasks about the person. Without an open case the supervisor of the area has them. */
export const placeOfPerson = ({ case: of, caseArea, personId }: TrainingRow): Place =>
  of.open ? placeOf(of) : { area: caseArea, personId };

/** The centre has the other tasks, and above it the employment department of its district. */
export const placeOfCentre = ({ case: of, area, centreId, personId }: TrainingRow): Place => ({
  area,
  centreId,
  caseId: of.open ? of.id : null,
  personId,
});

export const aboutTraining = ({ caseId, personId }: Pick<TrainingRow, 'caseId' | 'personId'>) => ({
  caseId,
  personId,
});

/** Writes columns of a training in its present state. */
export const keep = (transaction: Transaction, row: TrainingRow, data: object): Promise<void> =>
  move(transaction, 'training', row, stateOf(row), data);

/** A value of a column that holds a document. */
export const json = (value: object): Json => value;

/** The instant at which a day begins. */
export const beginningOf = (day: Day): Date => at(day, '00:00');

/** @param occasion distinguishes one message about the training from the next of its type */
export const tellPerson = (
  transaction: Transaction,
  { personId }: Pick<TrainingRow, 'personId'>,
  saying: Saying,
  occasion = '',
): Promise<void> => notify(transaction, { ...saying, to: { kind: 'person', id: personId }, occasion });

/** The case manager of an open case learns something about the training. Where there is none, the supervisors of the area do. */
export async function tellManager(
  transaction: Transaction,
  { case: of, caseArea }: TrainingRow,
  saying: Saying,
  occasion = '',
): Promise<void> {
  if (of.open && of.managerId !== null) return tellOfficial(transaction, of.managerId, saying, occasion);
  await notifyOffice(transaction, { role: 'supervisor', area: caseArea.slice(0, 7) }, saying, occasion);
}

/** The centre's officers learn something about the training. */
export const tellCentre = (
  transaction: Transaction,
  { area, centreId }: Pick<TrainingRow, 'area' | 'centreId'>,
  saying: Saying,
  occasion = '',
): Promise<void> => notifyOffice(transaction, { role: 'training_officer', area, centreId }, saying, occasion);
