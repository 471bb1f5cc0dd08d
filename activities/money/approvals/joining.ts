import type { Approval } from '../../../prisma/generated/client';
import { recordAll } from '../../../records/kernel/events';
import { type Joining, mustBeJoinable, mustBeJoined } from '../../../records/joining';
import type { Transaction } from '../../../records/kernel/transaction';
import type { Effect } from './effect';

/** One person was recorded twice. One record now points to the other. Nothing is moved or deleted, and no payment changes. */
export const join: Effect = {
  async approved(transaction, row) {
    const it = row.body as Joining;
    await mustBeJoinable(transaction, it);
    await transaction.tx.person.update({ where: { id: it.person }, data: { joinedTo: it.into } });
    await tell(transaction, 'people_joined', row);
  },
};

/** The two records were two persons after all. Each record is separate again, with its own rows. */
export const separation: Effect = {
  async approved(transaction, row) {
    const it = row.body as Joining;
    await mustBeJoined(transaction, it);
    await transaction.tx.person.update({ where: { id: it.person }, data: { joinedTo: null } });
    await tell(transaction, 'people_separated', row);
  },
};

/** Writes the event into the history of both records. */
async function tell(
  transaction: Transaction,
  type: 'people_joined' | 'people_separated',
  row: Approval,
): Promise<void> {
  const { person, into } = row.body as Joining;
  const entry = (personId: string) => ({
    type,
    about: { personId },
    params: { person, into, approval: row.id },
    subject: `person/${personId}`,
  });
  await recordAll(transaction, [entry(person), entry(into)]);
}
