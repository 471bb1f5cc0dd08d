import { dayOf, daysBetween } from '../../domain/day';
import { record } from '../../records/kernel/events';
import { policyNumber } from '../../records/kernel/policy-numbers';
import { closeTasks, openTask, openWait } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { updateIn } from '../../records/kernel/writing';
import type { Person } from '../../prisma/generated/client';
import type { Employment } from '../../registers/yammt';
import type { Question } from '../row-handlers';
import { placeOf } from '../steps/place';
import { type CaseRow, pinflOf, readCase } from './read';

/** The person's present work by YAMMT. The case manager sees it, and it prevents no step [pathway §3]. */
export const presentWorkQuestion: Question = {
  ask: async ({ yammt }, transaction, id) => yammt.employments(await pinflOf(transaction, id)),
  async onAnswer(transaction, id, _task, answer) {
    const row = await readCase(transaction, id);
    const { employments = [] } = answer as { employments?: Employment[] };
    const works = employments
      .filter(
        ({ since, until }) =>
          since <= transaction.today && (until === undefined || until >= transaction.today),
      )
      .map(({ stir, contract, since }) => ({ stir, contract, since }));
    await closeTasks(transaction, { kinds: ['present_work'] }, answer.answer);
    await updateIn(transaction.tx, 'people', row.personId, { works, worksAsOf: transaction.now });
    await record(transaction, 'present_work', placeOf(row), { employments: works.length });
  },
};

/** Asks YAMMT again if its last answer is too old [pathway §2]. */
export async function refreshPresentWork(
  transaction: Transaction,
  row: CaseRow,
  { worksAsOf }: Pick<Person, 'worksAsOf'>,
): Promise<void> {
  if (worksAsOf === null) return;
  const { n: days } = await policyNumber(transaction, 'presentWorkDays');
  if (daysBetween(dayOf(worksAsOf), transaction.today) <= days) return;
  if (await openWait(transaction, 'present_work')) return;
  await openTask(transaction, { ...placeOf(row), kind: 'present_work' });
}

/** YAMMT has been silent for too long. The silence is recorded, and nothing else follows. */
export async function presentWorkUnknown(transaction: Transaction, id: string): Promise<void> {
  await closeTasks(transaction, { kinds: ['present_work'] }, 'unknown');
  await record(transaction, 'present_work_unknown', placeOf(await readCase(transaction, id)));
}
