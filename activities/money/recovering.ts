import { monthsClaim } from '../../domain/money/claim-id';
import type { Fund } from '../../domain/fund';
import { accountOfFund } from '../../domain/money/funds';
import { parseLine } from '../../domain/money/lines';
import { recoveryPathway } from '../../domain/pathways/recovery';
import type { FundAccount } from '../../domain/policy';
import { partiesOf } from '../../domain/money/payee';
import type { Correction } from '../../contracts/claim';
import { FALSE_WORD } from '../../domain/pathways/claim';
import type { Claim, Recovery } from '../../prisma/generated/client';
import { record } from '../../records/kernel/events';
import { post } from '../../records/kernel/ledger';
import { isOver } from '../../records/money/lines';
import { debtsBeside, owed } from '../../records/money/outlook';
import { notify } from '../../records/kernel/notices';
import { nextNumber } from '../../records/kernel/numbers';
import { lockRow, move, subjectOf } from '../../records/kernel/rows';
import { closeTasks, dueDay, openTask } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { inRow } from '../../records/kernel/wake';
import { plus } from '../../records/kernel/writing';
import { toPayee } from '../../records/money/payees';
import { wakeQueue } from './funding';
import { isPersons } from './persons';
import { askPerson } from './persons-debt';
import { aboutRecovery, placeOfSubsidy, readSubsidy } from './read';

/** The line, subsidy and claim of a recovery's posting. */
export const postingOfRecovery = ({ id, lineId, subsidyId, claimId }: Recovery, amount: bigint) => ({
  lineId,
  subsidyId,
  claimId,
  recoveryId: id,
  amount,
});

/**
 * Demands an overpayment back that cannot be set off. The employer repays within 30 days; for a person see `askPerson`. An open demand
 * for the same payable and cause grows, and its time begins again [money §6].
 *
 * @param debtor the overpaid payable
 * @param wasSetOff the amount was to be set off: a person lets only that be kept back which they owe
 * @returns the recovery's number
 */
export async function demand(
  transaction: Transaction,
  debtor: Claim,
  amount: bigint,
  wasSetOff = false,
): Promise<string> {
  const subsidy = await readSubsidy(transaction, debtor.subsidyId);
  const why = await becauseOf(transaction, debtor, wasSetOff);
  const known = await openRecovery(transaction, debtor.id, why);
  const id = known?.id ?? (await nextNumber(transaction.tx, 'recovery'));
  const there = inRow(transaction, subjectOf('recovery', id));
  if (known) {
    const more = { amount: plus(amount), left: plus(amount), ...why };
    await move(there, 'recovery', known, known.state as 'demanded', more);
  } else await begin(there, id, debtor, { payee: subsidy.payee, amount, why });
  const row = await readRecovery(there, id);
  await record(there, 'recovery_demanded', await aboutRecovery(there, row), { amount: Number(amount) });
  if (isPersons(debtor)) {
    await askPerson(there, row, debtor.month);
    return id;
  }
  await openTask(there, { ...placeOfSubsidy(subsidy), kind: 'repayment' });
  const { left } = row;
  await notify(there, {
    type: 'recovery_demanded',
    to: toPayee(row),
    params: {
      recovery: id,
      claim: debtor.id,
      month: debtor.month,
      reason: row.reason,
      amount: Number(left),
      due: await dueDay(there, 'repayment'),
      ...(row.repayTo as FundAccount),
      part: null,
      parts: null,
    },
    occasion: String(left),
  });
  return id;
}

/** Why a demand is made. Of a person's, from when it is repaid, or else which office caused it. */
type Why = Pick<Recovery, 'reason' | 'instalmentsFrom' | 'causedBy'>;

/**
 * Why a month's amount is below the paid amount: the words of its correction, or its code. A person owes what rests on their own
 * false word [measures §4].
 */
async function becauseOf({ tx, today }: Transaction, debtor: Claim, wasSetOff: boolean): Promise<Why> {
  const about = subjectOf('claim', monthsClaim(debtor));
  const found = await tx.approval.findFirst({
    where: {
      kind: 'correction',
      about,
      state: { notIn: ['drafted', 'rejected'] },
      ...(wasSetOff && isPersons(debtor) && { body: { path: ['reason'], equals: FALSE_WORD } }),
    },
    orderBy: { id: 'desc' },
  });
  const { words, reason, causedBy } = (found?.body ?? {}) as Pick<
    Correction,
    'words' | 'reason' | 'causedBy'
  >;
  const isOwed = isPersons(debtor) && reason === FALSE_WORD;
  return {
    reason: words ?? reason ?? null,
    instalmentsFrom: isOwed ? today : null,
    causedBy: isPersons(debtor) && !isOwed ? (causedBy ?? null) : null,
  };
}

async function begin(
  transaction: Transaction,
  id: string,
  debtor: Claim,
  { payee, amount, why }: { payee: string; amount: bigint; why: Why },
): Promise<void> {
  const { id: claimId, subsidyId, lineId, area } = debtor;
  const fund = debtor.fund as Fund;
  const { rules } = (await transaction.law()).policyOn(transaction.today);
  await transaction.tx.recovery.create({
    data: {
      id,
      claimId,
      subsidyId,
      ...partiesOf(payee),
      lineId,
      fund,
      area,
      state: 'demanded',
      since: transaction.now,
      amount,
      left: amount,
      demandedAt: transaction.now,
      ...why,
      repayTo: accountOfFund(rules, fund),
      correlationId: transaction.correlationId,
    },
  });
}

/** The open recovery of a payable and a cause. What a person owes, and what each office caused, are recoveries of their own. */
async function openRecovery(
  transaction: Transaction,
  claimId: string,
  { causedBy, instalmentsFrom }: Why,
): Promise<Recovery | null> {
  const isOwed = instalmentsFrom === null ? null : { not: null };
  const found = await transaction.tx.recovery.findFirst({
    where: { claimId, open: true, causedBy, instalmentsFrom: isOwed },
    select: { id: true },
  });
  return found && readRecovery(transaction, found.id);
}

/** A recovery, locked. */
export async function readRecovery(transaction: Transaction, id: string): Promise<Recovery> {
  await lockRow(transaction.tx, 'recovery', id);
  return transaction.tx.recovery.findUniqueOrThrow({ where: { id } });
}

/**
 * The treasury's statement has money that came in under a recovery's number. The money counts even after the recovery was
 * handed to a court. In the year of its line the money is free again. Later it is surrendered [money §8].
 *
 * @param amount in so'm
 * @param day on which it came in
 * @returns the part that nobody owed, for the statement's difference
 */
export async function repaid(
  transaction: Transaction,
  recoveryId: string,
  amount: bigint,
  day: string,
): Promise<bigint> {
  const row = await readRecovery(transaction, recoveryId);
  const taken = row.state === 'written_off' || amount < 0n ? 0n : least(amount, row.left);
  if (taken === 0n) return amount;
  const there = inRow(transaction, subjectOf('recovery', row.id));
  const isLater =
    Number(day.slice(0, 4)) > parseLine(row.lineId).year || (await isOver(transaction, row.lineId));
  await post(there, isLater ? 'repaid_later' : 'repaid', postingOfRecovery(row, taken));
  await lower(there, row, taken, 'repaid');
  await record(there, 'recovery_repaid', await aboutRecovery(there, row), {
    amount: Number(taken),
    left: Number(row.left - taken),
  });
  if (!isLater) await wakeQueue(there, [row.lineId]);
  return amount - taken;
}

/** The recoveries that are set off against an employer's payable; see `debtsBeside`. */
export async function owedBeside(transaction: Transaction, payable: Claim): Promise<Recovery[]> {
  const { setOffOnSameLine } = (await transaction.law()).policyOn(transaction.today).rules;
  return (await debtsBeside(transaction.tx, setOffOnSameLine, [payable])).get(payable.id) ?? [];
}

/**
 * Sets part of a recovery off against an amount that becomes payable to the employer. That part is no longer to be repaid.
 *
 * @param most in so'm, the open amount of the payable
 * @returns the amount that is set off
 */
export async function lowerBySetOff(
  transaction: Transaction,
  recoveryId: string,
  payable: Claim,
  most: bigint,
): Promise<bigint> {
  const row = await readRecovery(transaction, recoveryId);
  const amount = owed.some((state) => state === row.state) ? least(most, row.left) : 0n;
  if (amount === 0n) return 0n;
  const there = inRow(transaction, subjectOf('recovery', row.id));
  await lower(there, row, amount, 'set_off');
  await record(there, 'recovery_set_off', await aboutRecovery(there, row), {
    claim: payable.id,
    amount: Number(amount),
    left: Number(row.left - amount),
  });
  await notify(there, {
    type: 'recovery_set_off',
    to: toPayee(row),
    params: {
      recovery: row.id,
      claim: payable.id,
      setOff: Number(amount),
      amount: Number(row.left - amount),
    },
    occasion: payable.id,
  });
  return amount;
}

/**
 * Withdraws a demand for money that was due after all.
 *
 * @param most in so'm
 * @returns the withdrawn amount
 */
export async function withdraw(transaction: Transaction, recoveryId: string, most: bigint): Promise<bigint> {
  const row = await readRecovery(transaction, recoveryId);
  const amount = least(most, row.left);
  if (amount === 0n) return 0n;
  const there = inRow(transaction, subjectOf('recovery', row.id));
  await post(there, 'overpaid_waived', postingOfRecovery(row, amount));
  await lower(there, row, amount, 'withdrawn');
  await record(there, 'recovery_withdrawn', await aboutRecovery(there, row), {
    amount: Number(amount),
    left: Number(row.left - amount),
  });
  return amount;
}

/** Less is owed. A recovery with nothing left is closed. With a part left, a recovery at a court stays there. */
async function lower(
  transaction: Transaction,
  row: Recovery,
  by: bigint,
  how: 'repaid' | 'set_off' | 'withdrawn',
): Promise<void> {
  const left = row.left - by;
  const isOpen = recoveryPathway.open.some((state) => state === row.state);
  const goesOn = isOpen && how !== 'withdrawn' ? 'partly_repaid' : (row.state as 'demanded');
  if (left === 0n) await closeTasks(transaction, {}, how);
  await move(transaction, 'recovery', row, left === 0n ? 'repaid' : goesOn, { left });
}

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
