import type { Fund } from '../../../domain/fund';
import { barred } from '../../../domain/money/participations';
import { record } from '../../../records/kernel/events';
import { post } from '../../../records/kernel/ledger';
import { type Aggregate, takeAggregate } from '../../../records/kernel/aggregates';
import { personBehind } from '../../../records/kernel/participations';
import { move } from '../../../records/kernel/rows';
import { closeTasks, openTask } from '../../../records/kernel/tasks';
import type { Transaction } from '../../../records/kernel/transaction';
import { accountOf, blockersIn } from '../../../records/money/blockers';
import { aboutClaim, placeOfClaim, wholeOf } from '../claims';
import type { WholeClaim } from '../read';
import { carryOutSetOffs } from '../set-offs';
import { beginStatements } from '../statements';
import { type Approved, pullBack } from './binding';
import { postingOf } from './payments';
import { settle } from './settling';

/** The reason for which an approval no longer holds: something has changed since, or a blocker is there [domain §4, money §5]. */
async function whyItFalls(
  transaction: Transaction,
  aggregate: Aggregate<'claim'>,
): Promise<string | undefined> {
  const { row, around } = aggregate;
  const approval = row.approval as Approved;
  if (approval.revision !== row.revision) return 'changed';
  if (around.subsidy.order === null) return 'no_order';
  const approver = await personBehind(transaction.tx, { id: approval.by });
  if (barred(around.parts, 'claim').includes(approver)) return 'took_part';
  return blockersIn(aggregate, transaction.now).find((blocker) => blocker !== 'no_commitment');
}

/**
 * Creates the one attempt to pay, after the four conditions were read again under lock. If anything has changed, the approval
 * falls. The set-off part is not sent. A claim that is set off whole is settled at once [money §5].
 */
export async function send(transaction: Transaction, id: string): Promise<void> {
  const aggregate = await takeAggregate(transaction, 'claim', id);
  const claim = wholeOf(aggregate);
  const falls = await whyItFalls(transaction, aggregate);
  if (falls !== undefined) return pullBack(transaction, claim, falls);
  await closeTasks(transaction, {}, 'sent');
  const amount = (claim.amount ?? 0n) - claim.setOff;
  if (claim.setOff > claim.setOffDone) {
    await carryOutSetOffs(transaction, claim);
    const off = claim.setOff - claim.setOffDone;
    await record(transaction, 'set_off', aboutClaim(claim), { claim: id, amount: Number(off) });
  }
  if (amount === 0n) return settle(transaction, claim, transaction.today);
  await attempt(transaction, claim, amount);
}

async function attempt(transaction: Transaction, claim: WholeClaim, amount: bigint): Promise<void> {
  const account = await accountOf(transaction.tx, claim.payee);
  if (!account) throw new Error(`${claim.id} has no account to be paid to`);
  const n = claim.attempt + 1;
  const key = `${claim.id}/${n}`;
  await transaction.tx.payment.create({
    data: {
      key,
      claimId: claim.id,
      attempt: n,
      amount,
      accountId: account.id,
      state: 'sending',
      createdAt: transaction.now,
    },
  });
  await post(transaction, 'sent', postingOf(claim, amount, key));
  await beginStatements(transaction, claim.fund as Fund);
  await openTask(transaction, { ...placeOfClaim(claim), kind: 'payment_answer', firesAt: transaction.now });
  await move(transaction, 'claim', claim, 'sent', { attempt: n });
  await record(transaction, 'payment_sent', aboutClaim(claim), {
    claim: claim.id,
    key,
    amount: Number(amount),
  });
}
