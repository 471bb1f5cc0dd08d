import type { Placement } from '../../contracts/training';
import { record } from '../../records/kernel/events';
import { wrongField } from '../../records/kernel/refusal';
import { move } from '../../records/kernel/rows';
import { closeTasks } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { aboutTraining, json, readTraining, tellManager, type TrainingRow } from '../steps/training';
import { owesMore } from '../steps/training-end';

/**
 * The centre proposes a vacancy or a business to the case manager, or reports a job that was found. Its first help is what it owes. It
 * may help on [S; measures §2].
 */
export async function placement(transaction: Transaction, id: string, body: Placement): Promise<void> {
  const row = await readTraining(transaction, id);
  const vacancy = body.kind === 'vacancy' ? body.vacancy : null;
  if (vacancy !== null) await checkVacancy(transaction, vacancy);
  if (body.kind === 'job_found') checkSince(transaction, row, body.since);
  await closeTasks(transaction, { kinds: ['training_help'] }, 'helped');
  await follow(transaction, row, {
    placements: json([...row.placements, { ...body, on: transaction.today }]),
  });
  const params = { number: id, how: body.kind, vacancy: vacancy ?? undefined };
  await record(transaction, 'training_placement', aboutTraining(row), params, body.words);
  await tellManager(
    transaction,
    row,
    { type: 'training_placement', params: { how: body.kind, vacancy } },
    `${row.placements.length}`,
  );
}

async function checkVacancy({ tx }: Transaction, id: string): Promise<void> {
  const vacancy = await tx.vacancy.findUnique({ where: { id }, select: { state: true } });
  if (!vacancy) throw wrongField('vacancy', 'unknown_vacancy', 'There is no such vacancy.');
  if (vacancy.state !== 'open')
    throw wrongField('vacancy', 'vacancy_not_open', 'This vacancy is not open: propose another one.');
}

function checkSince({ today }: Transaction, { startedOn }: TrainingRow, since: string): void {
  if (since > today || (startedOn !== null && since < startedOn))
    throw wrongField(
      'since',
      'impossible_day',
      `The first day of a job that was found lies between the first day of study, ${startedOn}, and today.`,
    );
}

/** The time for help is over, and the centre has not helped: counted against it. The registers are asked all the same. */
export async function helpEnds(transaction: Transaction, id: string): Promise<void> {
  const row = await readTraining(transaction, id);
  await closeTasks(transaction, { kinds: ['training_help'] }, 'passed');
  await follow(transaction, row);
  await record(transaction, 'training_not_helped', aboutTraining(row), { number: id });
  await tellManager(transaction, row, { type: 'training_not_helped', params: {} });
}

/** The graduate is followed until the third look-back. Where that has been, the training is final. */
const follow = async (transaction: Transaction, row: TrainingRow, data: object = {}): Promise<void> =>
  move(transaction, 'training', row, 'followed', {
    ...data,
    ...(row.endedAt === null && { endedAt: transaction.now }),
    open: await owesMore(transaction),
  });
