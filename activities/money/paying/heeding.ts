import { disputableClaim } from '../../../domain/pathways/claim';
import {
  type Known,
  type Meaning,
  meaningOf,
  outranks,
  type Source,
  type Word,
} from '../../../domain/money/treasury-word';
import type { Claim, Payment } from '../../../prisma/generated/client';
import { closeTasks } from '../../../records/kernel/tasks';
import type { Transaction } from '../../../records/kernel/transaction';
import type { WholeClaim } from '../read';
import { disputePayment } from './disputing';
import type { WholePayment } from './payments';
import { cameBack } from './returning';
import { settle } from './settling';

/** The known outcome of a payment, and its source. */
const knownOf = ({ state, settledOn, returnedOn, word }: Payment): Known | undefined =>
  state === 'settled' || state === 'returned' || state === 'refused'
    ? {
        source: (word ?? 'answer') as Source,
        says: state,
        on: (state === 'settled' ? settledOn : returnedOn) ?? undefined,
      }
    : undefined;

/**
 * Applies a report of the treasury to one of a claim's payments, by the rank of its source [money §5]. The payment is
 * settled, returned or disputed, or nothing changes. An answer does not end a dispute. A report about an attempt that has a
 * later one never settles or returns it. It can begin a dispute while no other attempt is on its way.
 *
 * @param transaction of the claim, which is locked
 * @param code the reason why the payment came back
 * @returns the meaning: the caller shows a dispute to a person
 */
export async function heed(
  transaction: Transaction,
  claim: WholeClaim,
  payment: WholePayment,
  word: Word,
  code = 'other',
): Promise<Meaning> {
  const known = knownOf(payment);
  // After a dispute the treasury was asked again. An answer from before no longer counts.
  const askedAgain = claim.state === 'sent' && known !== undefined && !outranks(known.source, 'answer');
  const { amount, account } = payment;
  const meaning = meaningOf(word, { amount, account: account.number, known: askedAgain ? undefined : known });
  if (claim.attempt !== payment.attempt) {
    if (meaning.then === 'disputed' && isUnpaid(claim))
      await disputePayment(transaction, claim, payment.key, meaning.why, word.amount);
    return meaning;
  }
  if (claim.state === 'disputed' && !outranks(word.source, 'answer')) return meaning;
  const stays = meaning.then === 'nothing' && claim.state === 'sent' && word.says === payment.state;
  const then = stays ? word.says : meaning.then;
  const { source, on } = word;
  if (then === 'settled') await settle(transaction, claim, on ?? transaction.today, payment, source);
  else if (then === 'returned' || then === 'refused')
    await cameBack(transaction, claim, payment, { state: then, code, on, word: source });
  else if (meaning.then === 'disputed' && isDisputable(claim))
    await disputePayment(transaction, claim, payment.key, meaning.why, word.amount);
  else if (known && word.says === known.says && mayConfirm(source, known))
    await confirm(transaction, claim, payment, word);
  return meaning;
}

const isDisputable = ({ state }: Claim): boolean => disputableClaim.some((each) => each === state);

/** Whether no payment of a claim is made or on its way. Then another attempt may follow. */
const isUnpaid = ({ state }: Claim): boolean => ['ready', 'approved', 'payment_returned'].includes(state);

/**
 * Whether a report may confirm the known outcome: it is stronger, or it is the treasury's own after an officer's "came back".
 * The officer's report alone allows no new attempt [money §5].
 */
const mayConfirm = (word: Source, known: Known): boolean =>
  outranks(word, known.source) || (known.source === 'officer' && known.says !== 'settled');

/** A weaker source reported the same outcome. The day is now the stronger source's. */
async function confirm(
  transaction: Transaction,
  claim: Claim,
  payment: Payment,
  { source, on }: Word,
): Promise<void> {
  const isSettled = payment.state === 'settled';
  await closeTasks(transaction, { kinds: ['payment_answer'], ref: payment.key }, source);
  const day = on !== undefined && { [isSettled ? 'settledOn' : 'returnedOn']: on };
  await transaction.tx.payment.update({ where: { key: payment.key }, data: { word: source, ...day } });
  if (isSettled && on !== undefined && claim.settledOn !== null)
    await transaction.tx.claim.update({ where: { id: claim.id }, data: { settledOn: on } });
}
