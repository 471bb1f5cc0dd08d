import type { SetOffConsent } from '../../contracts/recovery';
import { addDays, at, type Day } from '../../domain/day';
import { type Instalment, instalmentsOf, missedOf, nextOf } from '../../domain/money/instalments';
import type { FundAccount } from '../../domain/policy';
import type { Recovery, Task } from '../../prisma/generated/client';
import { record } from '../../records/kernel/events';
import { post } from '../../records/kernel/ledger';
import { notify } from '../../records/kernel/notices';
import { barredFromWait } from '../../records/kernel/participations';
import { policyNumber } from '../../records/kernel/policy-numbers';
import { wrongField } from '../../records/kernel/refusal';
import { lockRow, move, subjectOf } from '../../records/kernel/rows';
import { closeTasks, morningOf, openTask, openWait } from '../../records/kernel/tasks';
import type { Transaction } from '../../records/kernel/transaction';
import { inRow } from '../../records/kernel/wake';
import { recordsOf } from '../../records/joining';
import { owed } from '../../records/money/outlook';
import { toPayee } from '../../records/money/payees';
import { aboutRecovery, placeOfSubsidy, readSubsidy } from './read';

/* What a person was paid too much. The person owes only what rests on their own false word [measures §4]. */

/** The chief is asked after so many parts that were missed [default]. */
const MISSED = 2;
/** The person is reminded so many days before a part is due [default]. */
const REMINDED = 7;

const placeOf = async (transaction: Transaction, { subsidyId }: Recovery) =>
  placeOfSubsidy(await readSubsidy(transaction, subsidyId));

/** The chief decides. One who took part in the correction does not: the next level has the wait at once [money §7]. */
async function askChief(
  transaction: Transaction,
  row: Recovery,
  kind: 'instalments_missed' | 'write_off',
): Promise<void> {
  const barred = await barredFromWait(transaction.tx, { kind, subject: transaction.subject });
  await openTask(transaction, { ...(await placeOf(transaction, row)), kind, barred });
}

/** The parts of a debt, under the number in force on the day from which they count. */
async function partsOf(
  transaction: Transaction,
  { amount, instalmentsFrom }: Recovery,
): Promise<Instalment[]> {
  if (instalmentsFrom === null) return [];
  const { n } = await policyNumber(transaction, 'personsInstalments', instalmentsFrom);
  return instalmentsOf(amount, instalmentsFrom, n);
}

const repaidOf = ({ amount, left }: Recovery): bigint => amount - left;

/**
 * An overpayment of a person is established. The person repays the sum that rests on their own false word, in monthly parts, and is told
 * of the parts. The chief writes off every other sum, and the person owes nothing.
 *
 * @param transaction in the recovery's row
 */
export async function askPerson(transaction: Transaction, row: Recovery, month: string): Promise<void> {
  const { personId, id } = row;
  const { diedOn } = await transaction.tx.person.findUniqueOrThrow({ where: { id: personId ?? '' } });
  if (diedOn !== null) return endByDeath(transaction, row);
  if (row.instalmentsFrom === null) return askChief(transaction, row, 'write_off');
  await awaitNext(transaction, row);
  const parts = await partsOf(transaction, row);
  await notify(transaction, {
    type: 'recovery_demanded',
    to: toPayee(row),
    params: {
      recovery: id,
      claim: row.claimId,
      month,
      reason: row.reason,
      amount: Number(row.left),
      due: parts[0]?.due ?? null,
      ...(row.repayTo as FundAccount),
      part: Number(parts[0]?.amount ?? 0n),
      parts: parts.length,
    },
    occasion: String(row.left),
  });
}

/** Waits for the next part, and for the day of its reminder. After the last part an open debt is the chief's. */
async function awaitNext(transaction: Transaction, row: Recovery): Promise<void> {
  const { today } = transaction;
  const place = await placeOf(transaction, row);
  await closeTasks(transaction, { kinds: ['instalment', 'instalment_reminder'] }, 'replaced');
  const next = nextOf(await partsOf(transaction, row), repaidOf(row), today);
  if (!next) return askChief(transaction, row, 'instalments_missed');
  await openTask(transaction, { ...place, kind: 'instalment', firesAt: at(addDays(next.due, 1), '00:00') });
  const reminded = addDays(next.due, -REMINDED);
  if (reminded > today)
    await openTask(transaction, {
      ...place,
      kind: 'instalment_reminder',
      firesAt: morningOf(transaction, reminded),
    });
}

export async function remindInstalment(transaction: Transaction, id: string): Promise<void> {
  const row = await transaction.tx.recovery.findUniqueOrThrow({ where: { id } });
  await closeTasks(transaction, { kinds: ['instalment_reminder'] }, 'reminded');
  const next = nextOf(await partsOf(transaction, row), repaidOf(row), transaction.today);
  if (!next || next.open === 0n) return;
  await notify(transaction, {
    type: 'instalment_due',
    to: toPayee(row),
    params: {
      recovery: id,
      amount: Number(next.open),
      due: next.due,
      ...(row.repayTo as FundAccount),
    },
    occasion: next.due,
  });
}

/** The day of a part is over. After two that were missed the chief decides, and the person is told. */
export async function instalmentOver(transaction: Transaction, id: string, _task: Task): Promise<void> {
  const row = await transaction.tx.recovery.findUniqueOrThrow({ where: { id } });
  const missed = missedOf(await partsOf(transaction, row), repaidOf(row), transaction.today);
  const isTold = await openWait(transaction, 'instalments_missed');
  await awaitNext(transaction, row);
  if (missed.length < MISSED || isTold) return;
  await askChief(transaction, row, 'instalments_missed');
  await record(transaction, 'instalments_missed', await aboutRecovery(transaction, row), {
    n: missed.length,
  });
  await notify(transaction, {
    type: 'instalments_missed',
    to: toPayee(row),
    params: { recovery: id, n: missed.length, amount: Number(row.left) },
    occasion: transaction.today,
  });
}

/** The chief gives a person more time: the parts count from a later day. */
export async function laterParts(transaction: Transaction, row: Recovery, days: number): Promise<Day | null> {
  const from = addDays(row.instalmentsFrom ?? transaction.today, days);
  await closeTasks(transaction, { kinds: ['instalments_missed'] }, 'extended');
  await transaction.tx.recovery.update({ where: { id: row.id }, data: { instalmentsFrom: from } });
  const moved = { ...row, instalmentsFrom: from };
  await awaitNext(transaction, moved);
  return nextOf(await partsOf(transaction, moved), repaidOf(row), transaction.today)?.due ?? null;
}

/** The person lets a part of later payables be kept back towards the debt, or takes that back. */
export async function setOffConsent(
  transaction: Transaction,
  id: string,
  body: SetOffConsent,
): Promise<void> {
  const row = await transaction.tx.recovery.findUniqueOrThrow({ where: { id } });
  if (body.signedOn > transaction.today)
    throw wrongField('signedOn', 'future_day', 'Is still to come. Enter the day on the paper.');
  await move(transaction, 'recovery', row, row.state as 'demanded', {
    consent: { ...body, by: transaction.actor.id },
  });
  await record(transaction, 'set_off_consent', await aboutRecovery(transaction, row), {
    on: body.signedOn,
    answer: body.consents ? 'yes' : 'no',
  });
}

/** The person has died: their debts end [measures §4]. */
export async function endDebtsOf(transaction: Transaction, personId: string): Promise<void> {
  const rows = await transaction.tx.recovery.findMany({
    where: { personId: { in: await recordsOf(transaction.tx, personId) }, state: { in: [...owed] } },
    select: { id: true },
    orderBy: { id: 'asc' },
  });
  for (const { id } of rows) {
    await lockRow(transaction.tx, 'recovery', id);
    const row = await transaction.tx.recovery.findUniqueOrThrow({ where: { id } });
    await endByDeath(inRow(transaction, subjectOf('recovery', id)), row);
  }
}

async function endByDeath(transaction: Transaction, row: Recovery): Promise<void> {
  const { id, lineId, subsidyId, claimId, left } = row;
  await closeTasks(transaction, {}, 'died');
  await post(transaction, 'written_off', {
    lineId,
    subsidyId,
    claimId,
    recoveryId: id,
    amount: left,
    act: 'death',
  });
  await move(transaction, 'recovery', row, 'written_off', {
    left: 0n,
    outcome: { ...(row.outcome as object), decision: 'death', amount: Number(left) },
  });
  await record(transaction, 'recovery_ended_by_death', await aboutRecovery(transaction, row), {
    amount: Number(left),
  });
}
