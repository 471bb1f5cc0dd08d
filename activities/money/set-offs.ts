import { setOff } from '../../domain/money/overpayment';
import type { Claim, SetOff } from '../../prisma/generated/client';
import { record } from '../../records/kernel/events';
import { post } from '../../records/kernel/ledger';
import { isOver } from '../../records/money/lines';
import { lockRow, subjectOf } from '../../records/kernel/rows';
import type { Unit } from '../../records/kernel/transaction';
import { on } from '../../records/kernel/wake';
import { wakeQueue } from './funding';
import { aboutSubsidy, readSubsidy } from './read';
import { demand } from './recovering';

/** States of a payable that is decided upon and not sent: an overpayment is set off against it. */
const unpaid = ['ready', 'approved'] as const;

/**
 * Plans to set an overpayment off against the employer's unpaid payables, oldest first; it is done when they are sent
 * [money §6].
 *
 * @param debtor the payable that was overpaid
 * @returns what is left to be demanded
 */
export async function planSetOffs(unit: Unit, debtor: Claim, overpaid: bigint): Promise<bigint> {
  const { employerId } = await readSubsidy(unit, debtor.subsidyId);
  const law = await unit.law();
  const { setOffOnSameLine } = law.policyOn(unit.today).rules;
  const where = {
    employerId,
    state: { in: [...unpaid] },
    NOT: { subsidyId: debtor.subsidyId, month: debtor.month },
    ...(setOffOnSameLine && { lineId: debtor.lineId }),
  };
  const candidates = await unit.tx.claim.findMany({ where, select: { id: true }, orderBy: { id: 'asc' } });
  for (const { id } of candidates) await lockRow(unit.tx, 'claim', id);
  const payables = await unit.tx.claim.findMany({
    where: { AND: [where, { id: { in: candidates.map(({ id }) => id) } }] },
  });
  const { from, left } = setOff(
    overpaid,
    payables.map((each) => ({
      id: each.id,
      line: each.lineId,
      since: each.openedAt.toISOString(),
      amount: (each.amount ?? 0n) - each.setOff,
    })),
    debtor.lineId,
    setOffOnSameLine,
  );
  for (const { id, amount } of from) await plan(unit, id, debtor.id, amount);
  return left;
}

async function plan(unit: Unit, claimId: string, debtorId: string, amount: bigint): Promise<void> {
  await unit.tx.setOff.create({ data: { claimId, debtorId, amount } });
  const claim = await unit.tx.claim.update({
    where: { id: claimId },
    data: { setOff: { increment: amount } },
    include: { subsidy: true },
  });
  const there = await on(unit, subjectOf('claim', claimId));
  await record(there, 'set_off_planned', aboutSubsidy(claim.subsidy), {
    claim: debtorId,
    amount: Number(amount),
  });
}

const planned = (unit: Unit, of: { claimId: string } | { debtorId: string }): Promise<SetOff[]> =>
  unit.tx.setOff.findMany({ where: { ...of, done: false }, orderBy: { id: 'desc' } });

/** Sets off what is planned on a payable that is sent: the one is paid, and the other recovered, by the same amount. */
export async function carryOutSetOffs(unit: Unit, claim: Claim): Promise<void> {
  for (const { id, debtorId, amount } of await planned(unit, { claimId: claim.id })) {
    await lockRow(unit.tx, 'claim', debtorId);
    const debtor = await unit.tx.claim.findUniqueOrThrow({ where: { id: debtorId } });
    await post(unit, 'set_off', postingOf(claim, amount));
    await post(unit, 'set_off_recovered', postingOf(debtor, amount));
    await unit.tx.setOff.update({ where: { id }, data: { done: true } });
    if (await isOver(unit, debtor.lineId))
      await post(unit, 'lapsed', { lineId: debtor.lineId, amount, act: 'year end' });
    else await wakeQueue(unit, [debtor.lineId]);
  }
  await unit.tx.claim.update({ where: { id: claim.id }, data: { setOffDone: claim.setOff } });
}

const postingOf = ({ id, lineId, subsidyId, month }: Claim, amount: bigint) => ({
  lineId,
  subsidyId,
  claimId: id,
  ...(month && { month }),
  amount,
});

/** A payable is worth less than before: what can no longer be set off against it is demanded. */
export async function fitSetOffs(unit: Unit, claim: Claim, amount: bigint): Promise<void> {
  let excess = claim.setOff - amount;
  for (const each of excess > 0n ? await planned(unit, { claimId: claim.id }) : []) {
    const less = least(excess, each.amount);
    if (less === 0n) return;
    await shrink(unit, each, less);
    const debtor = await unit.tx.claim.findUniqueOrThrow({ where: { id: each.debtorId } });
    await demand(unit, debtor, less);
    excess -= less;
  }
}

/**
 * What a payable was overpaid by was due after all: it is set off no longer.
 *
 * @returns how much of what was planned is dropped
 */
export async function dropSetOffs(unit: Unit, debtor: Claim, most: bigint): Promise<bigint> {
  let left = most;
  for (const each of await planned(unit, { debtorId: debtor.id })) {
    const less = least(left, each.amount);
    if (less === 0n) break;
    await lockRow(unit.tx, 'claim', each.claimId);
    await shrink(unit, each, less);
    await post(unit, 'overpaid_waived', postingOf(debtor, less));
    left -= less;
  }
  return most - left;
}

async function shrink(unit: Unit, { id, claimId, amount }: SetOff, by: bigint): Promise<void> {
  if (by === amount) await unit.tx.setOff.delete({ where: { id } });
  else await unit.tx.setOff.update({ where: { id }, data: { amount: { decrement: by } } });
  await unit.tx.claim.update({ where: { id: claimId }, data: { setOff: { decrement: by } } });
}

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
