import type { NewPublicWorks } from '../../contracts/case';
import { plannedFor } from '../../domain/plan';
import { takeAggregate } from '../../records/kernel/aggregates';
import { record } from '../../records/kernel/events';
import { notify } from '../../records/kernel/notices';
import { insertNumbered } from '../../records/kernel/numbers';
import { noteMade, subjectOf } from '../../records/kernel/rows';
import { openTask } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { inRow } from '../../records/kernel/wake';
import { placeOf } from '../steps/place';
import { becomeInMeasure } from '../steps/planning';

/**
 * Refers the person to public works. The employment officer of the district finds a place with an organiser. Meanwhile the case
 * may go on with referrals to jobs [measures §1, §5].
 */
export async function publicWorks(
  transaction: Transaction,
  id: string,
  { wish, exception }: NewPublicWorks,
): Promise<{ made: { kind: 'public-works'; id: string } }> {
  const aggregate = await takeAggregate(transaction, 'case', id);
  const { row, around } = aggregate;
  const measure = plannedFor('public-works', around.measures, around.measureRows);
  if (!measure) throw new Error('the plan has no public works');
  const fields = {
    caseId: id,
    personId: row.personId,
    measure: measure.n,
    area: row.area,
    state: 'proposed',
    since: transaction.now,
    proposedAt: transaction.now,
    wish,
    exception,
    conditions: [],
    correlationId: transaction.correlationId,
  };
  const made = await insertNumbered(transaction.tx, 'public-works', fields);
  const there = inRow(transaction, subjectOf('public-works', made));
  noteMade(transaction, there.subject, fields.state);
  await openTask(there, { ...placeOf(row), kind: 'works_place' });
  if (exception) await record(transaction, 'supervisors_yes', placeOf(row), { what: 'public_works' });
  await record(there, 'public_works_proposed', placeOf(row), { number: made, measure: measure.n });
  await notify(there, {
    type: 'person_works_proposed',
    to: { kind: 'person', id: row.personId },
    params: {},
  });
  await becomeInMeasure(transaction, aggregate, measure.n);
  return { made: { kind: 'public-works', id: made } };
}
