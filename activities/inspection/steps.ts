import type { Explanation, Extension, InspectionStep } from '../../contracts/inspection';
import type { Day } from '../../domain/day';
import type { Json } from '../../prisma/db';
import { record } from '../../records/kernel/events';
import { notify } from '../../records/kernel/notices';
import { notNow, wrongField } from '../../records/kernel/refusal';
import { move } from '../../records/kernel/rows';
import { closeTasks, dueDay, openTask, openWait } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { about, placeOf, readInspection, type WholeInspection } from './read';

/** A step as the inspection's file keeps it. A question to explain gets an answer, or the note that no answer came in time. */
type Kept = (InspectionStep | ({ kind: 'extension' } & Extension)) & {
  by: string;
  at: string;
  due?: Day;
  silent?: true;
  answer?: Answer;
};
type Answer = Explanation & { at: string };

const stepsOf = (row: WholeInspection): Kept[] => row.steps as Kept[];

/** Records a step of the examination. No step stops the clock [pathway §6]. */
export async function step(transaction: Transaction, id: string, body: InspectionStep): Promise<void> {
  const row = await readInspection(transaction, id);
  const kept = { ...body, by: transaction.actor.id, at: transaction.givenAt.toISOString() };
  if (body.kind === 'explanation') return askToExplain(transaction, row, kept);
  const on = body.kind === 'document' ? body.document.date : body.on;
  if (on > transaction.today)
    throw wrongField(
      body.kind === 'document' ? 'document.date' : 'on',
      'impossible_day',
      'A step that was done does not lie in the future.',
    );
  await keep(transaction, row, [...stepsOf(row), kept]);
  await record(
    transaction,
    'inspection_step',
    about(row),
    { inspection: id, kind: body.kind, on: body.kind === 'document' ? transaction.today : on },
    body.words,
  );
}

/** The employer is asked to explain. The file keeps its answer or its silence [pathway §6]. */
async function askToExplain(transaction: Transaction, row: WholeInspection, asked: Kept): Promise<void> {
  if (await openWait(transaction, 'explanation'))
    throw notNow(
      'asked_already',
      'The employer is asked to explain already. Ask again once it has answered, or its time is over.',
    );
  await openTask(transaction, { ...placeOf(row), kind: 'explanation' });
  const due = (await dueDay(transaction, 'explanation')) ?? transaction.today;
  await keep(transaction, row, [...stepsOf(row), { ...asked, due }]);
  await record(transaction, 'explanation_asked', about(row), { inspection: row.id, due });
  await notify(transaction, {
    type: 'explanation_asked',
    to: { kind: 'employer', id: row.employerId },
    params: { inspection: row.id, due },
    occasion: asked.at,
  });
}

/**
 * The employer explains. A late explanation is kept, too, while the inspection is examined.
 *
 * @throws Refusal 409 if no question is open
 */
export async function explanation(transaction: Transaction, id: string, body: Explanation): Promise<void> {
  const row = await readInspection(transaction, id);
  const asked = lastQuestion(row);
  if (!asked) throw new Error('the employer is not asked to explain');
  await closeTasks(transaction, { kinds: ['explanation'] }, 'explained');
  const answer = { ...body, at: transaction.givenAt.toISOString() };
  await replaceQuestion(transaction, row, asked, { ...asked, answer });
  await record(transaction, 'explanation_given', about(row), { inspection: id }, body.words);
}

/** The employer's time to explain is over. The file keeps its silence. */
export async function unexplained(transaction: Transaction, id: string): Promise<void> {
  const row = await readInspection(transaction, id);
  await closeTasks(transaction, { kinds: ['explanation'] }, 'silent');
  const asked = lastQuestion(row);
  if (asked) await replaceQuestion(transaction, row, asked, { ...asked, silent: true });
  await record(transaction, 'explanation_missing', about(row), { inspection: id });
}

const lastQuestion = (row: WholeInspection): Kept | undefined =>
  stepsOf(row).findLast(({ kind }) => kind === 'explanation');

const replaceQuestion = (
  transaction: Transaction,
  row: WholeInspection,
  asked: Kept,
  it: Kept,
): Promise<void> =>
  keep(
    transaction,
    row,
    stepsOf(row).map((each) => (each === asked ? it : each)),
  );

/** The file's steps with a new step: the extension of the inspector's time. */
export const withExtension = (transaction: Transaction, row: WholeInspection, body: Extension): Json => {
  const by = transaction.actor.id;
  return [...stepsOf(row), { kind: 'extension', ...body, by, at: transaction.givenAt.toISOString() }] as Json;
};

const keep = (transaction: Transaction, row: WholeInspection, steps: readonly Kept[]): Promise<void> =>
  move(transaction, 'inspection', row, 'examining', { steps: steps as Json });
