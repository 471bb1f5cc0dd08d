import type { Blocker } from '../../domain/money/blockers';
import type { Json } from '../../prisma/db';
import type { Claim, Payment } from '../../prisma/generated/client';
import { record } from '../../records/events';
import { accountOf, blockersFor } from '../../records/money/blockers';
import { barredFrom } from '../../records/money/hands';
import { post } from '../../records/money/ledger';
import { notify } from '../../records/notices';
import { move } from '../../records/rows';
import { askTwiceADay, closeTasks, openTask } from '../../records/tasks';
import type { Unit } from '../../records/unit';
import { wake } from '../../records/wake';
import type { OrderAnswer } from '../../registers/treasury';
import type { Task } from '../../prisma/generated/client';
import type { Question } from '../row-file';
import { aboutClaim, decisionTask, placeOfClaim, readClaim, type WholeClaim } from './claims';
import { subjectOfSubsidy } from './read';

/** The account of the ledger and the claim that a posting is about. */
const postingOf = (claim: Claim, amount: bigint) => ({
  lineId: claim.lineId,
  subsidyId: claim.subsidyId,
  claimId: claim.id,
  ...(claim.month && { month: claim.month }),
  amount,
});

/** An approval as it is kept: who saw what. */
export interface Approved {
  by: string;
  person: string;
  revision: number;
  amount: number;
  at: string;
}

/** Approved: the money is bound, what was reserved beyond it stays the subsidy's until the month is released. */
export async function bind(unit: Unit, claim: WholeClaim, approval: Approved): Promise<void> {
  const amount = claim.amount ?? 0n;
  await closeTasks(unit, {}, 'approved');
  await openTask(unit, { ...placeOfClaim(claim), kind: 'sending', firesAt: unit.now });
  await post(unit, 'approved', postingOf(claim, amount));
  const { subsidyId, month } = claim;
  await unit.tx.commitment.update({
    where: { subsidyId_month: { subsidyId, month } },
    data: { amount: { decrement: amount }, needed: { decrement: amount } },
  });
  await move(unit, 'claim', claim, 'approved', {
    approval: approval as unknown as Json,
    approvedAt: unit.now,
  });
  await record(unit, 'claim_approved', aboutClaim(claim), { claim: claim.id, amount: Number(amount) });
}

/** An approval falls: the money is reserved as before, and a finance officer decides again. */
export async function pullBack(unit: Unit, claim: WholeClaim, why: string): Promise<void> {
  const amount = claim.amount ?? 0n;
  await closeTasks(unit, {}, 'approval_fell');
  await post(unit, 'approval_fell', postingOf(claim, amount));
  const { subsidyId, month } = claim;
  await unit.tx.commitment.update({
    where: { subsidyId_month: { subsidyId, month } },
    data: { amount: { increment: amount }, needed: { increment: amount } },
  });
  await decisionTask(unit, claim);
  await move(unit, 'claim', claim, 'ready', { approval: {}, approvedAt: null });
  await record(unit, 'approval_fell', aboutClaim(claim), { claim: claim.id, why });
}

/** Whether an approval still holds: nothing has changed since, and nothing stands in the way [domain §4, money §5]. */
async function stillHolds(unit: Unit, claim: WholeClaim): Promise<string | undefined> {
  const approval = claim.approval as unknown as Approved;
  if (approval.revision !== claim.revision) return 'changed';
  if (claim.subsidy.order === null) return 'no_order';
  const persons = await barredFrom(unit.tx, 'claim', [unit.subject, subjectOfSubsidy(claim.subsidyId)]);
  if (persons.includes(approval.person)) return 'took_part';
  const left: Blocker[] = (await blockersFor(unit.tx, claim, unit.now)).filter(
    (blocker) => blocker !== 'no_commitment',
  );
  return left[0];
}

/**
 * Creates the one attempt to pay, after the four conditions were read again under lock; if anything has changed the approval
 * falls. What is set off is not sent; a claim set off whole is settled at once [money §5].
 */
export async function send(unit: Unit, id: string): Promise<void> {
  const claim = await readClaim(unit, id);
  const falls = await stillHolds(unit, claim);
  if (falls !== undefined) return pullBack(unit, claim, falls);
  await closeTasks(unit, {}, 'sent');
  const amount = (claim.amount ?? 0n) - claim.setOff;
  if (claim.setOff > 0n) {
    await post(unit, 'set_off', postingOf(claim, claim.setOff));
    await record(unit, 'set_off', aboutClaim(claim), { claim: id, amount: Number(claim.setOff) });
  }
  if (amount === 0n) return settle(unit, claim, unit.today);
  await attempt(unit, claim, amount);
}

async function attempt(unit: Unit, claim: WholeClaim, amount: bigint): Promise<void> {
  const account = await accountOf(unit.tx, claim.employerId);
  if (!account) throw new Error(`${claim.id} has no account to be paid to`);
  const n = claim.attempt + 1;
  const key = `${claim.id}/${n}`;
  await unit.tx.payment.create({
    data: {
      key,
      claimId: claim.id,
      attempt: n,
      amount,
      accountId: account.id,
      state: 'sending',
      createdAt: unit.now,
    },
  });
  await post(unit, 'sent', postingOf(claim, amount));
  await openTask(unit, { ...placeOfClaim(claim), kind: 'payment_answer', firesAt: unit.now });
  await move(unit, 'claim', claim, 'sent', { attempt: n });
  await record(unit, 'payment_sent', aboutClaim(claim), { claim: claim.id, key, amount: Number(amount) });
}

/** The payment that a claim's last attempt is. */
export const lastPayment = (unit: Pick<Unit, 'tx'>, claim: Pick<Claim, 'id' | 'attempt'>) =>
  unit.tx.payment.findUniqueOrThrow({
    where: { claimId_attempt: { claimId: claim.id, attempt: claim.attempt } },
    include: { account: true },
  });

/** The claim is paid: the employer learns it, and the subsidy whether anything is left. */
export async function settle(unit: Unit, claim: WholeClaim, on: string, payment?: Payment): Promise<void> {
  await closeTasks(unit, {}, 'settled');
  if (payment) {
    await post(unit, 'settled', postingOf(claim, payment.amount));
    await unit.tx.payment.update({
      where: { key: payment.key },
      data: { state: 'settled', settledOn: on },
    });
    await record(unit, 'payment_settled', aboutClaim(claim), { claim: claim.id, key: payment.key, on });
  }
  await move(unit, 'claim', claim, 'settled', { settledOn: on });
  await notify(unit, {
    type: 'claim_settled',
    to: { kind: 'employer', id: claim.employerId },
    params: { claim: claim.id, month: claim.month, amount: Number(claim.amount), on },
    occasion: String(claim.attempt),
  });
  await wake(unit, subjectOfSubsidy(claim.subsidyId));
}

/** The money came back, or was refused: the employer corrects the account, then a new attempt is approved [money §4]. */
export async function cameBack(
  unit: Unit,
  claim: WholeClaim,
  payment: Payment,
  { state, code }: { state: 'returned' | 'refused'; code: string },
): Promise<void> {
  await closeTasks(unit, {}, state);
  const event = payment.state === 'settled' ? 'returned_after_settlement' : 'payment_returned';
  await post(unit, event, postingOf(claim, payment.amount));
  await unit.tx.payment.update({ where: { key: payment.key }, data: { state, code } });
  await openTask(unit, { ...placeOfClaim(claim), kind: 'account_correction' });
  await move(unit, 'claim', claim, 'payment_returned', { settledOn: null });
  await record(unit, 'payment_returned', aboutClaim(claim), { claim: claim.id, key: payment.key, code });
  await notify(unit, {
    type: 'payment_came_back',
    to: { kind: 'employer', id: claim.employerId },
    params: { claim: claim.id, code },
    occasion: String(claim.attempt),
  });
}

/** Treasury and ledger say different things: nothing is sent until a finance officer says which holds. */
export async function disputePayment(unit: Unit, claim: WholeClaim, key: string, why: string): Promise<void> {
  await closeTasks(unit, {}, 'disputed');
  await openTask(unit, { ...placeOfClaim(claim), kind: 'dispute' });
  await move(unit, 'claim', claim, 'disputed');
  await record(unit, 'payment_disputed', aboutClaim(claim), { claim: claim.id, key, why });
}

/**
 * The payment order as a question: under one key until the treasury says what became of it. After a time-out, silence or
 * "unknown key" the same key is sent again; a new key exists only after `returned` or `refused` [money §5].
 */
export const paymentAnswer: Question = {
  async ask({ treasury }, { tx }, id, task) {
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
  async take(unit, id, _task, answer) {
    const claim = await readClaim(unit, id);
    const payment = await lastPayment(unit, claim);
    const said = answer as unknown as OrderAnswer & { answer: 'yes' };
    if (said.amount !== payment.amount || said.account !== payment.account.number)
      return disputePayment(unit, claim, payment.key, 'amount_or_account');
    if (said.state === 'settled') return settle(unit, claim, said.on, payment);
    if (said.state === 'returned' || said.state === 'refused')
      return cameBack(unit, claim, payment, { state: said.state, code: said.code });
  },
};

/** The treasury has not said anything for 3 working days: it is asked on, and the finance officer asks there. */
export async function paymentSilent(unit: Unit, id: string, task: Task): Promise<void> {
  const claim = await readClaim(unit, id);
  await askTwiceADay(unit, task);
  await openTask(unit, { ...placeOfClaim(claim), kind: 'payment_watch' });
}
