import { claimId } from '../../../domain/money/claim-id';
import { correctionOf } from '../../../domain/money/overpayment';
import type { Json } from '../../../prisma/db';
import type { Claim, Subsidy } from '../../../prisma/generated/client';
import { record } from '../../../records/kernel/events';
import { tookPart } from '../../../records/kernel/participations';
import { post } from '../../../records/kernel/ledger';
import { notify } from '../../../records/kernel/notices';
import { notNow } from '../../../records/kernel/refusal';
import { lockRow, move, subjectOf, subjectOfSubsidy } from '../../../records/kernel/rows';
import { openTask } from '../../../records/kernel/tasks';
import type { Unit } from '../../../records/kernel/transaction';
import { on } from '../../../records/kernel/wake';
import type { Effect } from './effect';
import { aboutClaim, decisionTask, isUndecided, lineNow, readClaim, setAmount } from '../claims';
import { payablesOf, worthBy } from '../basis';
import { monthOf, type Proposed, proposeCorrection } from '../correcting';
import { need, reserve } from '../funding';
import { paidMonth, stillPaid } from '../paid-month';
import { pullBack } from '../paying';
import { kindOf, placeOfSubsidy, readSubsidy, type WholeClaim } from '../read';
import { demand, withdraw } from '../recovering';
import { dropSetOffs, planSetOffs } from '../set-offs';

/** A month that was decided is corrected by two persons: a new entry with a reason, never an edit [money §6]. */
export const correction: Effect = {
  async approved(unit, row) {
    const proposed = row.body as Proposed;
    await lockRow(unit.tx, 'claim', proposed.claim);
    const claim = await monthOf(unit, proposed.claim);
    const worth = await worthBy(unit, claim, proposed);
    await mustBeAsSeen(unit, claim, proposed, worth.amount);
    await tookPart(unit, 'approved_correction', subjectOf('claim', claim.id));
    await tookPart(unit, 'approved_correction', subjectOfSubsidy(claim.subsidyId));
    const calculation = { ...(worth.calculation as object), correction: row.id, reason: proposed.reason };
    await correct(unit, claim, worth.amount, calculation);
    await tell(unit, claim, proposed);
  },

  /** The employer was told of one downwards, and learns that it is none. */
  async rejected(unit, row) {
    const { claim: id, before, after } = row.body as Proposed;
    const claim = await readClaim(unit, id);
    if (after < before)
      await notify(unit, {
        type: 'correction_dropped',
        to: { kind: 'employer', id: claim.subsidy.employerId },
        params: { claim: id, month: claim.month },
      });
  },

  async proposed(unit, row, body) {
    const { claim } = row.body as Proposed;
    await lockRow(unit.tx, 'claim', claim);
    await proposeCorrection(unit, claim, body);
  },
};

/** @throws Refusal 409 when the month is no longer what was seen, is open again, or a payment of it is under way */
async function mustBeAsSeen(unit: Unit, claim: WholeClaim, { before, after }: Proposed, worth: bigint) {
  const { amount } = await unit.tx.entitlement.findUniqueOrThrow({ where: { id: claim.entitlementId } });
  if (Number(worth) !== after || Number(amount) !== before)
    throw notNow('changed', `The month is worth ${amount} so'm and would be worth ${worth}: reject it.`);
  const payables = await payablesOf(unit, claim);
  if (payables.some((each) => isUndecided(each) && each.state !== 'ready'))
    throw notNow('open_again', 'The month is being checked again: what has changed is said there.');
  const underWay = payables.find(({ state }) => ['sent', 'disputed', 'payment_returned'].includes(state));
  if (underWay)
    throw notNow(
      'payment_under_way',
      `A payment of ${underWay.id} is under way: decide when it is settled or closed.`,
    );
}

async function correct(unit: Unit, claim: WholeClaim, after: bigint, calculation: Json): Promise<void> {
  for (const { id, state } of await payablesOf(unit, claim))
    if (state === 'approved') {
      const there = await on(unit, subjectOf('claim', id));
      await pullBack(there, await readClaim(there, id), 'corrected');
    }
  const payables = await payablesOf(unit, claim);
  const sums = await paidMonth(
    unit,
    payables.map(({ id }) => id),
  );
  await unit.tx.entitlement.update({ where: { id: claim.entitlementId }, data: { amount: after } });
  const change = correctionOf({ entitlement: after, ...sums });
  if (change.kind === 'favour') await waive(unit, payables, change.waived);
  await pay(unit, claim, payables, change.kind === 'favour' ? change.pay : 0n, calculation);
  if (change.kind === 'overpaid') await establish(unit, payables, change.by);
}

/** What was paid too much, of the latest payable first: set off against what is unpaid, and the rest demanded. */
async function establish(unit: Unit, payables: readonly Claim[], by: bigint): Promise<void> {
  let left = by;
  for (const payable of payables.toReversed()) {
    const paid = await stillPaid(unit, payable.id);
    const amount = paid < left ? paid : left;
    if (amount === 0n) continue;
    const { id, entitlementId, subsidyId, lineId, month } = payable;
    const about = { lineId, subsidyId, claimId: id, ...(month && { month }), act: unit.subject };
    await post(unit, 'overpaid', { ...about, amount });
    await unit.tx.entitlement.update({
      where: { id: entitlementId },
      data: { overpaid: { increment: amount } },
    });
    const rest = await planSetOffs(unit, payable, amount);
    if (rest > 0n) await demand(unit, payable, rest);
    left -= amount;
  }
  if (left > 0n) throw new Error(`${left} so'm more were overpaid than paid`);
}

/** What is demanded and was due after all is demanded no longer: first what is to be repaid, then what is to be set off. */
async function waive(unit: Unit, payables: readonly Claim[], amount: bigint): Promise<void> {
  let left = amount;
  for (const payable of payables.toReversed()) {
    const before = left;
    const demanded = await unit.tx.recovery.findMany({
      where: { claimId: payable.id, left: { gt: 0 }, state: { not: 'written_off' } },
      orderBy: { id: 'desc' },
    });
    for (const { id } of demanded) left -= await withdraw(unit, id, left);
    left -= await dropSetOffs(unit, payable, left);
    await unit.tx.entitlement.update({
      where: { id: payable.entitlementId },
      data: { overpaid: { decrement: before - left } },
    });
  }
}

/** What is still to be paid for the month: by the first payable that is not sent yet, or by a further one. */
async function pay(
  unit: Unit,
  claim: WholeClaim,
  payables: readonly Claim[],
  amount: bigint,
  calculation: Json,
): Promise<void> {
  const unsent = payables.filter(({ state }) => state === 'ready');
  for (const [n, { id, setOffDone }] of unsent.entries()) {
    const there = await on(unit, subjectOf('claim', id));
    const due = n === 0 ? amount + setOffDone : setOffDone;
    await setAmount(there, await readClaim(there, id), due, { calculation });
  }
  if (unsent.length > 0) return;
  if (amount > 0n) await openFurther(unit, claim, 1 + (payables.at(-1)?.n ?? 0), amount, calculation);
}

/** A further payable in the employer's favour, decided and paid as any other [money §4]. */
async function openFurther(
  unit: Unit,
  { subsidy, month, entitlementId, policyId, area }: WholeClaim,
  n: number,
  amount: bigint,
  calculation: Json,
): Promise<void> {
  const id = `${claimId(subsidy.id, month)}-${n}`;
  const office = await on(unit, subjectOfSubsidy(subsidy.id));
  await goOn(office, subsidy);
  await need(office, subsidy.id, lineNow(unit, subsidy, month), month, amount);
  const { lineId } = await unit.tx.commitment.findUniqueOrThrow({
    where: { subsidyId_month: { subsidyId: subsidy.id, month } },
  });
  await unit.tx.claim.create({
    data: {
      id,
      subsidyId: subsidy.id,
      month,
      n,
      entitlementId,
      lineId,
      employerId: subsidy.employerId,
      area,
      state: 'ready',
      since: unit.now,
      openedAt: unit.now,
      revision: 1,
      amount,
      calculation: { ...(calculation as object), further: Number(amount) },
      checkPassed: true,
      policyId,
      correlationId: unit.correlationId,
    },
  });
  await reserve(office, await readSubsidy(unit, subsidy.id));
  const there = await on(unit, subjectOf('claim', id));
  const opened = await readClaim(there, id);
  await decisionTask(there, opened);
  await record(there, 'claim_ready', aboutClaim(opened), { claim: id, month, amount: Number(amount) });
}

/** A subsidy that had ended goes on until what is corrected is paid. */
async function goOn(unit: Unit, subsidy: Subsidy): Promise<void> {
  if (subsidy.state !== 'ended' && subsidy.state !== 'stopped') return;
  await openTask(unit, { ...placeOfSubsidy(subsidy), kind: 'last_claims' });
  await move(unit, kindOf(subsidy), subsidy, 'running');
}

async function tell(unit: Unit, claim: WholeClaim, { before, after, reason, words }: Proposed) {
  const { id, month } = claim;
  const there = await on(unit, subjectOf('claim', id));
  await record(there, 'corrected', aboutClaim(claim), { claim: id, month, before, after }, words);
  await notify(unit, {
    type: 'corrected',
    to: { kind: 'employer', id: claim.subsidy.employerId },
    params: { claim: id, month, before, after, reason: words ?? reason },
  });
}
