import { dayOf } from '../../domain/day';
import type { Period } from '../../domain/money/period';
import { record } from '../../records/kernel/events';
import { move } from '../../records/kernel/rows';
import { closeTasks, openTask, openWait } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { stipendOutlook } from '../money/stipends';
import { askOwner } from '../steps/tell';
import {
  aboutTraining,
  beginningOf,
  json,
  type Offer,
  placeOfPerson,
  tellPerson,
  type TrainingRow,
} from '../steps/training';

/**
 * A place is offered to the person, and the case manager brings them course and first day. A place that the centre offers is kept
 * until the first day. A place from the waiting list goes to the next in order after a few days [measures §2].
 */
export async function offerPlace(
  transaction: Transaction,
  row: TrainingRow,
  kind: Offer['kind'],
  { from, to }: Period,
  data: object = {},
): Promise<void> {
  const place = placeOfPerson(row);
  const offer: Offer = { kind, on: transaction.today };
  await closeTasks(
    transaction,
    { kinds: ['training_decision', 'training_list', 'training_next_course'] },
    'offered',
  );
  await openTask(transaction, { ...place, kind: 'training_place', firesAt: beginningOf(from) });
  await move(transaction, 'training', row, 'offered', {
    ...data,
    offer: json(offer),
    firstOn: from,
    lastOn: to,
  });
  await record(transaction, 'training_offered', aboutTraining(row), {
    number: row.id,
    how: kind,
    on: from,
    until: to,
  });
  await askOwner(transaction, {
    ...place,
    kind: kind === 'list' ? 'training_list_answer' : 'training_answer',
  });
  const due = (await openWait(transaction, 'training_list_answer'))?.due;
  const stipend = await stipendOutlook(transaction, row.id);
  await tellPerson(
    transaction,
    row,
    {
      type: 'person_training_offered',
      params: { on: from, until: to, kept: due ? dayOf(due) : null, stipend },
    },
    transaction.now.toISOString(),
  );
}
