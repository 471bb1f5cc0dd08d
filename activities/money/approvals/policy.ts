import type { Approval } from '../../../prisma/generated/client';
import { record } from '../../../records/kernel/events';
import { type Kept, mustKeepFunds, readPart } from '../../../records/money/policies';
import { notNow } from '../../../records/kernel/refusal';
import type { Transaction } from '../../../records/kernel/transaction';
import { wake } from '../../../records/kernel/wake';
import type { Effect } from './effect';

/**
 * A version of the policy, or a dated amount, is in force from its activation on. A separate workflow recalculates the rows
 * that it changes. A change that reaches back needs a recorded dry run [money §1].
 */
export const policy: Effect = {
  async approved(transaction, row) {
    const { id, it } = await proposedPart(transaction, row);
    await mustStand(transaction, row, it);
    const data = { state: 'active', recordedAt: transaction.now };
    if (it.kind === 'version') await transaction.tx.policyVersion.update({ where: { id }, data });
    else await transaction.tx.datedAmount.update({ where: { id }, data });
    await transaction.tx.policyChange.create({
      data: { id, at: transaction.now, state: 'recalculating', since: transaction.now },
    });
    await record(transaction, 'policy_activated', {}, { policy: id, from: it.part.validFrom }, it.part.act);
    wake(transaction, `policy/${id}`);
  },

  async rejected(transaction, row) {
    const { id, it } = await proposedPart(transaction, row);
    const data = { state: 'rejected' };
    if (it.kind === 'version') await transaction.tx.policyVersion.update({ where: { id }, data });
    else await transaction.tx.datedAmount.update({ where: { id }, data });
  },
};

async function proposedPart(transaction: Transaction, row: Approval): Promise<{ id: string; it: Kept }> {
  const { policy: id } = row.body as { policy: string };
  const it = await readPart(transaction.tx, id);
  if (!it) throw new Error(`${row.id} is about no policy`);
  return { id, it };
}

/** @throws Refusal 409 when its base version is no longer in force on its first day, or a programme would change its fund */
async function mustStand(transaction: Transaction, row: Approval, it: Kept): Promise<void> {
  const { base } = row.body as { base: string | null };
  const law = await transaction.law();
  if (base !== null && law.policyOn(it.part.validFrom).id !== base)
    throw notNow(
      'overtaken',
      `Another version was activated meanwhile; this one was written on ${base}: reject it and propose it again.`,
    );
  if (it.kind === 'version') await mustKeepFunds(transaction, it.part);
}
