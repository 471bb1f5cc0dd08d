import { sumInWords } from '../../../domain/words/values';
import { claimId } from '../../../domain/money/claim-id';
import { correctionOf } from '../../../domain/money/overpayment';
import { partiesOf } from '../../../domain/money/payee';
import { FALSE_WORD } from '../../../domain/pathways/claim';
import type { Json } from '../../../prisma/db';
import type { Claim, Subsidy } from '../../../prisma/generated/client';
import { record } from '../../../records/kernel/events';
import { tookPart } from '../../../records/kernel/participations';
import { post } from '../../../records/kernel/ledger';
import { notify } from '../../../records/kernel/notices';
import { notNow, Refusal } from '../../../records/kernel/refusal';
import { lockRow, move, subjectOf, subjectOfSubsidy } from '../../../records/kernel/rows';
import { openTask } from '../../../records/kernel/tasks';
import type { Transaction } from '../../../records/kernel/transaction';
import { inRow } from '../../../records/kernel/wake';
import type { Effect } from './effect';
import {
  aboutClaim,
  awaitDecision,
  isUndecided,
  lineNow,
  readClaim,
  setAmount,
  termsOfClaim,
} from '../claims';
import { payablesOf, worthBy } from '../basis';
import { monthOf, type Proposed, proposeCorrection } from '../correcting';
import { need, reserve } from '../funding';
import { paidMonth, stillPaid } from '../../../records/money/paid-month';
import { toPayee } from '../../../records/money/payees';
import { pullBack } from '../paying/binding';
import { kindOf, placeOfSubsidy, readSubsidy, type WholeClaim } from '../read';
import { demand, withdraw } from '../recovering';
import { dropSetOffs, planSetOffs } from '../set-offs';

/** Two persons correct a decided month. A correction is a new entry with a reason, never an edit [money §6]. */
export const correction: Effect = {
  async approved(transaction, row) {
    const proposed = row.body as Proposed;
    await lockRow(transaction.tx, 'claim', proposed.claim);
    const claim = await monthOf(transaction, proposed.claim);
    const worth = await worthBy(transaction, claim, proposed);
    await mustBeAsSeen(transaction, claim, proposed, worth.amount);
    await tookPart(transaction, 'approved_correction', subjectOf('claim', claim.id));
    await tookPart(transaction, 'approved_correction', subjectOfSubsidy(claim.subsidyId));
    const calculation = { ...(worth.calculation as object), correction: row.id, reason: proposed.reason };
    await correct(transaction, claim, worth.amount, calculation);
    await tell(transaction, claim, proposed);
  },

  /** The employer was told of a correction downwards. Now it is told that the correction is dropped. */
  async rejected(transaction, row) {
    const { claim: id, before, after } = row.body as Proposed;
    const claim = await readClaim(transaction, id);
    if (after < before)
      await notify(transaction, {
        type: 'correction_dropped',
        to: toPayee(claim.subsidy),
        params: { claim: id, month: claim.month },
      });
  },

  async proposed(transaction, row, body) {
    if ('date' in body || 'none' in body)
      throw new Refusal(422, 'incomplete', 'A correction has a reason, in words, and a document.');
    const { claim } = row.body as Proposed;
    await lockRow(transaction.tx, 'claim', claim);
    await proposeCorrection(transaction, claim, body);
  },
};

/** @throws Refusal 409 when the month has changed since it was seen, is open again, or has a payment under way */
async function mustBeAsSeen(
  transaction: Transaction,
  claim: WholeClaim,
  { before, after }: Proposed,
  worth: bigint,
) {
  const { amount } = await transaction.tx.entitlement.findUniqueOrThrow({
    where: { id: claim.entitlementId },
  });
  if (Number(worth) !== after || Number(amount) !== before)
    throw notNow(
      'changed',
      `The month is worth ${sumInWords(amount)} and would be worth ${sumInWords(worth)}: reject it.`,
    );
  const payables = await payablesOf(transaction, claim);
  if (payables.some((each) => isUndecided(each) && each.state !== 'ready'))
    throw notNow('open_again', 'The month is being checked again: what has changed is said there.');
  const underWay = payables.find(({ state }) => ['sent', 'disputed', 'payment_returned'].includes(state));
  if (underWay)
    throw notNow(
      'payment_under_way',
      `A payment of ${underWay.id} is under way: decide when it is settled or closed.`,
    );
}

async function correct(
  transaction: Transaction,
  claim: WholeClaim,
  after: bigint,
  calculation: Json,
): Promise<void> {
  for (const { id, state } of await payablesOf(transaction, claim))
    if (state === 'approved') {
      const there = inRow(transaction, subjectOf('claim', id));
      await pullBack(there, await readClaim(there, id), 'corrected');
    }
  const payables = await payablesOf(transaction, claim);
  const sums = await paidMonth(
    transaction,
    payables.map(({ id }) => id),
  );
  await transaction.tx.entitlement.update({ where: { id: claim.entitlementId }, data: { amount: after } });
  const change = correctionOf({ entitlement: after, ...sums });
  if (change.kind === 'favour') await waive(transaction, payables, change.waived);
  await pay(transaction, claim, payables, change.kind === 'favour' ? change.pay : 0n, calculation);
  if (change.kind === 'overpaid') await establish(transaction, payables, change.by);
}

/** Takes back an overpayment, the latest payable first. It is set off against unpaid amounts, and the rest is demanded. */
async function establish(transaction: Transaction, payables: readonly Claim[], by: bigint): Promise<void> {
  let left = by;
  for (const payable of payables.toReversed()) {
    const paid = await stillPaid(transaction, payable.id);
    const amount = paid < left ? paid : left;
    if (amount === 0n) continue;
    const { id, entitlementId, subsidyId, lineId, month } = payable;
    const about = { lineId, subsidyId, claimId: id, ...(month && { month }), act: transaction.subject };
    await post(transaction, 'overpaid', { ...about, amount });
    await transaction.tx.entitlement.update({
      where: { id: entitlementId },
      data: { overpaid: { increment: amount } },
    });
    const rest = await planSetOffs(transaction, payable, amount);
    if (rest > 0n) await demand(transaction, payable, rest);
    left -= amount;
  }
  if (left > 0n) throw new Error(`${left} so'm more were overpaid than paid`);
}

/** Withdraws demands for money that was due after all: repayments first, those that a person owes before others, then set-offs. */
async function waive(transaction: Transaction, payables: readonly Claim[], amount: bigint): Promise<void> {
  let left = amount;
  for (const payable of payables.toReversed()) {
    const before = left;
    const demanded = await transaction.tx.recovery.findMany({
      where: { claimId: payable.id, left: { gt: 0 }, state: { not: 'written_off' } },
      orderBy: [{ instalmentsFrom: { sort: 'desc', nulls: 'last' } }, { id: 'desc' }],
    });
    for (const { id } of demanded) left -= await withdraw(transaction, id, left);
    left -= await dropSetOffs(transaction, payable, left);
    await transaction.tx.entitlement.update({
      where: { id: payable.entitlementId },
      data: { overpaid: { decrement: before - left } },
    });
  }
}

/** Pays the rest of the month, by the first payable that is not sent yet or by a further payable. */
async function pay(
  transaction: Transaction,
  claim: WholeClaim,
  payables: readonly Claim[],
  amount: bigint,
  calculation: Json,
): Promise<void> {
  const unsent = payables.filter(({ state }) => state === 'ready');
  for (const [n, { id, setOffDone }] of unsent.entries()) {
    const there = inRow(transaction, subjectOf('claim', id));
    const due = n === 0 ? amount + setOffDone : setOffDone;
    await setAmount(there, await readClaim(there, id), due, { calculation });
  }
  if (unsent.length > 0) return;
  if (amount > 0n) await openFurther(transaction, claim, 1 + (payables.at(-1)?.n ?? 0), amount, calculation);
}

/** Opens a further payable in the employer's favour. It is decided and paid like any other [money §4]. */
async function openFurther(
  transaction: Transaction,
  { subsidy, month, entitlementId, policyId, area }: WholeClaim,
  n: number,
  amount: bigint,
  calculation: Json,
): Promise<void> {
  const id = `${claimId(subsidy.id, month)}-${n}`;
  const office = inRow(transaction, subjectOfSubsidy(subsidy.id));
  await goOn(office, subsidy);
  await need(office, subsidy.id, lineNow(transaction, subsidy, month), month, amount);
  const { lineId } = await transaction.tx.commitment.findUniqueOrThrow({
    where: { subsidyId_month: { subsidyId: subsidy.id, month } },
  });
  await transaction.tx.claim.create({
    data: {
      id,
      subsidyId: subsidy.id,
      month,
      n,
      entitlementId,
      lineId,
      fund: subsidy.fund,
      ...partiesOf(subsidy.payee),
      area,
      state: 'ready',
      since: transaction.now,
      openedAt: transaction.now,
      revision: 1,
      amount,
      calculation: { ...(calculation as object), further: Number(amount) },
      checkPassed: true,
      policyId,
      correlationId: transaction.correlationId,
    },
  });
  await reserve(office, await readSubsidy(transaction, subsidy.id));
  const there = inRow(transaction, subjectOf('claim', id));
  await awaitDecision(there, await readClaim(there, id));
}

/** An ended subsidy runs again until its correction is paid. */
async function goOn(transaction: Transaction, subsidy: Subsidy): Promise<void> {
  if (subsidy.state !== 'ended' && subsidy.state !== 'stopped') return;
  await openTask(transaction, { ...placeOfSubsidy(subsidy), kind: 'last_claims' });
  await move(transaction, kindOf(subsidy), subsidy, 'running');
}

/** Whether a person owes what was paid too much; null where nothing was. */
const owesOf = ({ before, after, reason }: Pick<Proposed, 'before' | 'after' | 'reason'>): string | null => {
  if (after >= before) return null;
  return reason === FALSE_WORD ? 'yes' : 'no';
};

async function tell(transaction: Transaction, claim: WholeClaim, { before, after, reason, words }: Proposed) {
  const { id, month } = claim;
  const there = inRow(transaction, subjectOf('claim', id));
  await record(
    there,
    'corrected',
    aboutClaim(claim),
    { claim: id, month, before, after, ...termsOfClaim(claim) },
    words,
  );
  await notify(transaction, {
    type: 'corrected',
    to: toPayee(claim.subsidy),
    params: {
      claim: id,
      month,
      before,
      after,
      reason: words ?? reason,
      owes: owesOf({ before, after, reason }),
    },
  });
}
