import { undecidedClaim } from '../../domain/pathways/claim';
import { recordsOf } from '../../records/joining';
import { record } from '../../records/kernel/events';
import { post } from '../../records/kernel/ledger';
import { lockRow, move, subjectOf } from '../../records/kernel/rows';
import { closeTasks } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { inRow } from '../../records/kernel/wake';
import { aboutClaim, decisionTask, readClaim, releaseMonth, tellSubsidy } from './claims';
import { wakeQueue } from './funding';
import { pullBack } from './paying/binding';
import { lastPayment } from './paying/payments';
import { awaitRightAccount } from './persons';
import { endDebtsOf } from './persons-debt';
import { studyChanged } from './stipends';

/* The death of a person who is paid [measures §4]. */

/**
 * The heir is paid for the days before the death: a notary's document names the heir. Nothing is paid to the person's own account any
 * more, and their debts end.
 */
export async function payeeDied(transaction: Transaction, personId: string): Promise<void> {
  const persons = { in: await recordsOf(transaction.tx, personId) };
  await transaction.tx.account.updateMany({
    where: {
      personId: persons,
      state: 'confirmed',
      OR: [{ heldBy: null }, { heldBy: { not: 'heir' } }],
    },
    data: { state: 'replaced' },
  });
  await endDebtsOf(transaction, personId);
  await studyChanged(transaction, personId);
  const claims = await transaction.tx.claim.findMany({
    where: { personId: persons, state: { in: ['ready', 'approved', 'payment_returned'] } },
    select: { id: true },
    orderBy: { id: 'asc' },
  });
  for (const { id } of claims) {
    await lockRow(transaction.tx, 'claim', id);
    await leaveToHeir(inRow(transaction, subjectOf('claim', id)), id);
  }
}

/** A payable of a person who has died waits for the notary's document. */
async function leaveToHeir(transaction: Transaction, id: string): Promise<void> {
  const claim = await readClaim(transaction, id);
  if (claim.state === 'approved') return pullBack(transaction, claim, 'died');
  await closeTasks(transaction, {}, 'died');
  if (claim.state === 'payment_returned') return awaitRightAccount(transaction, claim);
  await decisionTask(transaction, claim);
}

/** Nobody came with a notary's document in time. The payable is closed, and its money is free. */
export async function noHeir(transaction: Transaction, id: string): Promise<void> {
  const claim = await readClaim(transaction, id);
  await closeTasks(transaction, {}, 'no_heir');
  if (claim.state === 'payment_returned') {
    const { lineId, subsidyId, month } = claim;
    const { amount } = await lastPayment(transaction, claim);
    await post(transaction, 'unpayable', { lineId, subsidyId, claimId: id, month, amount });
    await wakeQueue(transaction, [lineId]);
  } else if (undecidedClaim.includes(claim.state)) await releaseMonth(transaction, claim);
  await move(transaction, 'claim', claim, 'lapsed');
  await record(transaction, 'payment_unpayable', aboutClaim(claim), { claim: id });
  await tellSubsidy(transaction, claim);
}
