import type { Json } from '../../../prisma/db';
import type { Claim } from '../../../prisma/generated/client';
import { record } from '../../../records/kernel/events';
import { post } from '../../../records/kernel/ledger';
import { move } from '../../../records/kernel/rows';
import { closeTasks, openTasks } from '../../../records/kernel/tasks';
import type { Transaction } from '../../../records/kernel/transaction';
import { aboutClaim, decisionTask, placeOfClaim } from '../claims';
import type { WholeClaim } from '../read';
import { setOffDemands } from '../set-offs';
import { postingOf } from './payments';

/** An approval as it is kept: the approver and the figures that were seen. */
export type Approved = {
  by: string;
  person: string;
  revision: number;
  amount: number;
  at: string;
};

/** The money reserved for a claim's month becomes payable. */
export async function makePayable(transaction: Transaction, claim: Claim, amount: bigint): Promise<void> {
  await post(transaction, 'approved', postingOf(claim, amount));
  await lowerReserve(transaction, claim, amount);
}

/** Lowers the month's need and its reserved part. */
async function lowerReserve({ tx }: Transaction, { id, subsidyId, month }: Claim, by: bigint): Promise<void> {
  const changed = await tx.$executeRaw`
    UPDATE commitments SET amount = amount - ${by}, needed = needed - ${by}
    WHERE subsidy_id = ${subsidyId} AND month = ${month}`;
  if (changed === 0) throw new Error(`nothing is reserved for ${id}`);
}

/** An approval binds the claim's money. A reserved amount above it stays with the subsidy until the month is released. */
export async function bind(transaction: Transaction, claim: WholeClaim, approval: Approved): Promise<void> {
  const amount = stillToBind(claim);
  const place = placeOfClaim(claim);
  await openTasks(
    transaction,
    [
      { ...place, kind: 'sending', firesAt: transaction.now },
      { ...place, kind: 'sending_watch' },
    ],
    { how: 'approved' },
  );
  await makePayable(transaction, claim, amount);
  await move(transaction, 'claim', claim, 'approved', {
    approval: approval as Json,
    approvedAt: transaction.now,
  });
  await record(transaction, 'claim_approved', aboutClaim(claim), {
    claim: claim.id,
    amount: Number(claim.amount),
  });
  await setOffDemands(transaction, claim);
}

/** The amount that a claim's approval binds. Set-offs made before a payment of the rest came back are not bound again. */
const stillToBind = ({ amount, setOffDone }: Claim): bigint => (amount ?? 0n) - setOffDone;

/** An approval falls. The money is reserved as before, and a finance officer decides again. */
export async function pullBack(transaction: Transaction, claim: WholeClaim, why: string): Promise<void> {
  const amount = stillToBind(claim);
  await closeTasks(transaction, {}, 'approval_fell');
  await post(transaction, 'approval_fell', postingOf(claim, amount));
  await lowerReserve(transaction, claim, -amount);
  await decisionTask(transaction, claim);
  await move(transaction, 'claim', claim, 'ready', { approval: {}, approvedAt: null });
  await record(transaction, 'approval_fell', aboutClaim(claim), { claim: claim.id, why });
}
