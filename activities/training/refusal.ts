import type { Adaptation } from '../../contracts/training';
import { type CentreRefusal, centreRefusals } from '../../domain/pathways/training';
import { record } from '../../records/kernel/events';
import { move } from '../../records/kernel/rows';
import { closeTasks } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import {
  aboutTraining,
  json,
  placeOfCentre,
  readTraining,
  tellManager,
  tellPerson,
  type TrainingRow,
} from '../steps/training';
import { conclude } from '../steps/training-end';

/** Why a training is refused. The service's own reasons stand beside the centre's. */
export interface Refused {
  by: 'centre' | 'service';
  code: CentreRefusal | 'silent' | 'course_cancelled';
  grounds?: string;
}

/**
 * The training is refused. A centre that is not accessible says what it will adapt, and the case manager chooses another step with
 * the person [measures §2].
 */
export async function refuse(
  transaction: Transaction,
  row: TrainingRow,
  refusal: Refused,
  more: Pick<Parameters<typeof conclude>[3], 'claim' | 'data'> = {},
): Promise<void> {
  const { code, grounds } = refusal;
  const isAnswered = code in centreRefusals && 'answered' in centreRefusals[code as CentreRefusal];
  await record(transaction, 'training_refused', aboutTraining(row), { number: row.id, code }, grounds);
  await conclude(transaction, row, 'refused', {
    ...more,
    data: { ...more.data, refusal: json(refusal) },
    owes: isAnswered ? [{ ...placeOfCentre(row), kind: 'training_adaptation' }] : [],
  });
  await tellPerson(transaction, row, { type: 'person_training_refused', params: { code } });
  await tellManager(transaction, row, { type: 'training_refused', params: { code } });
}

/** The centre's head says what will be adapted, and until when. */
export async function adaptation(transaction: Transaction, id: string, body: Adaptation): Promise<void> {
  const row = await readTraining(transaction, id);
  const { words, until } = body;
  await closeTasks(transaction, { kinds: ['training_adaptation'] }, 'answered');
  await move(transaction, 'training', row, 'refused', {
    adaptation: json({ ...body, on: transaction.today }),
    open: false,
  });
  await record(transaction, 'training_adaptation', aboutTraining(row), { number: id, until }, words);
  await tellManager(transaction, row, { type: 'training_adaptation', params: { until: until ?? null } });
}
