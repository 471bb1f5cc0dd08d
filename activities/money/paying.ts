import type { Blocker } from '../../domain/money/blockers';
import { disputableClaim } from '../../domain/pathways/claim';
import {
  type Meaning,
  meaningOf,
  outranks,
  type Known,
  type Source,
  type Word,
} from '../../domain/money/treasury-word';
import type { Json } from '../../prisma/db';
import type { Account, Claim, Payment } from '../../prisma/generated/client';
import { record } from '../../records/kernel/events';
import { accountOf, blockersFor } from '../../records/money/blockers';
import { barredFrom, personBehind } from '../../records/kernel/participations';
import { post } from '../../records/kernel/ledger';
import { notify } from '../../records/kernel/notices';
import { notNow } from '../../records/kernel/refusal';
import { move, subjectOfSubsidy } from '../../records/kernel/rows';
import { askTwiceADay, closeTasks, openTask } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { inRow, wake } from '../../records/kernel/wake';
import type { OrderAnswer } from '../../registers/treasury';
import type { Task } from '../../prisma/generated/client';
import type { Question } from '../row-handlers';
import { carryReturned, openLineOf } from './carrying-over';
import { aboutClaim, decisionTask, placeOfClaim, readClaim } from './claims';
import { need, reserve } from './funding';
import { stillPaid } from './paid-month';
import type { WholeClaim } from './read';
import { carryOutSetOffs, fitSetOffs } from './set-offs';
import { beginStatements } from './statements';

/** The account of the ledger and the claim that a posting is about; of a payment's, its key is the act. */
const postingOf = (claim: Claim, amount: bigint, key?: string) => ({
  lineId: claim.lineId,
  subsidyId: claim.subsidyId,
  claimId: claim.id,
  ...(claim.month && { month: claim.month }),
  ...(key !== undefined && { act: key }),
  amount,
});

/** An approval as it is kept: who saw what. */
export type Approved = {
  by: string;
  person: string;
  revision: number;
  amount: number;
  at: string;
};

/** What was reserved for a claim's month is to be paid. */
async function makePayable(transaction: Transaction, claim: Claim, amount: bigint): Promise<void> {
  await post(transaction, 'approved', postingOf(claim, amount));
  const { subsidyId, month } = claim;
  await transaction.tx.commitment.update({
    where: { subsidyId_month: { subsidyId, month } },
    data: { amount: { decrement: amount }, needed: { decrement: amount } },
  });
}

/** Approved: the money is bound, what was reserved beyond it stays the subsidy's until the month is released. */
export async function bind(transaction: Transaction, claim: WholeClaim, approval: Approved): Promise<void> {
  const amount = stillToBind(claim);
  await closeTasks(transaction, {}, 'approved');
  await openTask(transaction, { ...placeOfClaim(claim), kind: 'sending', firesAt: transaction.now });
  await openTask(transaction, { ...placeOfClaim(claim), kind: 'sending_watch' });
  await makePayable(transaction, claim, amount);
  await move(transaction, 'claim', claim, 'approved', {
    approval: approval as Json,
    approvedAt: transaction.now,
  });
  await record(transaction, 'claim_approved', aboutClaim(claim), {
    claim: claim.id,
    amount: Number(claim.amount),
  });
}

/** What of a claim is bound by its approval: all but what was set off before a payment of the rest came back. */
const stillToBind = ({ amount, setOffDone }: Claim): bigint => (amount ?? 0n) - setOffDone;

/** An approval falls: the money is reserved as before, and a finance officer decides again. */
export async function pullBack(transaction: Transaction, claim: WholeClaim, why: string): Promise<void> {
  const amount = stillToBind(claim);
  await closeTasks(transaction, {}, 'approval_fell');
  await post(transaction, 'approval_fell', postingOf(claim, amount));
  const { subsidyId, month } = claim;
  await transaction.tx.commitment.update({
    where: { subsidyId_month: { subsidyId, month } },
    data: { amount: { increment: amount }, needed: { increment: amount } },
  });
  await decisionTask(transaction, claim);
  await move(transaction, 'claim', claim, 'ready', { approval: {}, approvedAt: null });
  await record(transaction, 'approval_fell', aboutClaim(claim), { claim: claim.id, why });
}

/** Whether an approval still holds: nothing has changed since, and nothing stands in the way [domain §4, money §5]. */
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
 * Creates the one attempt to pay, after the four conditions were read again under lock; if anything has changed the approval
 * falls. What is set off is not sent; a claim set off whole is settled at once [money §5].
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

/** A payment with the account it was sent to. */
export type WholePayment = Payment & { account: Account };

/** The payment that a claim's last attempt is. */
export const lastPayment = (
  transaction: Pick<Transaction, 'tx'>,
  claim: Pick<Claim, 'id' | 'attempt'>,
): Promise<WholePayment> =>
  transaction.tx.payment.findUniqueOrThrow({
    where: { claimId_attempt: { claimId: claim.id, attempt: claim.attempt } },
    include: { account: true },
  });

/** By an earlier word its money is with us again: what is sent and paid of it is posted anew. */
const isBack = ({ state }: Payment): boolean => state === 'returned' || state === 'refused';

/**
 * The claim is paid: the employer learns it, and the subsidy whether anything is left. What had been settled before, or had
 * come back, by another word is posted from where it stands.
 *
 * @param word whose word it rests on
 */
export async function settle(
  transaction: Transaction,
  claim: WholeClaim,
  on: string,
  payment?: Payment,
  word: Source = 'answer',
): Promise<void> {
  await closeTasks(transaction, {}, 'settled');
  if (payment) {
    const { key, amount } = payment;
    if (isBack(payment)) await post(transaction, 'sent', postingOf(claim, amount, key));
    if (payment.state !== 'settled') await post(transaction, 'settled', postingOf(claim, amount, key));
    await transaction.tx.payment.update({
      where: { key },
      data: { state: 'settled', settledOn: on, returnedOn: null, word },
    });
    await record(transaction, 'payment_settled', aboutClaim(claim), { claim: claim.id, key, on });
  }
  await move(transaction, 'claim', claim, 'settled', { settledOn: on });
  await notify(transaction, {
    type: 'claim_settled',
    to: { kind: 'employer', id: claim.employerId },
    params: { claim: claim.id, month: claim.month, amount: Number(claim.amount), on },
    occasion: String(claim.attempt),
  });
  await wake(transaction, subjectOfSubsidy(claim.subsidyId));
}

/** That money came back, or was never sent on: why, on which day and by whose word. */
export interface CameBack {
  state: 'returned' | 'refused';
  code: string;
  on?: string | undefined;
  word?: Source;
}

/**
 * The money came back, or was refused: the employer corrects the account, then a new attempt is approved [money §4]. What comes
 * back after it was settled stands on the line it was paid from; if that line's year has ended, it moves on as the year's end
 * would have moved it [money §8].
 */
export async function cameBack(
  transaction: Transaction,
  claim: WholeClaim,
  payment: Payment,
  { state, code, on, word = 'answer' }: CameBack,
): Promise<void> {
  const { key, amount } = payment;
  if (await isOverpaidInPart(transaction, claim, payment))
    return disputePayment(transaction, claim, key, 'returned_after_a_correction');
  await closeTasks(transaction, {}, state);
  const event = payment.state === 'settled' ? 'returned_after_settlement' : 'payment_returned';
  if (!isBack(payment)) {
    await post(transaction, event, postingOf(claim, amount, key));
    await carryReturned(transaction, claim, amount);
  }
  await transaction.tx.payment.update({
    where: { key },
    data: { state, code, word, returnedOn: on ?? transaction.today },
  });
  await openTask(transaction, { ...placeOfClaim(claim), kind: 'account_correction' });
  // Paid to whom it was paid, it is owed to whoever has taken over since.
  const { employerId } = claim.subsidy;
  await move(transaction, 'claim', claim, 'payment_returned', { settledOn: null, employerId });
  await record(transaction, 'payment_returned', aboutClaim(claim), { claim: claim.id, key, code });
  await notify(transaction, {
    type: 'payment_came_back',
    to: { kind: 'employer', id: employerId },
    params: { claim: claim.id, code },
    occasion: String(claim.attempt),
  });
}

/** Whether part of what came back was established as overpaid meanwhile: what is owed then, a person has to see. */
export const isOverpaidInPart = async (
  transaction: Transaction,
  { id }: Claim,
  payment: Payment,
): Promise<boolean> => payment.state === 'settled' && (await stillPaid(transaction, id)) < payment.amount;

/** What is known of a payment, and by whose word. */
const knownOf = ({ state, settledOn, returnedOn, word }: Payment): Known | undefined =>
  state === 'settled' || state === 'returned' || state === 'refused'
    ? {
        source: (word ?? 'answer') as Source,
        says: state,
        on: (state === 'settled' ? settledOn : returnedOn) ?? undefined,
      }
    : undefined;

/**
 * What a word of the treasury's does to one of a claim's payments, by who outranks whom [money §5]: settled, come back,
 * disputed, or nothing. An answer does not end a dispute. An attempt that a later one followed is disputed while no other is on
 * its way, and changes nothing any more.
 *
 * @param transaction of the claim, which is locked
 * @param code why it came back
 * @returns the meaning: what is disputed is the caller's to show to a person
 */
export async function heed(
  transaction: Transaction,
  claim: WholeClaim,
  payment: WholePayment,
  word: Word,
  code = 'other',
): Promise<Meaning> {
  const known = knownOf(payment);
  // Asked again after a dispute: what an answer had said before counts no more.
  const askedAgain = claim.state === 'sent' && known !== undefined && !outranks(known.source, 'answer');
  const { amount, account } = payment;
  const meaning = meaningOf(word, { amount, account: account.number, known: askedAgain ? undefined : known });
  if (claim.attempt !== payment.attempt) {
    if (meaning.then === 'disputed' && isUnpaid(claim))
      await disputePayment(transaction, claim, payment.key, meaning.why);
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
    await disputePayment(transaction, claim, payment.key, meaning.why);
  else if (known && word.says === known.says && mayConfirm(source, known))
    await confirm(transaction, claim, payment, word);
  return meaning;
}

const isDisputable = ({ state }: Claim): boolean => disputableClaim.some((each) => each === state);

/** Whether nothing of a claim is paid, or on its way: another attempt may follow. */
const isUnpaid = ({ state }: Claim): boolean => ['ready', 'approved', 'payment_returned'].includes(state);

/** A stronger word; or the treasury's own that it came back, after an officer's, which alone allows no new attempt [money §5]. */
const mayConfirm = (word: Source, known: Known): boolean =>
  outranks(word, known.source) || (known.source === 'officer' && known.says !== 'settled');

/** The same was said by a weaker word: the day is now the stronger one's. */
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

/** Treasury and ledger say different things: nothing is sent until a finance officer says which holds; an approval falls. */
export async function disputePayment(
  transaction: Transaction,
  claim: WholeClaim,
  key: string,
  why: string,
): Promise<void> {
  if (claim.state === 'approved') await pullBack(transaction, claim, 'disputed');
  await closeTasks(transaction, {}, 'disputed');
  await openTask(transaction, { ...placeOfClaim(claim), kind: 'dispute' });
  await move(transaction, 'claim', await readClaim(transaction, claim.id), 'disputed');
  await record(transaction, 'payment_disputed', aboutClaim(claim), { claim: claim.id, key, why });
}

/** The payment that a dispute is about: the last attempt, or one before it. */
export async function disputedPayment(transaction: Transaction, claim: WholeClaim): Promise<WholePayment> {
  const { params } = await transaction.tx.event.findFirstOrThrow({
    where: { subject: transaction.subject, type: 'payment_disputed' },
    orderBy: { id: 'desc' },
  });
  const { key } = params as { key: string };
  const known = await transaction.tx.payment.findUnique({ where: { key }, include: { account: true } });
  return known ?? lastPayment(transaction, claim);
}

/** Whether what came back is reserved for a new attempt already: it is not payable any more. */
export async function isReservedAgain(
  transaction: Transaction,
  { id }: Claim,
  payment: Payment,
): Promise<boolean> {
  const { _sum } = await transaction.tx.ledgerEntry.aggregate({
    where: { claimId: id, account: 'payable' },
    _sum: { amount: true },
  });
  return isBack(payment) && (_sum.amount ?? 0n) < payment.amount;
}

/**
 * What came back and was reserved for a new attempt is payable as it was sent: it may have been paid after all. What the month
 * is worth meanwhile is for a correction.
 *
 * @throws Refusal 409 while the line does not have the money any more
 */
export async function bindAgain(
  transaction: Transaction,
  claim: WholeClaim,
  payment: Payment,
): Promise<WholeClaim> {
  if (!(await isReservedAgain(transaction, claim, payment))) return claim;
  const { subsidyId, month } = claim;
  const { amount } = payment;
  const asSent = amount + claim.setOffDone;
  await fitSetOffs(transaction, claim, claim.setOffDone);
  await transaction.tx.entitlement.update({
    where: { id: claim.entitlementId },
    data: { amount: { increment: asSent - (claim.amount ?? 0n) } },
  });
  await transaction.tx.claim.update({ where: { id: claim.id }, data: { amount: asSent } });
  const there = await inRow(transaction, subjectOfSubsidy(subsidyId));
  await need(there, subsidyId, await openLineOf(there, claim), month, amount);
  await reserve(there, claim.subsidy);
  const commitment = await transaction.tx.commitment.findUniqueOrThrow({
    where: { subsidyId_month: { subsidyId, month } },
  });
  if (commitment.amount < amount)
    throw notNow('no_commitment', 'The line does not have what was paid any more: raise it first.');
  const bound = await readClaim(transaction, claim.id);
  await makePayable(transaction, bound, amount);
  return bound;
}

/** By an officer's word it came back, and it is reserved for a new attempt already: that may follow once the treasury says so. */
export async function payableAnew(
  transaction: Transaction,
  claim: WholeClaim,
  { key }: Payment,
  on: string,
): Promise<void> {
  await transaction.tx.payment.update({ where: { key }, data: { word: 'officer', returnedOn: on } });
  await decisionTask(transaction, claim);
  await move(transaction, 'claim', claim, 'ready');
  await record(transaction, 'payment_returned', aboutClaim(claim), { claim: claim.id, key, code: 'officer' });
}

/**
 * The payment order as a question: under one key until the treasury says what became of it. After a time-out, silence or
 * "unknown key" the same key is sent again; a new key exists only after `returned` or `refused` [money §5]. With a key as its ref
 * it only asks what became of that.
 */
export const paymentAnswer: Question = {
  async ask({ treasury }, { tx }, id, task) {
    if (task.ref !== '') return treasury.order(task.ref);
    const claim = await tx.claim.findUniqueOrThrow({ where: { id } });
    const { key, amount, account } = await lastPayment({ tx }, claim);
    const order = () =>
      treasury.send({
        key,
        amount,
        account: account.number,
        mfo: account.mfo,
        holderStir: account.holderStir,
        purpose: `Subsidy ${claim.subsidyId}${claim.month && `, ${claim.month}`}`,
        line: claim.lineId,
      });
    const known: OrderAnswer | undefined = task.attempts > 0 ? await treasury.order(key) : undefined;
    if (known?.answer === 'unknown') return known;
    if (known?.answer === 'yes')
      return known.state === 'accepted' ? { answer: 'unknown', why: 'busy', raw: known.raw } : known;
    const sent = await order();
    if (sent.answer === 'refused')
      return {
        answer: 'yes',
        state: 'refused',
        code: sent.code,
        amount,
        account: account.number,
        raw: sent.raw,
      };
    return sent.answer === 'accepted' ? { answer: 'unknown', why: 'busy', raw: sent.raw } : sent;
  },
  async onAnswer(transaction, id, task, answer) {
    const claim = await readClaim(transaction, id);
    const said = answer as OrderAnswer;
    if (task.ref === '') {
      await heedAnswer(transaction, claim, await lastPayment(transaction, claim), said);
      return;
    }
    const payment = await transaction.tx.payment.findUniqueOrThrow({
      where: { key: task.ref },
      include: { account: true },
    });
    await heedAnswer(transaction, claim, payment, said);
    const { closedAt } = await transaction.tx.task.findUniqueOrThrow({ where: { id: task.id } });
    if (closedAt === null) await askTwiceADay(transaction, task);
  },
};

/** What the treasury answered when it was asked for an order. */
export function heedAnswer(
  transaction: Transaction,
  claim: WholeClaim,
  payment: WholePayment,
  said: OrderAnswer,
): Promise<Meaning> {
  if (said.answer === 'unknown')
    return heed(transaction, claim, payment, { source: 'answer', says: 'silence' });
  if (said.answer === 'no')
    return heed(transaction, claim, payment, { source: 'answer', says: 'unknown_key' });
  const { state: says, amount, account } = said;
  const on = 'on' in said ? said.on : undefined;
  const word: Word = { source: 'answer', says, amount, account, on };
  return heed(transaction, claim, payment, word, 'code' in said ? said.code : undefined);
}

/** The treasury has not said anything for 3 working days: it is asked on, and the finance officer asks there. */
export async function paymentSilent(transaction: Transaction, id: string, task: Task): Promise<void> {
  const claim = await readClaim(transaction, id);
  await askTwiceADay(transaction, task);
  await openTask(transaction, { ...placeOfClaim(claim), kind: 'payment_watch' });
}
