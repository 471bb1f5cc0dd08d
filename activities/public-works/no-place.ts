import type { Decline, NoneFound } from '../../contracts/public-works';
import type { PublicWorksState } from '../../domain/pathways/public-works';
import type { EventType } from '../../domain/words/words';
import type { Json } from '../../prisma/db';
import { record } from '../../records/kernel/events';
import { notify } from '../../records/kernel/notices';
import { move } from '../../records/kernel/rows';
import { closeTasks } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { backToPlanning } from '../steps/planning';
import { tellOfficial } from '../steps/tell';
import { aboutWorks, readWorks, type Works } from '../steps/works';

/** The employment officer found no place. The case manager chooses another step with the person. */
export async function noneFound(transaction: Transaction, id: string, { grounds }: NoneFound): Promise<void> {
  const row = await readWorks(transaction, id);
  await withoutPlace(transaction, row, 'none_found', 'public_works_none_found', {
    by: 'office',
    words: grounds,
  });
  await tellOfNone(transaction, row);
}

/** Neither the officer nor the head found a place in their time. The person waits no longer [pathway, first principle]. */
export async function nobodyFound(transaction: Transaction, id: string): Promise<void> {
  const row = await readWorks(transaction, id);
  await withoutPlace(transaction, row, 'none_found', 'public_works_silent', { by: 'silence' });
  await tellOfNone(transaction, row);
}

/** The person declines, which costs nothing [measures §5]. */
export async function decline(transaction: Transaction, id: string, { words }: Decline): Promise<void> {
  const row = await readWorks(transaction, id);
  await withoutPlace(transaction, row, 'declined', 'public_works_declined', { by: 'person', words });
}

async function withoutPlace(
  transaction: Transaction,
  row: Works,
  state: PublicWorksState & ('none_found' | 'declined'),
  event: EventType,
  ending: { by: string; words?: string },
): Promise<void> {
  await closeTasks(transaction, {}, state);
  await move(transaction, 'public-works', row, state, { ending: ending as Json, endedAt: transaction.now });
  await record(transaction, event, aboutWorks(row), { number: row.id }, ending.words);
  await backToPlanning(transaction, row.caseId);
}

/** Person and case manager learn that there is no place. */
async function tellOfNone(transaction: Transaction, row: Works): Promise<void> {
  const { personId, case: of } = row;
  await notify(transaction, { type: 'person_no_works', to: { kind: 'person', id: personId }, params: {} });
  await tellOfficial(transaction, of.open ? of.managerId : null, { type: 'no_works', params: {} });
}
