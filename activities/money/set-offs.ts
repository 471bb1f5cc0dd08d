import { mostSetOff } from '../../domain/money/instalments';
import { setOff } from '../../domain/money/overpayment';
import type { Claim, SetOff } from '../../prisma/generated/client';
import { record } from '../../records/kernel/events';
import { post } from '../../records/kernel/ledger';
import { isOver } from '../../records/money/lines';
import { policyNumber } from '../../records/kernel/policy-numbers';
import { lockRow, subjectOf } from '../../records/kernel/rows';
import type { Transaction } from '../../records/kernel/transaction';
import { inRow } from '../../records/kernel/wake';
import { asUnpaid, unpaid } from '../../records/money/outlook';
import { wakeQueue } from './funding';
import { isPersons } from './persons';
import { aboutSubsidy, readSubsidy } from './read';
import { demand, lowerBySetOff, owedBeside } from './recovering';

/**
 * Plans to set an overpayment off against the employer's unpaid payables, the oldest first. It is carried out when they are
 * sent [money §6].
 *
 * @param debtor the overpaid payable
 * @returns the rest, which is demanded
 */
export async function planSetOffs(
  transaction: Transaction,
  debtor: Claim,
  overpaid: bigint,
): Promise<bigint> {
  const { payee } = await readSubsidy(transaction, debtor.subsidyId);
  // From a person's payables something is kept back only once the person consents to it.
  if (isPersons(debtor)) return overpaid;
  const law = await transaction.law();
  const { setOffOnSameLine } = law.policyOn(transaction.today).rules;
  const where = {
    payee,
    fund: debtor.fund,
    state: { in: [...unpaid] },
    NOT: { subsidyId: debtor.subsidyId, month: debtor.month },
    ...(setOffOnSameLine && { lineId: debtor.lineId }),
  };
  const candidates = await transaction.tx.claim.findMany({
    where,
    select: { id: true },
    orderBy: { id: 'asc' },
  });
  for (const { id } of candidates) await lockRow(transaction.tx, 'claim', id);
  const payables = await transaction.tx.claim.findMany({
    where: { AND: [where, { id: { in: candidates.map(({ id }) => id) } }] },
  });
  const { from, left } = setOff(overpaid, payables.map(asUnpaid), debtor.lineId, setOffOnSameLine);
  for (const { id, amount } of from) await plan(transaction, id, debtor.id, amount);
  return left;
}

async function plan(
  transaction: Transaction,
  claimId: string,
  debtorId: string,
  amount: bigint,
): Promise<void> {
  await transaction.tx.setOff.create({ data: { claimId, debtorId, amount } });
  const claim = await transaction.tx.claim.update({
    where: { id: claimId },
    data: { setOff: { increment: amount } },
    include: { subsidy: true },
  });
  const there = inRow(transaction, subjectOf('claim', claimId));
  await record(there, 'set_off_planned', aboutSubsidy(claim.subsidy), {
    claim: debtorId,
    amount: Number(amount),
  });
}

/**
 * A payable is approved. First the employer's unpaid demands for other months (`owedBeside`) are set off against it, the
 * oldest demand first [money §6].
 */
export async function setOffDemands(transaction: Transaction, payable: Claim): Promise<void> {
  const free = (payable.amount ?? 0n) - payable.setOff;
  let left = isPersons(payable) ? await mostOf(transaction, payable) : free;
  for (const { id, claimId } of await owedBeside(transaction, payable)) {
    if (left === 0n) return;
    const amount = await lowerBySetOff(transaction, id, payable, left);
    if (amount > 0n) await plan(transaction, payable.id, claimId, amount);
    left -= amount;
  }
}

/** The most that a person's payable may lose to debts, less what it loses already. */
async function mostOf(transaction: Transaction, { amount, setOff: off }: Claim): Promise<bigint> {
  const { n } = await policyNumber(transaction, 'personsSetOffPercent', transaction.today);
  const most = mostSetOff(amount ?? 0n, n) - off;
  return most > 0n ? most : 0n;
}

const planned = (
  transaction: Transaction,
  of: { claimId: string } | { debtorId: string },
): Promise<SetOff[]> =>
  transaction.tx.setOff.findMany({ where: { ...of, done: false }, orderBy: { id: 'desc' } });

/**
 * Carries out the planned set-offs of a payable that is sent. It is paid, and the other payable is recovered, by the same
 * amount.
 */
export async function carryOutSetOffs(transaction: Transaction, claim: Claim): Promise<void> {
  for (const { id, debtorId, amount } of await planned(transaction, { claimId: claim.id })) {
    await lockRow(transaction.tx, 'claim', debtorId);
    const debtor = await transaction.tx.claim.findUniqueOrThrow({ where: { id: debtorId } });
    await post(transaction, 'set_off', postingOf(claim, amount));
    await post(transaction, 'set_off_recovered', postingOf(debtor, amount));
    await transaction.tx.setOff.update({ where: { id }, data: { done: true } });
    if (await isOver(transaction, debtor.lineId))
      await post(transaction, 'lapsed', { lineId: debtor.lineId, amount, act: 'year end' });
    else await wakeQueue(transaction, [debtor.lineId]);
  }
  await transaction.tx.claim.update({ where: { id: claim.id }, data: { setOffDone: claim.setOff } });
}

const postingOf = ({ id, lineId, subsidyId, month }: Claim, amount: bigint) => ({
  lineId,
  subsidyId,
  claimId: id,
  ...(month && { month }),
  amount,
});

/** A payable's amount is lower than before. Set-offs that no longer fit are demanded. */
export async function fitSetOffs(transaction: Transaction, claim: Claim, amount: bigint): Promise<void> {
  let excess = claim.setOff - amount;
  for (const each of excess > 0n ? await planned(transaction, { claimId: claim.id }) : []) {
    const less = least(excess, each.amount);
    if (less === 0n) return;
    await shrink(transaction, each, less);
    const debtor = await transaction.tx.claim.findUniqueOrThrow({ where: { id: each.debtorId } });
    await demand(transaction, debtor, less, true);
    excess -= less;
  }
}

/**
 * An overpaid amount was due after all. It is no longer set off.
 *
 * @returns the dropped part of the plan
 */
export async function dropSetOffs(transaction: Transaction, debtor: Claim, most: bigint): Promise<bigint> {
  let left = most;
  for (const each of await planned(transaction, { debtorId: debtor.id })) {
    const less = least(left, each.amount);
    if (less === 0n) break;
    await lockRow(transaction.tx, 'claim', each.claimId);
    await shrink(transaction, each, less);
    await post(transaction, 'overpaid_waived', postingOf(debtor, less));
    left -= less;
  }
  return most - left;
}

async function shrink(transaction: Transaction, { id, claimId, amount }: SetOff, by: bigint): Promise<void> {
  if (by === amount) await transaction.tx.setOff.delete({ where: { id } });
  else await transaction.tx.setOff.update({ where: { id }, data: { amount: { decrement: by } } });
  await transaction.tx.claim.update({ where: { id: claimId }, data: { setOff: { decrement: by } } });
}

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
