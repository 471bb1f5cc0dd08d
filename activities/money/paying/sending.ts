import type { Blocker } from '../../../domain/money/blockers';
import { record } from '../../../records/kernel/events';
import { post } from '../../../records/kernel/ledger';
import { barredFrom, personBehind } from '../../../records/kernel/participations';
import { move, subjectOfSubsidy } from '../../../records/kernel/rows';
import { closeTasks, openTask } from '../../../records/kernel/tasks';
import type { Transaction } from '../../../records/kernel/transaction';
import { accountOf, blockersFor } from '../../../records/money/blockers';
import { aboutClaim, placeOfClaim, readClaim } from '../claims';
import type { WholeClaim } from '../read';
import { carryOutSetOffs } from '../set-offs';
import { beginStatements } from '../statements';
import { type Approved, pullBack } from './binding';
import { postingOf } from './payments';
import { settle } from './settling';

/** Whether an approval still holds: nothing has changed since, and no blocker is there [domain §4, money §5]. */
async function stillHolds(transaction: Transaction, claim: WholeClaim): Promise<string | undefined> {
  const approval = claim.approval as Approved;
  if (approval.revision !== claim.revision) return 'changed';
  if (claim.subsidy.order === null) return 'no_order';
  const persons = await barredFrom(transaction.tx, 'claim', [
    transaction.subject,
    subjectOfSubsidy(claim.subsidyId),
  ]);
  if (persons.includes(await personBehind(transaction.tx, approval.by))) return 'took_part';
  const left: Blocker[] = (await blockersFor(transaction.tx, claim, transaction.now)).filter(
    (blocker) => blocker !== 'no_commitment',
  );
  return left[0];
}

/**
 * Creates the one attempt to pay, after the four conditions were read again under lock. If anything has changed, the approval
 * falls. The set-off part is not sent. A claim that is set off whole is settled at once [money §5].
 */
export async function send(transaction: Transaction, id: string): Promise<void> {
  const claim = await readClaim(transaction, id);
  const falls = await stillHolds(transaction, claim);
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
  const account = await accountOf(transaction.tx, claim.employerId);
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
  await beginStatements(transaction);
  await openTask(transaction, { ...placeOfClaim(claim), kind: 'payment_answer', firesAt: transaction.now });
  await move(transaction, 'claim', claim, 'sent', { attempt: n });
  await record(transaction, 'payment_sent', aboutClaim(claim), {
    claim: claim.id,
    key,
    amount: Number(amount),
  });
}
