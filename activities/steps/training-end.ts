import { isUndecided, type WordAboutPerson } from '../../domain/word-about-person';
import type { Day } from '../../domain/day';
import { holdsPlace } from '../../domain/pathways/training';
import { waits } from '../../domain/waits';
import { move, subjectOf } from '../../records/kernel/rows';
import { closeTasks, type Opening, openTasks } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { inRow } from '../../records/kernel/wake';
import { backToPlanning } from './planning';
import { studyChanged } from '../money/stipends';
import { json, stateOf, type TrainingEnd, type TrainingRow } from './training';
import { endTrainingMeasure, outcomeOfTrainingMeasure } from './training-measure';
import { closeLaterMonths } from './training-months';
import { placeSettled, wakeNext } from './training-places';

/** The states in which a training is over before its course was completed. */
type Over = 'refused' | 'withdrawn' | 'ended' | 'cancelled' | 'dropped_out';

/** Papers of the months studied, and what the registers know of the graduate, are also entered afterwards. */
const outlasting = [
  'training_month',
  'training_month_evidence',
  'training_low',
  'training_look_back',
  'training_look_back_answer',
  'training_look_back_evidence',
] as const;
const untilEnd = waits.training.filter((kind) => !outlasting.some((one) => one === kind));

interface Conclusion {
  ending?: TrainingEnd;
  claim?: WordAboutPerson;
  data?: object;
  /** The last day of study, for a course that has begun. */
  on?: Day;
  /** The acts that are still owed. */
  owes?: Opening[];
  /** Whether the case plans anew; false where it ends or the person is hired. */
  plans?: boolean;
}

/**
 * A training ends before its course was completed. What was studied stays, its place goes to the next in order, and the case is in
 * planning [measures §1, §2].
 */
export async function conclude(
  transaction: Transaction,
  row: TrainingRow,
  state: Over,
  { ending, claim, data, on = transaction.today, owes = [], plans = true }: Conclusion,
): Promise<void> {
  const here = inRow(transaction, subjectOf('training', row.id));
  await closeTasks(here, { kinds: untilEnd }, state);
  const endedOn = lastStudied(row, on);
  if (endedOn === null) await closeTasks(here, { kinds: outlasting }, state);
  else await closeLaterMonths(here, row, endedOn);
  await openTasks(here, owes);
  const lapsed = claim ?? lapsedClaim(row);
  await move(here, 'training', row, state, {
    ...data,
    startedOn: row.startedOn,
    endedOn,
    endedAt: here.now,
    cameFrom: null,
    open: await owesMore(here),
    ...(lapsed && { claim: json(lapsed) }),
    ...(ending && { ending: json(ending) }),
  });
  if (endedOn !== null && row.endedOn === null)
    await endTrainingMeasure(here, row, { on: endedOn, outcome: state });
  else if (endedOn !== null) await outcomeOfTrainingMeasure(here, row, state, endedOn);
  await studyChanged(here, row.personId);
  if (holdsPlace(row, here.today)) await placeSettled(here, row.courseId);
  else if (row.state === 'waiting_list') await wakeNext(here, row.courseId);
  if (plans) await backToPlanning(transaction, row.caseId);
}

function lastStudied({ startedOn, lastOn }: TrainingRow, on: Day): Day | null {
  if (startedOn === null) return null;
  const last = lastOn !== null && lastOn < on ? lastOn : on;
  return last < startedOn ? startedOn : last;
}

const lapsedClaim = ({ claim }: TrainingRow): WordAboutPerson | null =>
  claim && isUndecided(claim) ? { ...claim, stage: 'lapsed' } : null;

/** Whether a wait of the training is open. */
export async function owesMore({ tx, subject }: Transaction): Promise<boolean> {
  const open = { subject, closedAt: null, kind: { not: 'defect' } };
  return (await tx.task.findFirst({ where: open, select: { id: true } })) !== null;
}

/** Writes a training in its present state. One that is over goes on while something of it is owed. */
export const keepOwing = async (
  transaction: Transaction,
  row: TrainingRow,
  data: object = {},
): Promise<void> =>
  move(transaction, 'training', row, stateOf(row), { ...data, open: await owesMore(transaction) });
