import type { NewBusiness } from '../../contracts/case';
import { takeAggregate } from '../../records/kernel/aggregates';
import { record } from '../../records/kernel/events';
import { notify } from '../../records/kernel/notices';
import { insertNumbered } from '../../records/kernel/numbers';
import { noteMade, subjectOf } from '../../records/kernel/rows';
import { openTask } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { inRow } from '../../records/kernel/wake';
import { holdCase, measureOfBusiness } from '../steps/business-measure';
import { placeOf } from '../steps/place';

/** Begins to prepare an own business. It needs an open case only: a plan without one gets it as its last measure [measures §1, §3]. */
export async function business(
  transaction: Transaction,
  id: string,
  { wish }: NewBusiness,
): Promise<{ made: { kind: 'business'; id: string } }> {
  const aggregate = await takeAggregate(transaction, 'case', id);
  const { row } = aggregate;
  const measure = await measureOfBusiness(transaction, aggregate);
  const fields = {
    caseId: id,
    personId: row.personId,
    measure,
    area: row.area,
    state: 'preparing',
    since: transaction.now,
    preparedAt: transaction.now,
    wish,
    correlationId: transaction.correlationId,
  };
  const made = await insertNumbered(transaction.tx, 'business', fields);
  const there = inRow(transaction, subjectOf('business', made));
  noteMade(transaction, there.subject, fields.state);
  await openTask(there, { ...placeOf(row), kind: 'business_preparation' });
  await record(there, 'business_begun', placeOf(row), { number: made, measure });
  await notify(there, {
    type: 'person_business_begun',
    to: { kind: 'person', id: row.personId },
    params: {},
  });
  await holdCase(transaction, aggregate, measure);
  return { made: { kind: 'business', id: made } };
}
