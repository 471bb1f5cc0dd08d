import { outcomesInMeasure } from '../../domain/pathways/case';
import { effectOf, type LifeEvent } from '../../domain/training/life-events';
import { addDays, type Day } from '../../domain/day';
import type { States } from '../../domain/pathways';
import { record } from '../../records/kernel/events';
import type { Transaction } from '../../records/kernel/transaction';
import { inRow } from '../../records/kernel/wake';
import { move, subjectOf } from '../../records/kernel/rows';
import { closeTasks, openWait } from '../../records/kernel/tasks';
import { studyChanged } from '../money/stipends';
import { askWhetherGoesOn } from '../training/life';
import type { InLife } from './in-life';
import {
  aboutTraining,
  type GoingOn,
  json,
  readTraining,
  tellCentre,
  type TrainingEnd,
  type TrainingRow,
} from './training';
import { conclude, keepOwing, owesMore } from './training-end';

/** What a hire, the end of a case, a move and a death do to a training [measures §1]. */
export const trainingInLife: InLife = {
  /** What waits ends. Whether an admission or a course under way goes on, the person is asked. */
  async atHire(transaction, id, { caseId, on }) {
    const row = await readTraining(transaction, id);
    const effect = effectAt(row, 'hired');
    if (effect === 'ends')
      return end(transaction, row, { by: 'hire', code: 'hired' }, addDays(on, -1), row.caseId !== caseId);
    if (effect === 'asks') await ask(transaction, row, 'hired');
  },

  async atClosure(transaction, id, outcome) {
    const row = await readTraining(transaction, id);
    const event =
      outcome === 'withdrew'
        ? 'left_service'
        : outcomesInMeasure.includes(outcome)
          ? 'closed_in_measure'
          : 'closed';
    const effect = effectAt(row, event);
    if (effect === 'asks') await ask(transaction, row, 'left_service');
    if (effect !== 'ends') return true;
    const code = event === 'left_service' ? event : 'case_closed';
    await end(transaction, row, { by: 'case', code }, transaction.today, false);
    return false;
  },

  /** The centre stays the same. */
  async atMove(transaction, id, area) {
    await transaction.tx.training.update({ where: { id }, data: { caseArea: area } });
  },

  async atDeath(transaction, id, on) {
    const row = await readTraining(transaction, id);
    await end(transaction, row, { by: 'death', code: 'died' }, on, false);
  },

  /**
   * Nobody is heard any more, and nobody asks whether the graduate works. The centre names no other course and helps no more. The papers
   * of the months studied are still owed.
   */
  async afterDeath(transaction, id) {
    const row = await readTraining(transaction, id);
    const here = inRow(transaction, subjectOf('training', id));
    await closeTasks(here, { kinds: ofLiving }, 'died');
    await studyChanged(here, row.personId);
    if (row.state !== 'completed') return keepOwing(here, row);
    const ending: TrainingEnd = { by: 'death', code: 'died' };
    const { endedOn } = row;
    await record(here, 'training_ended', aboutTraining(row), { number: id, on: endedOn, code: ending.code });
    await move(here, 'training', row, 'ended', {
      ending: json(ending),
      endedAt: here.now,
      open: await owesMore(here),
    });
  },
};

/** The waits for a person who lives: the hearing about attendance, another course, the help and look-backs of a graduate. */
const ofLiving = [
  'training_low',
  'training_replacement',
  'training_help',
  'training_look_back',
  'training_look_back_answer',
  'training_look_back_evidence',
] as const;

/** A training in a hearing is where it came from. One whose last day has passed is as good as completed. */
const effectAt = ({ state, cameFrom, endedOn }: TrainingRow, event: LifeEvent) =>
  effectOf(
    event,
    (endedOn !== null ? 'completed' : state === 'hearing' ? cameFrom : state) as Exclude<
      States['training'],
      'hearing'
    >,
  );

/** Each hire is a new question. A question that waits is not asked twice. */
async function ask(transaction: Transaction, row: TrainingRow, why: GoingOn['why']): Promise<void> {
  const here = inRow(transaction, subjectOf('training', row.id));
  if (row.goingOn?.why === why && (await openWait(here, 'training_goes_on'))) return;
  await askWhetherGoesOn(here, row, why);
}

async function end(
  transaction: Transaction,
  row: TrainingRow,
  ending: TrainingEnd,
  on: Day,
  plans: boolean,
): Promise<void> {
  const here = inRow(transaction, subjectOf('training', row.id));
  const { code } = ending;
  const last = row.startedOn === null ? null : on;
  await record(here, 'training_ended', aboutTraining(row), { number: row.id, on: last, code });
  await conclude(here, row, 'ended', { ending, on, plans });
  await tellCentre(here, row, { type: 'training_over', params: {} });
}
